"""The tables of a graph against each other: every row refers to something, every span lies in its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kg.doctor.findings import Finding
from kg.errors import BuildFolderError
from kg.graph import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph
    from kg.progress import Progress


class _Check(NamedTuple):
    """Rows that there must not be: their table, what is wrong with them, and SQL that gives an example of each."""

    table: str
    wrong: str
    rows: str


_TEXT = "(title || chr(10) || abstract)"
_OUTSIDE = """
    SELECT paper || ' ' || span.start || '-' || span."end" AS example
    FROM (SELECT paper, unnest(evidence) AS span FROM {table}) JOIN papers ON paper = papers.id
    WHERE span.start < 0 OR span."end" <= span.start OR span."end" > length(title) + 1 + length(abstract)
"""
_ENDS = {
    "mentions": ("entity",),
    "relations": ("head", "tail"),
    "results": ("subject", "metric", "dataset", "baseline"),
    "inferred": ("head", "tail"),
}


def _checks() -> Iterator[_Check]:
    for table, key in (("papers", "id"), ("entities", "iri")):
        rows = f"SELECT {key} AS example FROM {table} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608 - constants
        yield _Check(table, f"have an {key} twice", rows)
    for table in ("mentions", "relations", "results"):
        rows = f"SELECT paper AS example FROM {table} ANTI JOIN papers ON paper = id"  # noqa: S608 - as above
        yield _Check(table, "are of a paper that is not there", rows)
    for table, ends in _ENDS.items():
        for end in ends:
            rows = f"SELECT {end} AS example FROM {table} ANTI JOIN entities ON {end} = iri WHERE {end} IS NOT NULL"  # noqa: S608 - as above
            yield _Check(table, f"have for {end} what is not there", rows)
    rows = f"""
        SELECT paper || ' ' || start AS example FROM mentions JOIN papers ON paper = id
        WHERE start < 0 OR "end" <= start OR substring({_TEXT}, start + 1, "end" - start) <> surface
    """  # noqa: S608 - as above
    yield _Check("mentions", "do not stand in the text where they say", rows)
    for table in ("relations", "results"):
        yield _Check(table, "have evidence beside the text", _OUTSIDE.format(table=table))
    rows = """
        SELECT iri AS example FROM entities
        LEFT JOIN (SELECT entity, count(DISTINCT paper) AS counted FROM mentions GROUP BY entity) ON entity = iri
        WHERE papers IS DISTINCT FROM coalesce(counted, 0)
    """
    yield _Check("entities", "count other papers than mention them", rows)


_CHECKS = tuple(_checks())


def examine_tables(graph: Graph, remedy: str, progress: Progress) -> Iterator[Finding]:
    """Check all tables of a graph on disk."""
    try:
        yield from _columns(graph, remedy)
        for done, check in enumerate(_CHECKS, 1):
            query = f"SELECT count(*) AS n, min(example) AS example FROM ({check.rows})"  # noqa: S608 - constants
            (found,) = graph.sql(query)
            if found["n"]:
                yield Finding(check.table, f"{found['n']:,} rows {check.wrong} ({found['example']})", remedy)
            progress("tables", done, len(_CHECKS))
    except BuildFolderError as error:
        yield Finding(str(graph.folder), str(error).rpartition(": ")[0], remedy)


def _columns(graph: Graph, remedy: str) -> Iterator[Finding]:
    """Compare columns and numbers of rows with what they should be."""
    for name, schema in SCHEMAS.items():
        path = f"{graph.folder}/{name}.parquet"
        try:
            columns, rows = pq.read_schema(path), pq.read_metadata(path).num_rows
        except (OSError, pa.ArrowInvalid) as error:
            raise BuildFolderError(f"{path} cannot be read ({error}): {remedy}") from None
        if not columns.equals(schema):
            yield Finding(path, "has other columns than it should", remedy)
        if rows != graph.manifest.counts.get(name, rows):
            yield Finding(path, f"has {rows:,} rows in place of {graph.manifest.counts[name]:,}", remedy)
