"""From a processed Doc to an Extraction: the Doc itself never leaves this room."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kg.extract.component import SPANS
from kg.types import Extraction, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from kg.extract.page import Mark, Page
    from kg.types import EntityType


def to_extraction(doc: Doc | Page, paper: str, extractor: str) -> Extraction:
    """Take what the pipeline wrote into ``doc`` out of it.

    Args:
        doc: A document or page that the components of :func:`kg.extract.load` have processed.
        paper: The id of the paper that the text is of.
        extractor: The name and version to state as the reader.
    """
    mentions = map(_mention, doc.spans.get(SPANS, ()))
    relations, results = tuple(doc._.relations), tuple(doc._.results)
    return Extraction(paper, extractor, tuple(sorted(mentions)), tuple(doc._.entities), relations, results)


def _mention(span: Span | Mark) -> Mention:
    sure = round(float(span._.confidence), 4)
    return Mention(span.start_char, span.end_char, cast("EntityType", span.label_), span.id_, span.text, sure)
