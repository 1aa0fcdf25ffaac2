"""Saved listing pages of papers: a title, its abstract, the next title, with what the page shows around them.

Pages come in two layouts. In one a blank line follows every line, and the page's own words ("Subscribe", a date) stand
on top; in the other there are no blank lines, and the first title is glued to "Subscribe".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.papers.drafts import Draft, overlong
from kg.papers.lines import text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

Line = tuple[int, str]

_BANNER = re.compile(r"Get trending papers in your email inbox(?: once a day)?!")
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_CHROME = re.compile(rf"new|{_BANNER.pattern}|Subscribe|by\s?AK and the research community|{_MONTH} \d{{1,2}}")
_GLUE = "Subscribe"
_SENTENCE = re.compile(r"""[\w)\]}%"']{3}\.\s+[A-Z]|\.$""")
_LONGER = 2
_EXCERPT = 60
_TOP = 10


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read a page; ``record`` is the line of the title."""
    skipped: list[int] = []
    for title, abstract in pairs(_content(text_lines(opened, skipped))):
        yield from overlong(skipped)
        yield Draft(title[0], title=title[1], abstract=abstract[1]) if abstract else _alone(title)
    yield from overlong(skipped)


def recognises(head: str) -> bool:
    r"""Tell whether a text begins as such a page does.

    Example:
        >>> recognises("new\n\nGet trending papers in your email inbox!\n"), recognises("A tiny BERT\nWe shrink it.\n")
        (True, False)
    """
    top = [line.strip() for line in head.splitlines() if line.strip()][:_TOP]
    return any(_BANNER.fullmatch(line) for line in top)


def pairs(content: Iterable[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Give each title its abstract; a line that is neither's comes with None, and the lines after it pair on.

    Example:
        >>> lines = [(1, "Go Wider"), (2, "A tiny BERT"), (3, "We shrink BERT. It works.")]
        >>> for title, abstract in pairs(lines):
        ...     print(title, "->", abstract)
        (1, 'Go Wider') -> None
        (2, 'A tiny BERT') -> (3, 'We shrink BERT. It works.')
    """
    rest = iter(content)
    first, second, third = (next(rest, None) for _ in range(3))
    while first:
        if second and _belong(first[1], second[1], third[1] if third else ""):
            yield first, second
            first, second, third = third, next(rest, None), next(rest, None)
        else:
            yield first, None
            first, second, third = second, third, next(rest, None)


def is_prose(line: str) -> bool:
    """Tell an abstract from a title by its sentences: it ends in a full stop or has one before a capital.

    On the five pages that this was written for, no title has one and every abstract has, whatever their lengths.

    Example:
        >>> is_prose("Transformers need glasses! A study"), is_prose("We shrink BERT. Code: https://example.org")
        (False, True)
    """
    return _SENTENCE.search(line) is not None


def _belong(title: str, abstract: str, following: str) -> bool:
    """Tell whether two lines are title and abstract; where sentences do not decide, lengths must, and clearly."""
    longer = len(abstract) > _LONGER * len(title)
    if is_prose(abstract):
        return longer or not is_prose(title)
    return longer and len(abstract) > len(following)


def _content(lines: Iterable[Line]) -> Iterator[Line]:
    """Drop blank lines and the page's own words, wherever they stand: pages may have been joined."""
    after_banner = False
    for number, line in lines:
        text = line.strip()
        if after_banner and text != _GLUE:
            text = text.removeprefix(_GLUE)
        if text and not _CHROME.fullmatch(text):
            yield number, text
        after_banner = _BANNER.fullmatch(text) is not None or (after_banner and not text)


def _alone(line: Line) -> Draft:
    lacks = "title above it" if is_prose(line[1]) else "abstract below it"
    message = f'line "{line[1][:_EXCERPT]}" has no {lacks}'
    return Draft(line[0], flaw=(message, "put a title and its abstract on two lines"))
