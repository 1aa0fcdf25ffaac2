"""Semantic Scholar papers, one JSON object a line, as its API and its bulk search give them.

See https://api.semanticscholar.org/api-docs/graph for the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from kg.papers.drafts import Draft
from kg.papers.jsonl import Json, drafts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read papers; their field names are their own."""
    return drafts(opened, draft)


def recognises(record: Json) -> bool:
    """Tell whether an object is a paper of Semantic Scholar.

    Example:
        >>> recognises({"paperId": "0a1b", "title": ""}), recognises({"id": "0a1b", "title": ""})
        (True, False)
    """
    return "paperId" in record or "externalIds" in record


def draft(record: int, item: Json) -> Draft:
    """Read one paper.

    Example:
        >>> found = draft(1, {"paperId": "0a1b", "externalIds": {"ArXiv": "1706.03762"}, "abstract": None})
        >>> found.id, found.arxiv, found.abstract
        ('0a1b', '1706.03762', None)
    """
    external = item.get("externalIds")
    ids: Json = external if isinstance(external, dict) else {}
    return Draft(
        record,
        id=item.get("paperId"),
        title=item.get("title", UNSET),
        abstract=item.get("abstract", UNSET),
        year=item.get("year") or item.get("publicationDate"),
        venue=item.get("venue"),
        authors=item.get("authors"),
        url=item.get("url"),
        keywords=item.get("fieldsOfStudy"),
        doi=ids.get("DOI"),
        arxiv=ids.get("ArXiv"),
    )
