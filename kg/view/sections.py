"""The tables and charts of report.html, each made by one function: a literal list says which, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.graph import SENTENCE
from kg.graph.ledger import uncertain
from kg.links import paper_link
from kg.phrases import PLURALS, WORDS, amount
from kg.types import ENTITY_TYPES, RELATION_TYPES
from kg.view.cells import Cell, Section, chart, counted, lately, number
from kg.view.safe import clean
from kg.view.summary import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.graph import Graph, Run
    from kg.rdf.validation import Violation
    from kg.view.cells import Chart

_TOP, _NEWEST, _DOUBTFUL, _NARROW, _SKIPPED, _FOUND = 8, 20, 20, 20, 50, 20
_LOW, _A_PAPER = 0.5, 2
_LONGEST = 400

_CITED = f"title, papers.year, url, doi, arxiv, {SENTENCE} AS sentence"
_YEARS = "SELECT year, count(*) AS papers FROM papers WHERE year IS NOT NULL GROUP BY year ORDER BY year"
_MOST = f"""
    WITH top AS (
        SELECT iri, type, name, papers FROM entities
        QUALIFY row_number() OVER (PARTITION BY type ORDER BY papers DESC, name, iri) <= {_TOP}
    )
"""  # noqa: S608 - constants
_TOP_ENTITIES = f"{_MOST} SELECT iri, type, name, papers FROM top ORDER BY papers DESC, name, iri"  # noqa: S608
_TOP_YEARS = f"""{_MOST}
    SELECT iri, year, count(DISTINCT paper) AS papers
    FROM top JOIN mentions ON mentions.entity = top.iri JOIN papers ON papers.id = mentions.paper
    WHERE year IS NOT NULL GROUP BY iri, year ORDER BY iri, year
"""  # noqa: S608 - constants
_RESULTS = f"""
    WITH newest AS (
        SELECT results.*, year FROM results JOIN papers ON papers.id = results.paper
        QUALIFY row_number() OVER (
            PARTITION BY paper ORDER BY confidence DESC, subject, metric, value, kind, unit, dataset, baseline
        ) <= {_A_PAPER}
        ORDER BY year DESC NULLS LAST, paper DESC, subject, metric, value, kind, unit, dataset, baseline LIMIT $1
    )
    SELECT newest.*, {_CITED}, s.name AS of, m.name AS measure, d.name AS data FROM newest
    JOIN papers ON papers.id = newest.paper
    JOIN entities s ON s.iri = subject JOIN entities m ON m.iri = metric LEFT JOIN entities d ON d.iri = dataset
    ORDER BY papers.year DESC NULLS LAST, paper DESC, subject, metric, value, kind, unit, dataset, baseline
"""  # noqa: S608 - constants
_WEAK = f"""
    WITH weakest AS (
        SELECT *, count(*) OVER () AS total FROM relations
        WHERE confidence < $1 ORDER BY confidence, head, relation, tail, paper LIMIT $2
    )
    SELECT weakest.*, {_CITED}, h.name AS subject, t.name AS object FROM weakest
    JOIN papers ON papers.id = weakest.paper JOIN entities h ON h.iri = head JOIN entities t ON t.iri = tail
    ORDER BY confidence, head, relation, tail, paper
"""  # noqa: S608 - constants
_NARROWLY = (
    "Names that were joined or kept apart by a narrow margin, those that move most papers first; a corrections file "
    "overrules them. More:"
)
_TIMELESS = "The same papers give the same report: how long each step took is in history.jsonl. To see it here:"


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report is about.

    Attributes:
        graph: The graph.
        run: The build that made it, where its times are to be told.
        found: What its RDF was found to lack by the shapes; None where it was not checked.
    """

    graph: Graph
    run: Run | None = None
    found: Sequence[Violation] | None = None


def sections(matter: Matter) -> list[Section]:
    """Make all tables and charts of the report."""
    return [section for make in SECTIONS for section in make(matter)]


def _years(matter: Matter) -> Iterable[Section]:
    found = {row["year"]: row["papers"] for row in matter.graph.sql(_YEARS)}
    unknown = count(matter.graph, "papers") - sum(found.values())
    note = f"{unknown:,} more have no year." if unknown > 0 else ""
    if found:
        yield Section("Papers by year", note=note, chart=chart(found, range(min(found), max(found) + 1)))


def _types(matter: Matter) -> Iterable[Section]:
    query = "SELECT type, count(*) AS n FROM entities GROUP BY type"
    found = {row["type"]: row["n"] for row in matter.graph.sql(query)}
    yield counted("Entities", "Type", [(PLURALS[kind], found.get(kind, 0)) for kind in ENTITY_TYPES])


def _relations(matter: Matter) -> Iterable[Section]:
    query = "SELECT relation, count(*) AS n FROM relations GROUP BY relation"
    found = {row["relation"]: row["n"] for row in matter.graph.sql(query)}
    yield counted("Stated relations", "Relation", [(WORDS[name][0], found.get(name, 0)) for name in RELATION_TYPES])


