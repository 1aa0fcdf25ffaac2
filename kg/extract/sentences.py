"""Where sentences begin: after the title, and after full stops that end no abbreviation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import IDX, SENT_START
from spacy.language import Language

from kg.extract.component import Component, raw_text

if TYPE_CHECKING:
    from spacy.tokens import Doc

_END = re.compile(r"[.!?][\"')\]”’]*\s+(?=[\"'(\[“‘\\$]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|etc|resp|w\.r\.t|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|No|approx|Dr|Mr|St)|\b[A-Z])\.$",
)

_INSIDE = np.uint64(2**64 - 1)
"""What spaCy's arrays hold for a token that begins no sentence: -1, unsigned."""


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
        return sentence_starts(raw_text(doc))

    def write(self, doc: Doc, found: list[int]) -> None:
        """Set ``doc._.sentence_starts``, and mark the first token at or after each of them."""
        doc._.sentence_starts = found
        if len(doc):
            marks = np.full(len(doc), _INSIDE, np.uint64)
            first = np.searchsorted(doc.to_array(IDX), np.array(found))
            marks[first[first < len(doc)]] = 1
            doc.from_array([SENT_START], marks.reshape(-1, 1))  # type: ignore[arg-type]


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> Sentences:
    """Make the component for a pipeline."""
    return Sentences()
