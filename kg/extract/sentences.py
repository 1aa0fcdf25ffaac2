"""Where sentences begin: after the title, and after full stops that end no abbreviation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language

from kg.extract.component import Component

if TYPE_CHECKING:
    from spacy.tokens import Doc

_END = re.compile(r"[.!?][\"')\]”’]*\s+(?=[\"'(\[“‘\\$]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|etc|resp|w\.r\.t|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|No|approx|Dr|Mr|St)|\b[A-Z])\.$"
)


def sentence_starts(text: str) -> list[int]:
    r"""Return the offsets at which sentences begin; the first line feed ends the title.

    >>> sentence_starts("A title\nWe follow Smith et al. It works, e.g. in 3 cases. Done.")
    [0, 8, 58]
    """
    title_end = text.find("\n") + 1
    starts = {0, title_end}
    for match in _END.finditer(text):
        stop = match.start() + 1
        if not _ABBREVIATION.search(text, max(0, stop - 12), stop):
            starts.add(match.end())
    return sorted(starts)


class Sentences(Component[list[int]]):
    """Set sentence boundaries, so that ``doc.sents`` works."""

    def compute(self, doc: Doc) -> list[int]:
        """Return the character offsets of sentence starts."""
        return sentence_starts(doc.text)

    def write(self, doc: Doc, found: list[int]) -> None:
        """Mark the first token at or after each offset."""
        upcoming = iter([*found, len(doc.text) + 1])
        start = next(upcoming)
        for token in doc:
            begins = token.idx >= start
            token.is_sent_start = begins
            while token.idx >= start:
                start = next(upcoming)


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> Sentences:  # noqa: ARG001 - spaCy's signature
    """Make the component for a pipeline."""
    return Sentences()
