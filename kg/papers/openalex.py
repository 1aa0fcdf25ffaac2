"""OpenAlex works, one JSON object a line, with their abstracts put back in order.

See https://docs.openalex.org/api-entities/works/work-object for the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from kg.papers.drafts import MAX_ABSTRACT, Draft, too_long
from kg.papers.identity import arxiv_id
from kg.papers.jsonl import Json, drafts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

Index = dict[str, list[int]]


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read works; their field names are their own."""
    return drafts(opened, draft)


def recognises(record: Json) -> bool:
    """Tell whether an object is a work.

    Example:
        >>> recognises({"abstract_inverted_index": None}), recognises({"id": "W1", "title": ""})
        (True, False)
    """
    return "abstract_inverted_index" in record or str(record.get("id")).startswith("https://openalex.org/W")


def draft(record: int, work: Json) -> Draft:
    """Read one work.

    Example:
        >>> index = {"We": [0], "shrink": [1], "it.": [10**9]}
        >>> draft(1, {"title": "A tiny BERT", "abstract_inverted_index": index}).abstract
        'We shrink it.'
    """
    abstract, flaw = _abstract(work.get("abstract_inverted_index", msgspec.UNSET))
    return Draft(
        record,
        id=work.get("id"),
        title=work.get("title") or work.get("display_name", work.get("title", msgspec.UNSET)),
        abstract=abstract,
        year=work.get("publication_year"),
        venue=_dig(work, "primary_location", "source", "display_name"),
        authors=[_dig(authorship, "author") for authorship in _list(work.get("authorships"))],
        url=_dig(work, "primary_location", "landing_page_url"),
        keywords=work.get("keywords"),
        doi=work.get("doi"),
        arxiv=_arxiv(work),
        flaw=flaw,
    )


def restore(index: Index) -> str:
    """Put the words of an inverted abstract in order; positions only sort, so a wild one costs nothing.

    Example:
        >>> restore({"to": [0, 3], "be": [1, 4], "or": [2]})
        'to be or to be'
    """
    placed = sorted((place, word) for word, places in index.items() for place in places)
    return " ".join(word for _, word in placed)


def _abstract(value: object) -> tuple[object, tuple[str, str] | None]:
    if value is None or value is msgspec.UNSET:
        return value, None
    try:
        index = msgspec.convert(value, Index)
    except msgspec.ValidationError as error:
        return None, (f"abstract_inverted_index is broken ({error})", "fetch the work again")
    # A long word at many places is a bomb: its size is known before it goes off.
    size = sum((len(word) + 1) * len(places) for word, places in index.items())
    return (restore(index), None) if size <= MAX_ABSTRACT else (None, too_long("abstract", size, MAX_ABSTRACT))


def _arxiv(work: Json) -> str | None:
    places = [work.get("primary_location"), *_list(work.get("locations"))]
    urls = (_dig(place, key) for place in places for key in ("landing_page_url", "pdf_url"))
    return next(filter(None, map(arxiv_id, urls)), None)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _dig(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value
