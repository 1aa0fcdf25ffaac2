"""The tables of report.html, each made by one function from the graph: a literal list says which, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.links import paper_link
from kg.phrases import PLURALS, WORDS, amount
from kg.types import ENTITY_TYPES, RELATION_TYPES
from kg.view.cells import Cell, Section, counted, number
from kg.view.safe import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kg.graph import Graph

_TOP, _NEWEST, _DOUBTFUL, _APART, _SKIPPED = 8, 20, 20, 20, 50
_LOW = 0.5
_SENTENCE = 400

_NAMED = """
    WITH named AS (SELECT iri, name FROM entities), cited AS (SELECT id, title, year, url, doi, arxiv FROM papers)
"""
_RESULTS = f"""{_NAMED}
    SELECT results.*, cited.*, s.name AS of, m.name AS measure, d.name AS data FROM results
    JOIN cited ON cited.id = paper JOIN named s ON s.iri = subject JOIN named m ON m.iri = metric
    LEFT JOIN named d ON d.iri = dataset
    ORDER BY year DESC NULLS LAST, paper DESC, subject, metric, value LIMIT $1
"""  # noqa: S608 - constants
_WEAK = f"""{_NAMED}
    SELECT relations.*, cited.*, h.name AS subject, t.name AS object, count(*) OVER () AS total FROM relations
    JOIN cited ON cited.id = paper JOIN named h ON h.iri = head JOIN named t ON t.iri = tail
    WHERE confidence < $1 ORDER BY confidence, head, relation, tail, paper LIMIT $2
"""  # noqa: S608 - constants


def sections(graph: Graph) -> list[Section]:
    """Make all tables of the report."""
    return [section for make in SECTIONS for section in make(graph)]


def _types(graph: Graph) -> Iterable[Section]:
    found = {row["type"]: row["n"] for row in graph.sql("SELECT type, count(*) AS n FROM entities GROUP BY type")}
    yield counted("Entities", "Type", [(PLURALS[kind], found.get(kind, 0)) for kind in ENTITY_TYPES])


def _relations(graph: Graph) -> Iterable[Section]:
    query = "SELECT relation, count(*) AS n FROM relations GROUP BY relation"
    found = {row["relation"]: row["n"] for row in graph.sql(query)}
    yield counted("Stated relations", "Relation", [(WORDS[name][0], found.get(name, 0)) for name in RELATION_TYPES])


def _years(graph: Graph) -> Iterable[Section]:
    query = "SELECT coalesce(year::VARCHAR, 'unknown') AS y, count(*) AS n FROM papers GROUP BY y ORDER BY y"
    yield counted("Papers by year", "Year", [(row["y"], row["n"]) for row in graph.sql(query)])


def _top(graph: Graph) -> Iterable[Section]:
    for kind in ENTITY_TYPES:
        rows = list(graph.entities(kind).head(_TOP))
        if rows:
            title = f"Most mentioned: {PLURALS[kind].lower()}"
            yield counted(title, "Name", [(row["name"], row["papers"]) for row in rows])


def _results(graph: Graph) -> Iterable[Section]:
    rows = [_result(graph, row) for row in graph.sql(_RESULTS, [_NEWEST])]
    note = f"{len(rows):,} of {graph.table('results').num_rows:,}."
    yield Section("Newest results", ("Of", "Metric", "Data set", "Value", "Read in"), rows, note)


def _result(graph: Graph, row: dict[str, Any]) -> list[Cell]:
    kind = "" if row["kind"] == "absolute" else f" ({row['kind']})"
    names = [Cell(clean(row[key] or "", 80)) for key in ("of", "measure", "data")]
    return [*names, Cell(clean(amount(row["value"], row["unit"]) + kind, 60)), _source(graph, row)]


def _weak(graph: Graph) -> Iterable[Section]:
    found = list(graph.sql(_WEAK, [_LOW, _DOUBTFUL]))
    rows = [[_triple(row), number(float(row["confidence"])), _source(graph, row)] for row in found]
    note = f"{len(rows):,} of {found[0]['total'] if found else 0:,} relations with a confidence below {_LOW}."
    yield Section("Statements to doubt", ("Relation", "Confidence", "Read in"), rows, note)


def _triple(row: dict[str, Any]) -> Cell:
    return Cell(clean(f"{row['subject'][:80]} {WORDS[row['relation']][0]} {row['object'][:80]}"))


def _source(graph: Graph, row: dict[str, Any]) -> Cell:
    spans = ((span["start"], span["end"]) for span in row["evidence"])
    said = " … ".join(graph.passage(row["paper"], *span) for span in spans)
    year = f" ({row['year']})" if row["year"] else ""
    return Cell(
        clean(said, _SENTENCE),
        paper=clean(row["title"], 160) + year,
        link=paper_link(row),
    )


def _apart(graph: Graph) -> Iterable[Section]:
    query = 'SELECT * FROM merges WHERE NOT same ORDER BY support DESC, type, "left", "right"'
    found = list(graph.sql(query))
    keys = ("type", "left", "right", "evidence")
    rows = [[*(Cell(clean(row[key], 80)) for key in keys), number(row["support"])] for row in found[:_APART]]
    note = f"{len(rows):,} of {len(found):,} pairs that some paper ties together and the graph keeps apart."
    yield Section("Kept apart", ("Type", "Form", "Other form", "Evidence", "Papers"), rows, note)


def _skipped(graph: Graph) -> Iterable[Section]:
    found = graph.manifest.skipped
    rows = [[Cell(clean(text)) for text in (_place(one), one.message, one.remedy)] for one in found[:_SKIPPED]]
    yield Section("Skipped records", ("Where", "What is wrong", "Remedy"), rows, f"{len(rows):,} of {len(found):,}.")


def _place(one: Any) -> str:
    return f"{one.file}:{one.record}" if one.record else str(one.file)


SECTIONS: tuple[Callable[[Graph], Iterable[Section]], ...] = (
    _types,
    _relations,
    _years,
    _top,
    _results,
    _weak,
    _apart,
    _skipped,
)
"""What the report holds, in order."""
