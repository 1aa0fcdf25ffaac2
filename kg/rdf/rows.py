"""The rows of :mod:`kg.rdf.sections`, streamed from the tables of a graph."""

# ruff: noqa: S608 - all SQL is made of constants

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyoxigraph import NamedNode

from kg.errors import BuildFolderError, KgError
from kg.graph.digest import digest
from kg.iris import slug
from kg.rdf.sections import PROFILES, SECTIONS
from kg.rdf.terms import decimal, web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.graph import Graph, Session

_MACROS = (
    "part(x) AS coalesce(length(CAST(x AS VARCHAR)) || ':' || CAST(x AS VARCHAR), '-')",
    "record_iri(kind, content) AS base() || kind || '/' || substr(sha256(content), 1, 20)",
    "scheme_of(paper) AS split_part(paper, ':', 1)",
    "name_in(paper) AS substr(paper, length(scheme_of(paper)) + 2)",
    "paper_iri(paper) AS base() || 'paper/' || url_encode(scheme_of(paper)) || '-' || url_encode(name_in(paper))",
    "lower_case(labels) AS list_sort(list_distinct([lower(x) for x in labels if x IS NOT NULL]))",
    "keys(labels, foreign_keys) AS coalesce(foreign_keys, lower_case(labels))",
    "passage_iri(paper, first, stop) AS paper_iri(paper) || '#char=' || first || ',' || stop",
)
_URLS = "SELECT DISTINCT url FROM papers WHERE url IS NOT NULL"
_NUMBERS = "SELECT DISTINCT number FROM results WHERE number IS NOT NULL"
_FOREIGN_ENTITIES = r"""
    SELECT iri, list_append([a.surface for a in aliases], name) AS labels FROM entities
    WHERE regexp_matches(name || array_to_string([a.surface for a in aliases], ''), '[^\x00-\x7f]')
"""
_FOREIGN_PAPERS = r"""
    SELECT id, [x for x in [title, id, 'doi:' || nullif(doi, ''), 'arxiv:' || nullif(arxiv, '')] if x IS NOT NULL]
        AS labels FROM papers WHERE regexp_matches(concat(title, id, doi, arxiv), '[^\x00-\x7f]')
"""
_UNUSUAL = r"""
    SELECT DISTINCT iri FROM (
        SELECT iri FROM entities UNION ALL SELECT unnest([head, tail]) FROM relations
        UNION ALL SELECT unnest([head, tail]) FROM inferred UNION ALL SELECT entity FROM mentions
        UNION ALL SELECT unnest([subject, metric, dataset, baseline]) FROM results
    ) WHERE NOT (starts_with(iri, base()) AND regexp_full_match(substr(iri, length(base()) + 1), '[A-Za-z0-9./_~-]*'))
    ORDER BY iri
"""


@contextmanager
def opened(graph: Graph) -> Iterator[Session]:
    """Open a session in which the queries of :func:`queries` run.

    Raises:
        BuildFolderError: The base or an entity of the graph is not a valid IRI, or a table is missing or damaged.
    """
    base, name = graph.manifest.base, graph.manifest.extractor
    with graph.session() as session:
        define(session.execute, base, name)
        _check(session, base)
        _add_what_sql_cannot(session)
        yield session


def define(execute: Callable[[str], object], base: str, extractor: str) -> None:
    """Define the macros that queries of RDF name.

    Args:
        execute: What runs a statement of SQL.
        base: What every IRI begins with.
        extractor: The name of what read the papers.
    """
    own = {"base": base, "extractor_name": extractor, "extractor": f"{base}extractor/{slug(extractor)}"}
    for macro in (*(f"{name}() AS {quoted(text)}" for name, text in own.items()), *_MACROS):
        execute(f"CREATE MACRO {macro}")


def queries(session: Session, profile: str = "standard", *, rdf12: bool = False) -> Iterator[str]:
    """Give the query of each section of a profile, in order, with the columns that are written.

    Args:
        session: What :func:`opened` opened.
        profile: A name of :data:`kg.rdf.sections.PROFILES`.
        rdf12: Choose the triple term of a statement in the place of its head, relation and tail.

    Raises:
        KgError: There is no such profile.
    """
    if profile not in PROFILES:
        raise KgError(f"no profile {profile!r}: there are {', '.join(PROFILES)}")
    chosen = PROFILES[profile]
    if "run" in chosen.sections:
        name_run(session)
    for section in map(SECTIONS.__getitem__, chosen.sections):
        left_out = {*(section.parts if rdf12 else section.triple), *(() if chosen.details else section.details)}
        kept = ", ".join(f'"{column}"' for column in session.columns(section.query) if column not in left_out)
        yield f"SELECT {kept} FROM ({section.query})"


def name_run(session: Session) -> str:
    """Name the run that made the graph by what the graph holds, and let queries say ``run()``."""
    session.execute(f"CREATE OR REPLACE MACRO content() AS '{digest(session)}'")
    session.execute("CREATE OR REPLACE MACRO run() AS record_iri('run', part(extractor_name()) || content())")
    return str(session.table("SELECT run() AS run").column("run")[0])


def quoted(text: str) -> str:
    """Write a text as SQL.

    >>> quoted("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _check(session: Session, base: str) -> None:
    iris = (row["iri"] for batch in session.batches(_UNUSUAL) for row in batch.to_pylist())
    try:
        for iri in (f"{base}model/x", *iris):
            if iri is not None:
                NamedNode(iri)
    except ValueError as error:
        raise BuildFolderError(f"the graph has an IRI that is none ({error}): build it with another base") from None


def _add_what_sql_cannot(session: Session) -> None:
    """Add tables of the rows of a query, and what Python makes of their last column."""
    text, texts = pa.string(), pa.list_(pa.string())
    for name, query, make, made in (
        ("addresses", _URLS, web_address, pa.field("address", text)),
        ("decimals", _NUMBERS, decimal, pa.field("written", text)),
        ("foreign_entities", _FOREIGN_ENTITIES, _keys, pa.field("foreign_keys", texts)),
        ("foreign_papers", _FOREIGN_PAPERS, _keys, pa.field("foreign_keys", texts)),
    ):
        table = session.table(query)
        values: list[Any] = table.column(table.num_columns - 1).to_pylist()
        session.add(name, table.append_column(made, pa.array([make(value) for value in values], made.type)))


def _keys(labels: list[str]) -> list[str]:
    """Put names in lower case as Python and SPARQL do; SQL agrees with them only on ASCII."""
    return sorted({label.lower() for label in labels})
