"""SPARQL over a graph, read-only and from this graph alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, QueryResultsFormat, QueryTriples, RdfFormat, Variable

from kg.errors import KgError, QueryRefused
from kg.graph import Frame, locate
from kg.rdf.asking import asked
from kg.rdf.guard import checked
from kg.rdf.queries import named
from kg.rdf.results import frame
from kg.rdf.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import QueryBoolean, QuerySolutions

    from kg.graph import Graph
    from kg.types import EntityType

FORMATS: dict[str, QueryResultsFormat | RdfFormat] = {
    "tsv": QueryResultsFormat.TSV,
    "xml": QueryResultsFormat.XML,
    "sparql-json": QueryResultsFormat.JSON,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
}
"""What an answer can be written in: results of SELECT and ASK, triples of CONSTRUCT and DESCRIBE."""

_PAPER = "SELECT ?name { ?paper pkg:key ?name ; a pkg:Paper } LIMIT 1"


def query(graph: Graph, text: str, arguments: Mapping[str, str | float] | None = None) -> Frame:
    """Run a SPARQL 1.1 query; the prefixes of :data:`kg.rdf.ontology.PREFIXES` need no declaration.

    Args:
        graph: Any graph.
        text: SELECT, ASK, CONSTRUCT or DESCRIBE.
        arguments: Values for variables, bound by the engine and never pasted into the text. SELECT must name them.

    Returns:
        A table of strings, numbers and truth values, see :func:`kg.rdf.results.frame`.

    Raises:
        QueryRefused: The query does not parse, is an update, has SERVICE or FROM, calls a function or has a prefix that
            there is not, or does not SELECT an argument.
    """
    return frame(_answer(graph, checked(text), arguments))


def serialized(
    graph: Graph,
    text: str,
    format: str,  # noqa: A002 - as users say
    arguments: Mapping[str, str | float] | None = None,
) -> bytes:
    """Run a query as :func:`query` does and return the answer in a format of the W3C, with every term whole.

    Args:
        graph: Any graph.
        text: SELECT and ASK give results (tsv, xml, sparql-json), CONSTRUCT and DESCRIBE triples (turtle, ntriples).
        format: One of :data:`FORMATS`.
        arguments: Values for variables.

    Raises:
        QueryRefused: As for :func:`query`; or the answer cannot be written in the format.
    """
    return _written(graph, checked(text), format, arguments)


def _written(graph: Graph, checked_text: str, format_name: str, arguments: Mapping[str, str | float] | None) -> bytes:
    answer, wanted = _answer(graph, checked_text, arguments), FORMATS[format_name]
    if isinstance(answer, QueryTriples) and isinstance(wanted, RdfFormat):
        return bytes(answer.serialize(format=wanted) or b"")
    if not isinstance(answer, QueryTriples) and isinstance(wanted, QueryResultsFormat):
        return bytes(answer.serialize(format=wanted) or b"")
    del answer  # an error takes what its frames hold anywhere
    fitting = ", ".join(name for name, one in FORMATS.items() if not isinstance(one, type(wanted)))
    raise QueryRefused(f"the answer to this query cannot be written as {format_name}: choose one of {fitting}")


def _answer(
    graph: Graph, checked_text: str, arguments: Mapping[str, str | float] | None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    bound = {Variable(name): Literal(value) for name, value in (arguments or {}).items()}
    return asked(open_store(graph), checked_text, bound)


def run_named(graph: Graph, name: str, /, **arguments: str | float) -> Frame:
    """Run a query of ``ontology/queries`` by its name.

    Names of things are found in any case; of several things of one name, the one that most papers mention is meant.
    IRIs of entities will do too.

    Raises:
        QueryRefused: There is no such query, an argument is missing or of no use, or it takes no such argument.
        KgError: The answer is empty because nothing has a name that was given; the message names near matches.
    """
    wanted = named(name)
    named_by = {argument.name for argument, kind in wanted.names() if kind != "Paper"}
    arguments |= {one: _name(graph, given) for one, given in arguments.items() if one in named_by}
    answer = query(graph, wanted.bound(arguments))
    if not len(answer):
        for argument, kind in wanted.names():
            if argument.name in arguments:
                _known(graph, str(arguments[argument.name]), kind)
    return answer


def _name(graph: Graph, given: str | float) -> str | float:
    """Give the name of an entity that is given by its IRI, since queries look things up by name."""
    if not str(given).strip().startswith(("kg:", graph.manifest.base)):
        return given
    return next(iter(graph.names([locate(graph, str(given))]).values()))


def _known(graph: Graph, name: str, kind: str | None) -> None:
    """Make sure that something is called so.

    Raises:
        KgError: Nothing is.
    """
    if kind != "Paper":
        locate(graph, name.strip(), cast("EntityType | None", kind))
    elif not len(query(graph, _PAPER, {"name": name.strip().lower()})):
        raise KgError(f"no paper has the title or identifier {name[:60]!r}: give it whole, as in arxiv:1706.03762")
