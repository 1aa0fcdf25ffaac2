r"""A user's corrections: a small table kept beside the papers, obeyed by every build.

One correction a line, parted by tabs; ``#`` begins a comment, and names are compared as resolution compares them,
without case, plural and hyphens::

    same        ViT             Vision Transformer
    different   GLUE            SuperGLUE
    rename      neural network  artificial neural network
    type        Adam            Method

>>> corrections = parse(["same\tViT\tVision Transformer", "different\tGLUE\tSuperGLUE"])
>>> corrections.same, corrections.apart("superglue", "glue")
((('vit', 'vision transformer'),), True)
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from kg.errors import CorrectionsError
from kg.names import normal_form
from kg.papers.inputs import CORRECTIONS
from kg.types import ENTITY_TYPES, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable

_VERBS = ("same", "different", "rename", "type")
_FORM = "write same, different, rename or type, then two columns, parted by tabs"


class Corrections(msgspec.Struct, frozen=True):
    """What a user has decided, in normal forms: pairs that are one, pairs that are two, new names, types."""

    same: tuple[tuple[str, str], ...] = ()
    different: frozenset[tuple[str, str]] = frozenset()
    names: dict[str, str] = {}
    types: dict[str, EntityType] = {}

    @property
    def forms(self) -> frozenset[str]:
        """All that it takes to be names of something in the papers."""
        return frozenset(chain(*self.same, *self.different, self.names, self.types))

    def apart(self, left: str, right: str) -> bool:
        """Tell whether two forms must not meet."""
        return (min(left, right), max(left, right)) in self.different


class Line(NamedTuple):
    """One correction, as it was written."""

    number: int
    verb: str
    first: str
    second: str


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections.

    Raises:
        CorrectionsError: It cannot be read, a line is none, or two lines contradict each other; the message names it.
    """
    return parse(text_of(path).splitlines(), str(path))


def text_of(path: Path) -> str:
    """Read the text of a file of corrections.

    Raises:
        CorrectionsError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"{path} cannot be read ({error}): name a file of corrections, UTF-8 text") from None


def beside(inputs: Iterable[str]) -> Path | None:
    """Find the corrections that lie beside the inputs.

    Raises:
        CorrectionsError: There are several.
    """
    found = all_beside(inputs)
    if len(found) > 1:
        raise CorrectionsError(f"there are several files of corrections ({found[0]}, {found[1]}): name one")
    return found[0] if found else None


def all_beside(inputs: Iterable[str]) -> list[Path]:
    """List the files of corrections that lie beside the inputs: in a folder that is one, or next to a file."""
    paths = [Path(name) for name in inputs if name != "-"]
    folders = {path if path.is_dir() else path.parent for path in paths}
    return sorted(folder / CORRECTIONS for folder in folders if (folder / CORRECTIONS).is_file())


def parse(lines: Iterable[str], source: str = CORRECTIONS) -> Corrections:
    """Read corrections from lines.

    Raises:
        CorrectionsError: A line is none, or contradicts an earlier one.
    """
    read = split(lines, source)
    _check(read, source)
    pairs = {
        verb: [(normal_form(row.first), normal_form(row.second)) for row in read if row.verb == verb] for verb in _VERBS
    }
    return Corrections(
        tuple(pairs["same"]),
        frozenset((min(pair), max(pair)) for pair in pairs["different"]),
        {normal_form(row.first): row.second for row in read if row.verb == "rename"},
        {normal_form(row.first): cast("EntityType", row.second) for row in read if row.verb == "type"},
    )


def split(lines: Iterable[str], source: str) -> list[Line]:
    """Read each line by itself.

    Raises:
        CorrectionsError: A line is none.
    """
    return [_line(number, text, source) for number, text in enumerate(lines, 1) if text.partition("#")[0].strip()]


def _line(number: int, text: str, source: str) -> Line:
    cells = [cell.strip() for cell in text.split("\t") if cell.strip()]
    if len(cells) != 3 or cells[0] not in _VERBS:
        raise CorrectionsError(f"{source}, line {number}: {text.strip()!r} is no correction: {_FORM}")
    if cells[0] == "type" and cells[2] not in ENTITY_TYPES:
        raise CorrectionsError(f"{source}, line {number}: no type {cells[2]!r}: choose of {', '.join(ENTITY_TYPES)}")
    return Line(number, *cells)


def _check(read: Iterable[Line], source: str) -> None:
    """Find the first line that cannot be obeyed together with those before it."""
    said: dict[tuple[str, str], Line] = {}
    groups: dict[str, str] = {}
    for row in sorted(read, key=lambda row: (_VERBS.index(row.verb), row.number)):
        first, second = normal_form(row.first), normal_form(row.second)
        if row.verb == "same":
            one, other = _root(groups, first), _root(groups, second)
            groups[max(one, other)] = min(one, other)
        elif row.verb == "different" and _root(groups, first) == _root(groups, second):
            reason = (
                "are one name but for case, plural and hyphens" if first == second else "are made one by other lines"
            )
            raise CorrectionsError(
                f"{source}, line {row.number}: {row.first!r} and {row.second!r} {reason}: take one out"
            )
        elif row.verb in {"rename", "type"}:
            earlier = said.setdefault((row.verb, first), row)
            if earlier.second != row.second:
                raise CorrectionsError(f"{source}, line {row.number}: contradicts line {earlier.number}: take one out")


def _root(groups: dict[str, str], name: str) -> str:
    while groups.get(name, name) != name:
        name = groups[name]
    return name