def _top(matter: Matter) -> Iterable[Section]:
    rows, by_year = list(matter.graph.sql(_TOP_ENTITIES)), list(matter.graph.sql(_TOP_YEARS))
    years = lately([row["year"] for row in by_year])
    counts: dict[str, dict[int, int]] = {row["iri"]: {} for row in rows}
    for row in by_year:
        counts[row["iri"]][row["year"]] = row["papers"]
    columns = ("Name", *([f"Papers {years.start} to {years.stop - 1}"] if years else []), "Papers")
    for kind in ENTITY_TYPES:
        of_kind = [row for row in rows if row["type"] == kind]
        most = max((row["papers"] for row in of_kind), default=0)
        lines = [_ranked(row, chart(counts[row["iri"]], years), most) for row in of_kind]
        if lines:
            yield Section(f"Most mentioned: {PLURALS[kind].lower()}", columns, lines)


def _ranked(row: dict[str, Any], years: Chart, most: int) -> list[Cell]:
    trend = [Cell("", spark=years)] if years.columns else []
    return [Cell(clean(row["name"], 80)), *trend, number(row["papers"], most)]


def _results(matter: Matter) -> Iterable[Section]:
    found = list(matter.graph.sql(_RESULTS, [_NEWEST]))
    note = f"{len(found):,} of {count(matter.graph, 'results'):,}, at most {_A_PAPER} of a paper." if found else "None."
    rows = [_result(row) for row in found]
    title = "Newest results" if any(row["year"] for row in found) else "Results"
    yield Section(title, ("Of", "Metric", "Data set", "Value", "Read in"), rows, note)


def _result(row: dict[str, Any]) -> list[Cell]:
    kind = "" if row["kind"] == "absolute" else f" ({row['kind']})"
    names = [Cell(clean(row[key] or "", 80)) for key in ("of", "measure", "data")]
    return [*names, Cell(clean(amount(row["value"], row["unit"]) + kind, 60)), _source(row)]


def _weak(matter: Matter) -> Iterable[Section]:
    found = list(matter.graph.sql(_WEAK, [_LOW, _DOUBTFUL]))
    rows = [[*_triple(row), number(float(row["confidence"])), _source(row)] for row in found]
    note = f"No relation has a confidence below {_LOW}."
    if found:
        note = f"{len(rows):,} of {found[0]['total']:,} relations with a confidence below {_LOW}."
    yield Section("Statements to doubt", ("From", "Relation", "To", "Confidence", "Read in"), rows, note)


def _triple(row: dict[str, Any]) -> list[Cell]:
    phrase = WORDS[row["relation"]][0]
    return [Cell(clean(row["subject"], 80)), Cell(phrase), Cell(clean(row["object"], 80))]


def _source(row: dict[str, Any]) -> Cell:
    year = f" ({row['year']})" if row["year"] else ""
    return Cell(clean(row["sentence"], _LONGEST), paper=clean(row["title"], 160) + year, link=paper_link(row))


def _narrow(matter: Matter) -> Iterable[Section]:
    rows = [_decision(row) for row in uncertain(matter.graph, _NARROW)]
    columns = ("Type", "Name", "Weighed against", "Decision", "For", "Against", "Papers")
    yield Section("Merges worth a look", columns, rows, _NARROWLY, command="kg merges DIR --uncertain")


def _decision(row: dict[str, Any]) -> list[Cell]:
    taken = "one thing" if row["same"] else "two things"
    if row["right"] in ENTITY_TYPES:  # a vote of the papers on what kind of thing it is
        taken = PLURALS[row["type"]].lower().removesuffix("s")
    texts = (row["type"], row["left"], row["right"], taken, row["evidence"], row["against"])
    return [*(Cell(clean(text or "", 80)) for text in texts), number(row["papers"])]


def _shapes(matter: Matter) -> Iterable[Section]:
    if matter.found is None:
        note = "Whether the RDF holds to ontology/shapes.ttl was not checked here. To check it:"
        yield Section("Shapes (SHACL)", note=note, command="kg report DIR --check")
        return
    rows = [
        [Cell(clean(text, 160)) for text in (one.severity, one.message, one.node, one.value)] for one in matter.found
    ]
    wrong = sum(one.severity == "Violation" for one in matter.found)
    note = "The RDF holds to every shape of ontology/shapes.ttl."
    if matter.found:
        note = f"{wrong:,} violations and {len(rows) - wrong:,} pieces of advice; {min(len(rows), _FOUND)} are shown."
    yield Section("Shapes (SHACL)", ("Severity", "What", "Where", "Value"), rows[:_FOUND], note)


def _seconds(matter: Matter) -> Iterable[Section]:
    if matter.run is None:
        note = (
            "How long each step took is in history.jsonl, since the same papers give the same report. To see it here:"
        )
        yield Section("Time", note=note, command="kg report DIR")
        return
    steps = [(step, float(value)) for step, value in matter.run.seconds.items()]
    yield counted("Time", "Step", [*steps, ("all", sum(value for _, value in steps))], column="Seconds")


def _skipped(matter: Matter) -> Iterable[Section]:
    found = matter.graph.manifest.skipped
    rows = [[Cell(clean(text)) for text in (_place(one), one.message, one.remedy)] for one in found[:_SKIPPED]]
    note = f"{len(rows):,} of {len(found):,}." if found else "None."
    yield Section("Skipped records", ("Where", "What is wrong", "Remedy"), rows, note)


def _place(one: Any) -> str:
    return f"{one.file}:{one.record}" if one.record else str(one.file)


SECTIONS: tuple[Callable[[Matter], Iterable[Section]], ...] = (
    _years,
    _types,
    _relations,
    _top,
    _results,
    _weak,
    _narrow,
    _shapes,
    _skipped,
    _seconds,
)
"""What the report holds, in order."""
