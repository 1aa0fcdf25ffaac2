"""From what the network says of words to mentions: every string judged once, with all its occurrences."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from spacy.language import Language
from spacy.util import filter_spans

from kg.extract.candidates import TYPES, find
from kg.extract.component import SPANS, Component, raw_text
from kg.extract.judge import Found, evidence, mentions
from kg.extract.lexicon import Lexicon
from kg.extract.page import Mark, Page
from kg.extract.shipped import weights_folder
from kg.extract.smallnet import SmallNet
from kg.extract.weighing import Weighed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from spacy.tokens import Doc, Span

    from kg.extract.batch import Place
    from kg.extract.candidates import Candidates


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
        return self.compute_all([doc])[0]

    def compute_all(self, docs: Sequence[Doc]) -> list[list[Found]]:
        """Return the mentions of each document."""
        if not docs:
            return []
        readings = [doc._.reading for doc in docs]
        places = [reading.encoded.places for reading in readings]
        candidates = find([raw_text(doc) for doc in docs], places, [reading.tags for reading in readings])
        kept: list[list[tuple[str, list[Place], int, float]]] = [[] for _ in docs]
        for owner, candidate in self._sure(candidates):
            kept[owner].append(candidate)
        return [mentions(rows, words) for rows, words in zip(kept, places, strict=True)]

    def _sure(self, found: Candidates) -> Iterator[tuple[int, tuple[str, list[Place], int, float]]]:
        """Yield the text and, as :func:`mentions` wants it, the string of each candidate that is a name."""
        least = self.settings["mention"] if self.min_confidence is None else self.min_confidence
        scores = self.judge(evidence(found, self.lexicons)).tolist()
        rows = zip(found.surfaces, found.words(), found.types.tolist(), scores, strict=True)
        return ((owner, row) for owner, row in zip(found.owners.tolist(), rows, strict=True) if row[-1] >= least)

    def write(self, doc: Doc, found: list[Found]) -> None:
        """Set ``doc.spans["kg"]`` and ``doc.ents``; another tokenizer's tokens are taken whole."""
        spans = [_span(doc, mention) for mention in found]
        kept = filter_spans(span for span in spans if span is not None)
        doc.spans[SPANS] = kept
        doc.set_ents(kept)

    def note(self, page: Page, found: list[Found]) -> None:
        """Set ``page.spans["kg"]``."""
        page.spans[SPANS] = [Mark(page, m.start, m.end, TYPES[m.type], m.confidence) for m in found]


def _span(doc: Doc, mention: Found) -> Span | None:
    span = doc.char_span(mention.start, mention.end, label=TYPES[mention.type], alignment_mode="expand")
    if span is not None:
        span._.confidence = mention.confidence
    return span


@Language.factory("kg_mentions", default_config={"model": "fast", "min_confidence": None})
def make_mentions(nlp: Language, name: str, model: str, min_confidence: float | None) -> Mentions:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Mentions(weights_folder(model), min_confidence)
