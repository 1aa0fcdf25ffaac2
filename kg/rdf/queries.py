"""The named queries of ``ontology/queries``: questions in SPARQL, each with what it answers and what it takes.

A file runs as it stands, in any engine: each argument is a block ``VALUES ?name { term }`` that holds an example.
:meth:`NamedQuery.bound` puts other terms there.

>>> leaderboard = named_queries()["leaderboard"]
>>> leaderboard.description
'The figures reported on a data set, best first within each metric; where the direction is unknown, highest first.'
>>> [(argument.name, argument.required) for argument in leaderboard.arguments]
[('dataset', True), ('metric', False)]
>>> bound = leaderboard.bound({"dataset": "SQuAD"})
>>> 'VALUES ?dataset { "squad" }' in bound, "VALUES ?metric { UNDEF }" in bound
(True, True)
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.errors import QueryRefused
from kg.rdf.arguments import Argument, block
from kg.rdf.ontology import folder

if TYPE_CHECKING:
    from collections.abc import Mapping

_ARGUMENT = re.compile(r"# arg: (?P<name>\w+)(?P<optional>\?)? (?P<description>.+)")
_LOOKED_UP = re.compile(r"pkg:key \?(?P<name>\w+)(?: ; a pkg:(?P<type>\w+))?")
TOPICS = (
    "Results",
    "Tasks and data sets",
    "Methods over time",
    "Parts and variants",
    "Claims",
    "Papers",
)
"""What the queries are about, in the order in which they are listed."""


class NamedQuery(Struct, frozen=True):
    """A competency query: what it answers, what it is about and takes, and its SPARQL with examples as arguments."""

    name: str
    description: str
    topic: str
    arguments: tuple[Argument, ...]
    text: str

    def bound(self, given: Mapping[str, str | float]) -> str:
        """Return the query with these arguments; an optional one that is not given is left open.

        Raises:
            QueryRefused: An argument is missing, it takes no such argument, or a value is none of its kind.
        """
        self._check(given)
        text = self.text
        for argument in self.arguments:
            term = argument.term(given[argument.name]) if argument.name in given else "UNDEF"
            text = block(argument.name).sub(lambda _, one=argument, to=term: f"VALUES ?{one.name} {{ {to} }}", text)  # type: ignore[misc]
        return text

    def names(self) -> list[tuple[Argument, str | None]]:
        """Return the arguments that name a thing, each with its type where it must be of one.

        >>> [(argument.name, kind) for argument, kind in named_queries()["leaderboard"].names()]
        [('dataset', 'Dataset')]
        """
        found = {match["name"]: match["type"] for match in _LOOKED_UP.finditer(self.text)}
        return [(argument, found[argument.name]) for argument in self.arguments if argument.name in found]

    def _check(self, given: Mapping[str, object]) -> None:
        kinds = (f"{one.name} ({'required' if one.required else 'optional'})" for one in self.arguments)
        taken = ", ".join(kinds) or "none"
        unknown = sorted(given.keys() - {argument.name for argument in self.arguments})
        missing = [argument.name for argument in self.arguments if argument.required and argument.name not in given]
        if unknown:
            raise QueryRefused(f"the query {self.name} takes no argument {unknown[0]!r}: it takes {taken}")
        if missing:
            raise QueryRefused(f"the query {self.name} needs the argument {missing[0]!r}: it takes {taken}")


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, in alphabetical order.

    >>> "lineage" in named_queries()
    True
    """
    texts = {file.name: file.read_text(encoding="utf-8") for file in (folder() / "queries").iterdir()}
    names = sorted(name.removesuffix(".rq") for name in texts if name.endswith(".rq"))
    return {name: parse_query(name, texts[f"{name}.rq"]) for name in names}


def named(name: str) -> NamedQuery:
    """Return a query of ``ontology/queries``.

    Raises:
        QueryRefused: There is none of this name.
    """
    if name not in named_queries():
        raise QueryRefused(f"no query {name[:60]!r}: there are {', '.join(named_queries())}")
    return named_queries()[name]


def parse_query(name: str, text: str) -> NamedQuery:
    r"""Read the leading comments of a query: what it answers, what it is about, and a line for each argument.

    >>> text = '# All.\n# topic: Papers\n# arg: year? the year\nSELECT ?s { VALUES ?year { 2020 } ?s ?p ?year }'
    >>> query = parse_query("all", text)
    >>> query.description, query.topic, query.arguments[0].example
    ('All.', 'Papers', '2020')
    """
    description, topic = (line.partition(" ")[2] for line in text.splitlines()[:2])
    arguments = (
        Argument(match["name"], _example(text, match["name"]), match["description"], required=not match["optional"])
        for match in _ARGUMENT.finditer(text)
    )
    return NamedQuery(name, description, topic.removeprefix("topic: "), tuple(arguments), text)


def _example(text: str, name: str) -> str:
    found = block(name).search(text)
    if found is None:
        raise QueryRefused(f"the query has no VALUES ?{name} {{ … }}: write the example of the argument there")
    return found["term"]
