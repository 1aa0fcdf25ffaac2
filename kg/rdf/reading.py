"""RDF back to a graph: the tables that an export was written from.

The triples of a file stream into DuckDB, which gathers each node's and spills what does not fit; the order of a file
is no matter. Of the profile ``full`` all tables come back as they were; of ``standard`` those that it holds whole:
relations, results and inferred. A fact without its statement, as in ``plain``, says too little to be a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
from pyoxigraph import NamedNode, Triple

from kg.errors import BuildFolderError
from kg.graph import FOLDER_VERSION, SCHEMAS, Graph, Manifest, number
from kg.rdf.context import context
from kg.rdf.files import quads
from kg.rdf.nodes import KINDS, flawed, gathered
from kg.rdf.ontology import PREFIXES
from kg.rdf.restoring import LINKS, MADE, STANDARD, TABLES
from kg.rdf.rows import define
from kg.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pyoxigraph import BlankNode, Literal, Quad

_BATCH = 100_000
_REIFIES = NamedNode(PREFIXES["rdf"] + "reifies")
_TRIPLES = pa.schema([("s", pa.string()), ("p", pa.string()), ("o", pa.string())])
_ABOUT = """
    SELECT coalesce(any_value("uriSpace"), any_value(regexp_replace(agents.id, 'extractor/[^/]*$', ''))) AS base,
        any_value(agents.label) AS extractor, count(DISTINCT runs.id) AS runs, count(DISTINCT agents.id) AS agents
    FROM agents LEFT JOIN runs ON TRUE
"""


def read_graph(path: Path) -> Graph:
    """Read a graph from a file of RDF that :mod:`kg.rdf.writers` wrote, perhaps rewritten by another program since.

    Args:
        path: A file of Turtle, N-Triples, N-Quads or JSON-LD, told by its name; with or without ``.gz``.

    Returns:
        A graph in memory. Its manifest has the base and the extractor, and the file as its input; what a build was
        told is not in RDF. Of the profile ``standard`` it has the tables relations, results and inferred.

    Raises:
        BuildFolderError: The file cannot be read, holds no statements of papers, or holds several graphs; a node lacks
            what it must have, or has it twice.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> with TemporaryDirectory() as folder:
        ...     _ = Path(folder, "graph.nt").write_text("<http://e/a> <http://e/b> <http://e/c> .")
        ...     read_graph(Path(folder, "graph.nt"))
        Traceback (most recent call last):
        kg.errors.BuildFolderError: ...graph.nt names no extractor: export it with kg export --profile full
    """
    with scratch() as room, room.connect() as connection:
        _load(connection, path)
        try:
            for name, kind in KINDS.items():
                connection.execute(f"CREATE TABLE {name} AS {gathered(kind)}")
            about = connection.sql(_ABOUT).to_arrow_table().to_pylist()[0]
            whole = _told(path, about)
            define(connection.execute, about["base"], about["extractor"])
            for name, query in MADE.items():
                connection.execute(f"CREATE TABLE {name} AS {query}")
            _check(connection, path, whole=whole)
            _add_numbers(connection)
            tables = {
                name: connection.sql(query).to_arrow_table().cast(SCHEMAS[name])
                for name, query in TABLES.items()
                if whole or name in STANDARD
            }
        except (duckdb.Error, pa.ArrowException) as error:
            problem = str(error).partition("\n")[0]
            raise BuildFolderError(f"{path} does not hold what it should ({problem}): export it again") from None
    return Graph(_manifest(path, about, tables), tables)


def _load(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute("CREATE TABLE triples (s VARCHAR, p VARCHAR, o VARCHAR)")
    for batch in _batches(path):
        connection.register("batch", batch)
        connection.execute("INSERT INTO triples FROM batch")
        connection.unregister("batch")


def _batches(path: Path) -> Iterator[pa.Table]:
    """Give the triples that tables are made of: names of the context as predicates, values as texts."""
    predicates = {term.iri: name for name, term in context().items() if name[0].islower()}
    names = {term.iri: name for name, term in context().items()}
    vocabulary = {name for name, term in context().items() if term.kind == "@vocab"}
    rows: list[tuple[str, str, str]] = []
    for quad in _of_one_graph(quads(path), path):
        subject, value = _text(quad.subject), quad.object
        if isinstance(value, Triple):
            if quad.predicate == _REIFIES:
                relation = names.get(value.predicate.value, value.predicate.value)
                parts = (("head", _text(value.subject)), ("relation", relation), ("tail", _text(value.object)))
                rows += ((subject, part, text) for part, text in parts)
        elif (name := predicates.get(quad.predicate.value)) is not None:
            text = value.value
            rows.append((subject, name, names.get(text, text) if name in vocabulary else text))
        if len(rows) >= _BATCH:
            yield _table(rows)
            rows = []
    yield _table(rows)


def _text(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value


def _table(rows: list[tuple[str, str, str]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=_TRIPLES)


def _of_one_graph(found: Iterator[Quad], path: Path) -> Iterator[Quad]:
    """Hand quads on, as long as they are all of one named graph, or of none."""
    first = None
    for quad in found:
        first = first or quad.graph_name
        if quad.graph_name != first:
            raise BuildFolderError(f"{path} holds several graphs ({first}, {quad.graph_name}): put each into a file")
        yield quad


def _told(path: Path, about: Mapping[str, object]) -> bool:
    """Tell whether a file holds a whole graph, from what it says of itself."""
    if not about["agents"]:
        raise BuildFolderError(f"{path} names no extractor: export it with kg export --profile full")
    if about["runs"] not in {0, 1} or about["agents"] != 1:
        raise BuildFolderError(f"{path} holds several graphs: put each into a file")
    return about["runs"] == 1


def _check(connection: duckdb.DuckDBPyConnection, path: Path, *, whole: bool) -> None:
    """Find a node that lacks something, or leads to nothing."""
    for name, kind in KINDS.items():
        for query in (flawed(name, kind), LINKS.get(name)) if whole or not kind.whole else ():
            found = connection.execute(f"{query} ORDER BY ALL LIMIT 1").fetchall() if query else ()
            if found:
                raise BuildFolderError(f"{path}: <{found[0][0]}> {found[0][1]}: export it again")


def _add_numbers(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what Python reads in the values of results."""
    values = [row[0] for row in connection.execute('SELECT DISTINCT "valueText" FROM result_nodes').fetchall()]
    numbers = pa.array(map(number, values), pa.float64())
    connection.register("batch", pa.table({"valueText": pa.array(values, pa.string()), "number": numbers}))
    connection.execute("CREATE TABLE numbers AS FROM batch")
    connection.unregister("batch")


def _manifest(path: Path, about: Mapping[str, str], tables: Mapping[str, pa.Table]) -> Manifest:
    counts = {name: table.num_rows for name, table in tables.items()}
    return Manifest(FOLDER_VERSION, "", about["extractor"], about["base"], (str(path),), {}, counts)
