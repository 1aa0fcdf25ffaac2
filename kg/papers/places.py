"""What inputs are called, and when two names are of one file.

>>> named("-"), real("a.bib") == real("./a.bib")
('-', True)
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kg.papers.inputs import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def each(given: str | Path | Iterable[str | Path]) -> Iterator[str | Path]:
    """Give each of several inputs, of which there may be no end, or the one that stands by itself.

    Example:
        >>> list(each("a.bib")), list(each(["a.bib", "b.ris"]))
        (['a.bib'], ['a.bib', 'b.ris'])
    """
    return iter((given,) if isinstance(given, str | Path) else given)


def named(given: str | Path) -> str:
    """Name an input: a path below the current directory as it is seen from there, so that it is one wherever that lies.

    Example:
        >>> named(Path.cwd() / "papers" / "a.bib"), named("/no/such/a.bib"), named("-")
        ('papers/a.bib', '/no/such/a.bib', '-')
    """
    text, here = str(given), _here()
    inside = text[len(here) :].lstrip(os.sep)
    return (inside or ".") if f"{text}{os.sep}".startswith(here) and inside != STDIN else text


def real(file: str) -> str:
    """Return where a file is, by its name in ``Source.file``: two that are in one place are one file.

    Example:
        >>> real("a.bib") == real("./b/../a.bib"), real("-")
        (True, '-')
    """
    try:
        return file if file == STDIN else os.path.realpath(file)
    except ValueError:  # a NUL, which is in no file's name
        return file


def _here() -> str:
    try:
        return f"{str(Path.cwd()).rstrip(os.sep)}{os.sep}"
    except FileNotFoundError:  # the current directory is gone, and nothing is below it
        return "\0"
