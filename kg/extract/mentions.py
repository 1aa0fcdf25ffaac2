"""From the recogniser's spans to mentions: one type a name, every whole-word occurrence, nothing generic."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span
from spacy.util import filter_spans

from kg.extract.component import SPANS, Component
from kg.names import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

GENERIC = frozenset(
    normal_form(noun)
    for noun in (
        *("method", "approach", "framework", "model", "network", "architecture", "algorithm", "system", "technique"),
        *("layer", "token", "feature", "experiment", "parameter", "module", "code", "loss", "task", "downstream task"),
        *("performance", "baseline", "baseline model", "state of the art", "benchmark", "metric", "dataset", "data"),
        *("training", "training data", "neural network", "machine learning"),
    )
)
"""Normal forms that name no node of their own; see the annotation guidelines."""


class Mentions(Component[list[Span]]):
    """Agree on one type for each name, find all its occurrences, and drop generic nouns.

    Args:
        confidence: How often a span of this type is right, measured on abstracts set aside from training.
    """

    def __init__(self, confidence: dict[str, float]) -> None:
        super().__init__()
        self.confidence = confidence

    def compute(self, doc: Doc) -> list[Span]:
        """Return the mentions, in order, without overlaps."""
        named = [span for span in doc.ents if normal_form(span.text) not in GENERIC]
        types = self._types(doc, named)
        found = [span for text, kind in types.items() for span in _everywhere(doc, text, kind)]
        kept = filter_spans(found)
        return [self._scored(span) for span in kept]

    def _types(self, doc: Doc, named: Iterable[Span]) -> dict[str, str]:
        """Map each surface to its most frequent type; an abbreviation and what it stands for share theirs."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for span in named:
            votes[span.text][span.label_] += 1
        for long, short in doc._.abbreviations:
            pooled = votes[long.text] + votes[short.text]
            votes[long.text] = votes[short.text] = pooled
        return {text: min(kinds, key=lambda kind: (-kinds[kind], kind)) for text, kinds in votes.items() if kinds}

    def _scored(self, span: Span) -> Span:
        span._.confidence = self.confidence.get(span.label_, 0.5)
        return span

    def write(self, doc: Doc, found: list[Span]) -> None:
        """Set ``doc.spans["kg"]`` and ``doc.ents``."""
        doc.spans[SPANS] = found
        doc.set_ents(found)


def _everywhere(doc: Doc, surface: str, kind: str) -> list[Span]:
    """Find a surface as whole words; a longer one elsewhere wins where two overlap."""
    pattern = rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])"
    spans = (doc.char_span(*match.span(), label=kind) for match in re.finditer(pattern, doc.text))
    return [span for span in spans if isinstance(span, Span)]


@Language.factory("kg_mentions", default_config={"confidence": {}})
def make_mentions(nlp: Language, name: str, confidence: dict[str, float]) -> Mentions:  # noqa: ARG001
    """Make the component for a pipeline."""
    return Mentions(confidence)
