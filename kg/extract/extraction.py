"""From a processed Doc to an Extraction: the Doc itself never leaves this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.component import SPANS
from kg.types import Extraction, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc


def to_extraction(doc: Doc, paper: str, extractor: str) -> Extraction:
    """Take what the pipeline wrote into ``doc`` out of it.

    Args:
        doc: A document that a pipeline of :func:`kg.extract.load` has processed.
        paper: The id of the paper that the text is of.
        extractor: The name and version to state as the reader.
    """
    mentions = (
        Mention(span.start_char, span.end_char, span.label_, span.id_, span.text, round(float(span._.confidence), 4))
        for span in doc.spans.get(SPANS, ())
    )
    relations, results = tuple(doc._.relations), tuple(doc._.results)
    return Extraction(paper, extractor, tuple(sorted(mentions)), tuple(doc._.entities), relations, results)
