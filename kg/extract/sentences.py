"""Where sentences begin: after the title, and after full stops that end no abbreviation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import IDX, SENT_START
from spacy.language import Language

from kg.extract.boundaries import sentence_starts
from kg.extract.component import Component, raw_text

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.page import Page

_INSIDE = np.uint64(2**64 - 1)
"""What spaCy's arrays hold for a token that begins no sentence: -1, unsigned."""


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

    def note(self, page: Page, found: list[int]) -> None:
        """Set ``page.sentence_starts``."""
        page.sentence_starts = found


@Language.factory("kg_sentences")
def make_sentences(nlp: Language, name: str) -> Sentences:
    """Make the component for a pipeline."""
    return Sentences()
