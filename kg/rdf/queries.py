"""The named queries of ``ontology/queries``: each file begins with what it answers and which arguments it takes.

>>> leaderboard = named_queries()["leaderboard"]
>>> leaderboard.description
'The figures reported on a data set, best first within each metric; where the direction is unknown, highest first.'
>>> [(argument.name, argument.required) for argument in leaderboard.arguments]
[('dataset', True), ('metric', False)]
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from kg.rdf.ontology import folder

_ARGUMENT = re.compile(r'# arg: (?P<name>\w+)(?P<optional>\?)? "(?P<example>[^"]*)" (?P<description>.+)')


class Argument(Struct, frozen=True):
    """An argument of a named query; where it is not required, the query answers for all values without it."""

    name: str
    example: str
    description: str
    required: bool = True

    def __str__(self) -> str:
        return f"{self.name}{'' if self.required else '?'}={self.example}"


class NamedQuery(Struct, frozen=True):
    """A competency query: what it answers, what it takes, and its SPARQL."""

    name: str
    description: str
    arguments: tuple[Argument, ...]
    text: str


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, in alphabetical order.

    >>> "lineage" in named_queries()
    True
    """
    texts = {file.name: file.read_text(encoding="utf-8") for file in (folder() / "queries").iterdir()}
    names = sorted(name.removesuffix(".rq") for name in texts if name.endswith(".rq"))
    return {name: parse_query(name, texts[f"{name}.rq"]) for name in names}


def parse_query(name: str, text: str) -> NamedQuery:
    r"""Read the leading comments of a query: a line that describes it, then a line for each argument.

    >>> query = parse_query("all", '# All there is.\n# arg: type? "Task" only this type\nSELECT ?type ?s { ?s a ?c }')
    >>> query.description, query.arguments[0].example
    ('All there is.', 'Task')
    """
    description = text.partition("\n")[0].removeprefix("# ")
    arguments = (
        Argument(match["name"], match["example"], match["description"], required=not match["optional"])
        for match in _ARGUMENT.finditer(text)
    )
    return NamedQuery(name, description, tuple(arguments), text)
