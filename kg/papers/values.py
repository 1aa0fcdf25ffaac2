"""Years, people and keywords as the formats of this world write them.

>>> year("2024-05-01"), names("Lee, Ann and Ray, Bo"), keywords("graphs; vision")
(2024, ('Lee, Ann', 'Ray, Bo'), ('graphs', 'vision'))
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)")
_SEMICOLON_OR_AND = re.compile(r"\s*;\s*|\s+and\s+")
_COMMA_OR_SEMICOLON = re.compile(r"\s*[,;]\s*")


def year(value: object) -> int | None:
    """Find the year in a number, a date or a text.

    Example:
        >>> year(2024.0), year("Mon, 2 Apr 2007 19:18:42 GMT"), year("soon"), year(None)
        (2024, 2007, None, None)
    """
    found = _YEAR.search(str(value)[:100])
    return int(found[0]) if found else None


def names(value: object) -> tuple[str, ...]:
    """Read a list of people however it is written: texts, objects with a name, or one text with separators.

    Example:
        >>> names(["Ann Lee"]), names([{"name": "Ann Lee"}, {"given": "Bo", "family": "Ray"}])
        (('Ann Lee',), ('Ann Lee', 'Bo Ray'))
        >>> names("Ann Lee, Bo Ray"), names("Lee, Ann")
        (('Ann Lee', 'Bo Ray'), ('Lee, Ann',))
    """
    if not isinstance(value, str):
        return _items(value)
    parts = _SEMICOLON_OR_AND.split(value)
    commas = [part.strip() for part in value.split(",")]
    # "Ann Lee, Bo Ray" are two people and "Lee, Ann" is one: only whole names have a space inside.
    return _full(commas if len(parts) == 1 and all(" " in part for part in commas) else parts)


def keywords(value: object) -> tuple[str, ...]:
    """Read keywords: a list, or one text separated by commas or semicolons.

    Example:
        >>> keywords("graphs; vision"), keywords(["graphs", None])
        (('graphs', 'vision'), ('graphs',))
    """
    return _full(_COMMA_OR_SEMICOLON.split(value)) if isinstance(value, str) else _items(value)


def text(value: object) -> str | None:
    """Give a text without the white space around it, and None for anything else or nothing.

    Example:
        >>> text(" NeurIPS "), text(" "), text(7)
        ('NeurIPS', None, None)
    """
    return value.strip() or None if isinstance(value, str) else None


def _items(value: object) -> tuple[str, ...]:
    return _full(_name(item) for item in value) if isinstance(value, list | tuple) else ()


def _name(item: object) -> str:
    if isinstance(item, dict):
        whole = text(item.get("name")) or text(item.get("display_name"))
        return whole or " ".join(filter(None, (text(item.get("given")), text(item.get("family")))))
    return text(item) or ""


def _full(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in parts if part.strip())
