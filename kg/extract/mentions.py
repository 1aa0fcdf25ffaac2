"""From what the network says of words to mentions: every string judged once, with all its occurrences."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from spacy.language import Language
from spacy.util import filter_spans

from kg.extract.candidates import TYPES, find
from kg.extract.component import SPANS, Component, raw_text
from kg.extract.judge import Found, evidence, mentions
from kg.extract.lexicon import Lexicon
from kg.extract.shipped import weights_folder
from kg.extract.smallnet import SmallNet
from kg.extract.weighing import Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc, Span

    from kg.extract.candidates import Candidate, Place


class Mentions(Weighed, Component[list[Found]]):
    """Decide which strings of a document are names, and of what.

    Args:
        folder: Where ``judge.npz``, the lexicons and ``settings.json`` are.
        min_confidence: The least confidence that a mention may have; None takes the one chosen in training.
    """

    files: ClassVar[tuple[str, ...]] = ("judge.npz", "lexicon-*.tsv.gz", "settings.json")

    def __init__(self, folder: Path, min_confidence: float | None = None) -> None:
        Component.__init__(self)
        self.min_confidence = min_confidence
        self.use(folder)

    def load(self, folder: Path) -> None:
        """Read the weights."""
        self.judge = SmallNet.load(folder / "judge.npz")
        self.lexicons = [Lexicon.read(path) for path in sorted(folder.glob("lexicon-*.tsv.gz"))]

    def compute(self, doc: Doc) -> list[Found]:
        """Return the mentions, in order, without overlaps."""
        least = self.settings["mention"] if self.min_confidence is None else self.min_confidence
        text, places = raw_text(doc), doc._.reading.encoded.places
        candidates = find(text, places, doc._.reading.tags)
        scores = self._judge(candidates, text, places)
        sure = [(candidate, score) for candidate, score in zip(candidates, scores, strict=True) if score >= least]
        return mentions([candidate for candidate, _ in sure], [score for _, score in sure], places)

    def _judge(self, candidates: Sequence[Candidate], text: str, places: Sequence[Place]) -> list[float]:
        """Return the confidence of every candidate."""
        rows = [evidence(candidate, text, places, self.lexicons) for candidate in candidates]
        return self.judge(np.array(rows, np.float32)).tolist() if rows else []

    def write(self, doc: Doc, found: list[Found]) -> None:
        """Set ``doc.spans["kg"]`` and ``doc.ents``; another tokenizer's tokens are taken whole."""
        spans = [_span(doc, mention) for mention in found]
        kept = filter_spans(span for span in spans if span is not None)
        doc.spans[SPANS] = kept
        doc.set_ents(kept)


def _span(doc: Doc, mention: Found) -> Span | None:
    span = doc.char_span(mention.start, mention.end, label=TYPES[mention.type], alignment_mode="expand")
    if span is not None:
        span._.confidence = mention.confidence
    return span


@Language.factory("kg_mentions", default_config={"model": "fast", "min_confidence": None})
def make_mentions(nlp: Language, name: str, model: str, min_confidence: float | None) -> Mentions:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Mentions(weights_folder(model), min_confidence)
