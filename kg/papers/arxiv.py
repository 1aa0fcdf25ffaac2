"""The arXiv metadata snapshot: one JSON object a line, as on Kaggle and in cuts of it.

See https://www.kaggle.com/datasets/Cornell-University/arxiv for the form. Hard line breaks in the text stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.papers import values
from kg.papers.drafts import Draft
from kg.papers.identity import arxiv_id
from kg.papers.jsonl import Json, drafts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

_AFFILIATION = re.compile(r"\s*\([^()]*\)")
_SEPARATOR = re.compile(r"\s*(?:,\s*and\s|,|\sand\s)\s*")
# Authors put classes of the ACM and the MSC among the categories, such as 68T45.
_CATEGORY = re.compile(r"[a-z-]+\.[A-Za-z-]+|[a-z]+-[a-z]+")
_NINETIES = 91
_KEYS = frozenset({"id", "title", "abstract"})


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read a snapshot; its field names are its own."""
    return drafts(opened, draft)


def recognises(record: Json) -> bool:
    """Tell whether an object is a record of the snapshot: an id of arXiv form beside what only arXiv has.

    Example:
        >>> recognises({"id": "2507.11412", "title": "", "abstract": "", "categories": "cs.CL"})
        True
        >>> recognises({"id": "ai-0004", "title": "", "abstract": "", "categories": "cs.CL"})
        False
    """
    own = "categories" in record or "versions" in record
    return own and record.keys() >= _KEYS and arxiv_id(record["id"], bare=True) is not None


def draft(record: int, item: Json) -> Draft:
    """Read one object.

    Example:
        >>> found = draft(1, {"id": "2507.11412", "title": "A tiny BERT", "authors": "Ann Lee and Bo Ray"})
        >>> found.arxiv, found.year, found.authors
        ('2507.11412', 2025, ['Ann Lee', 'Bo Ray'])
    """
    return Draft(
        record,
        **{key: item[key] for key in _KEYS & item.keys()},
        year=_year(item),
        venue=item.get("journal-ref"),
        authors=_authors(item),
        keywords=[word for word in str(item.get("categories")).split() if _CATEGORY.fullmatch(word)],
        doi=item.get("doi"),
        arxiv=item.get("id"),
    )


def _authors(item: Json) -> list[str]:
    parsed = item.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        return [_parsed_name(name) for name in parsed if isinstance(name, list)]
    whole = _AFFILIATION.sub("", _AFFILIATION.sub("", str(item.get("authors") or "")))
    return _SEPARATOR.split(whole)


def _parsed_name(name: list[object]) -> str:
    """Turn ["Lee", "Ann", "Jr."] into "Ann Lee Jr."."""
    last, first, suffix = ([values.text(part) or "" for part in name] + [""] * 3)[:3]
    return " ".join(filter(None, (first, last, suffix)))


def _year(item: Json) -> int | None:
    """Date a paper by its first version, by its id, or else by its last update."""
    versions = item.get("versions")
    first = versions[0] if isinstance(versions, list) and versions else None
    created = values.year(first.get("created")) if isinstance(first, dict) else None
    return created or _year_of_id(item.get("id")) or values.year(item.get("update_date"))


def _year_of_id(value: object) -> int | None:
    found = arxiv_id(value, bare=True)
    if not found:
        return None
    short = int(found.rpartition("/")[2][:2])
    return short + (1900 if short >= _NINETIES else 2000)
