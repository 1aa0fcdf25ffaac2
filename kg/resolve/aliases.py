r"""The table of well-known names that comes with paperkg: what a thing is called, its type, other names, identifiers.

Each row of ``kg/data/aliases.tsv`` is one thing. Two names of one row are one node wherever both stand for it; names of
different rows never become one.

>>> table = read_table(["Model\tBERT\tBERT model|Bidirectional Encoder Representations\tarxiv:1810.04805"])
>>> table.rows[0].name, table.same("bert model"), table.same("roberta")
('BERT', (0,), ())
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from kg.names import normal_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.types import EntityType

PATH = Path(__file__).parents[1] / "data" / "aliases.tsv"


class Known(NamedTuple):
    """A thing of the table; ids are CURIEs: ``wikidata:…`` the thing, ``arxiv:…`` the paper that introduced it."""

    type: EntityType
    name: str
    aliases: tuple[str, ...]
    ids: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Normal forms of all names, the canonical one first."""
        return tuple(dict.fromkeys(map(normal_form, (self.name, *self.aliases))))


@dataclass(frozen=True, slots=True)
class Table:
    """All rows, and which rows know a normal form."""

    rows: tuple[Known, ...]
    places: Mapping[str, tuple[int, ...]]

    def same(self, form: str) -> tuple[int, ...]:
        """Return the rows that know a form: several for an ambiguous one, none for an unknown one."""
        return self.places.get(form, ())

    def apart(self, left: str, right: str) -> bool:
        """Tell whether the table knows two forms and no row knows both."""
        ours, theirs = self.same(left), self.same(right)
        return bool(ours and theirs) and set(ours).isdisjoint(theirs)


def read_table(lines: Iterable[str]) -> Table:
    """Read rows: type, name, aliases parted by ``|``, identifiers parted by spaces; ``#`` begins a comment."""
    rows = tuple(_row(line) for line in lines if line.strip() and not line.startswith("#"))
    places: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for form in row.forms:
            places[form].append(place)
    return Table(rows, {form: tuple(known) for form, known in places.items()})


def _row(line: str) -> Known:
    kind, name, aliases, ids = line.rstrip("\n").split("\t")
    return Known(cast("EntityType", kind), name, tuple(filter(None, aliases.split("|"))), tuple(ids.split()))


@cache
def shipped() -> Table:
    """Read the table that comes with paperkg, once."""
    return read_table(PATH.read_text(encoding="utf-8").splitlines())
