"""SPARQL over a graph, read-only and from this graph alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, Variable

from kg.errors import QueryRefused
from kg.graph import Frame
from kg.rdf.guard import checked
from kg.rdf.ontology import PREFIXES
from kg.rdf.queries import named_queries
from kg.rdf.results import frame
from kg.rdf.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph import Graph
    from kg.rdf.queries import NamedQuery


def query(graph: Graph, text: str, arguments: Mapping[str, str | float] | None = None) -> Frame:
    """Run a SPARQL 1.1 query; the prefixes of :data:`kg.rdf.ontology.PREFIXES` need no declaration.

    Args:
        graph: Any graph.
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        arguments: Values for variables, bound by the engine and never pasted into the text. SELECT must name them.

    Returns:
        A table of strings, numbers and truth values, see :func:`kg.rdf.results.frame`.

    Raises:
        QueryRefused: The query does not parse, is an update, has SERVICE or FROM, or does not SELECT an argument.
    """
    bound: dict[Variable, Any] = {Variable(name): Literal(value) for name, value in (arguments or {}).items()}
    try:
        return frame(open_store(graph).query(checked(text), prefixes=PREFIXES, substitutions=bound))
    except SyntaxError as error:
        raise QueryRefused(f"the query cannot be run ({error}): mend it; it must be SPARQL 1.1") from None
    except RuntimeError as error:
        raise QueryRefused(f"the query cannot be run ({error}): name every argument after SELECT") from None


def run_named(graph: Graph, name: str, /, **arguments: str | float) -> Frame:
    """Run a query of ``ontology/queries`` by its name.

    Raises:
        QueryRefused: There is no such query, an argument is missing, or it takes no such argument.
    """
    wanted = named(name, arguments)
    answer = query(graph, wanted.text, arguments)
    # an argument must be selected to be bound, and a column of one known value tells nothing
    return Frame(answer.arrow.drop_columns([argument.name for argument in wanted.arguments]))


def named(name: str, given: Mapping[str, object]) -> NamedQuery:
    """Return a query of ``ontology/queries`` that takes these arguments.

    Raises:
        QueryRefused: There is no such query, an argument is missing, or it takes no such argument.
    """
    if name not in named_queries():
        raise QueryRefused(f"no query {name[:60]!r}: there are {', '.join(named_queries())}")
    wanted = named_queries()[name]
    taken = ", ".join(f"{a.name} ({'required' if a.required else 'optional'})" for a in wanted.arguments) or "none"
    unknown = sorted(given.keys() - {argument.name for argument in wanted.arguments})
    missing = [argument.name for argument in wanted.arguments if argument.required and argument.name not in given]
    if unknown:
        raise QueryRefused(f"the query {wanted.name} takes no argument {unknown[0]!r}: it takes {taken}")
    if missing:
        raise QueryRefused(f"the query {wanted.name} needs the argument {missing[0]!r}: it takes {taken}")
    return wanted
