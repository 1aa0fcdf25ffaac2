"""What the side panel tells: for every entity and relation on the page its papers, and the sentences it was read in.

Strings that recur (titles, sentences) are held once and named by their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.links import paper_link
from kg.phrases import WORDS, amount
from kg.view.safe import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph
    from kg.view.rows import Row, Rows

PAPERS_SHOWN = 25
STATEMENTS_SHOWN = 6
RESULTS_SHOWN = 10
_ALIASES_SHOWN = 20
_LONGEST_SENTENCE = 900

_PAPERS_OF = """
    WITH met AS (SELECT DISTINCT entity, paper FROM mentions WHERE entity IN (SELECT unnest($1)))
    SELECT entity, paper FROM met JOIN papers ON papers.id = met.paper
    QUALIFY row_number() OVER (PARTITION BY entity ORDER BY year DESC NULLS LAST, paper) <= $2
    ORDER BY entity, year DESC NULLS LAST, paper
"""
_STATEMENTS = """
    SELECT head, relation, tail, paper, evidence, confidence FROM relations JOIN papers ON papers.id = relations.paper
    WHERE head IN (SELECT unnest($1)) AND tail IN (SELECT unnest($1))
    QUALIFY $2 >= row_number() OVER (
        PARTITION BY head, relation, tail ORDER BY confidence DESC, year DESC NULLS LAST, paper)
    ORDER BY head, relation, tail, confidence DESC, year DESC NULLS LAST, paper
"""
_RESULTS = """
    WITH told AS (
        SELECT subject AS entity, * FROM results UNION SELECT dataset, * FROM results WHERE dataset IS NOT NULL
    )
    SELECT told.* FROM told JOIN papers ON papers.id = told.paper WHERE entity IN (SELECT unnest($1))
    QUALIFY $2 >= row_number() OVER (
        PARTITION BY entity ORDER BY year DESC NULLS LAST, paper, subject, metric, value, kind, unit, dataset, baseline)
    ORDER BY entity, year DESC NULLS LAST, paper, subject, metric, value, kind, unit, dataset, baseline
"""
_CITED = "SELECT id, title, year, url, doi, arxiv FROM papers WHERE id IN (SELECT unnest($1)) ORDER BY id"


class Pool:
    """Strings by number, each held once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        """Return the number of ``text``.

        >>> pool = Pool()
        >>> pool("a"), pool("b"), pool("a"), list(pool.numbers)
        (0, 1, 0, ['a', 'b'])
        """
        return self.numbers.setdefault(text, len(self.numbers))


def payload(graph: Graph, rows: Rows) -> dict[str, Any]:
    """Collect what the panel shows, ready for JSON; entities and facts come in the order of the rows."""
    iris = [row["iri"] for row in rows.entities]
    papers, sentences = Pool(), Pool()
    told = _grouped(graph.sql(_RESULTS, [iris, RESULTS_SHOWN]), "entity")
    cited = _grouped(graph.sql(_PAPERS_OF, [iris, PAPERS_SHOWN]), "entity")
    stated = _grouped(graph.sql(_STATEMENTS, [iris, STATEMENTS_SHOWN]), "head", "relation", "tail")
    quoted = {row["paper"] for rows in (*told.values(), *stated.values()) for row in rows}
    read = _Reader(graph.texts(quoted), papers, sentences)
    results = {key: [read.result(row) for row in rows] for key, rows in told.items()}
    entities = [
        _entity(row, [papers(one["paper"]) for one in cited.get((row["iri"],), [])], results.get((row["iri"],), []))
        for row in rows.entities
    ]
    facts = [
        {"support": edge["support"], "statements": [read.statement(row) for row in stated[_triple(edge)]]}
        for edge in rows.edges
    ]
    shown = {"entities": entities, "facts": facts, "words": WORDS, "sentences": list(sentences.numbers)}
    names = _names(graph, told.values())
    return {**shown, "papers": _papers(graph, list(papers.numbers)), "names": names}


class _Reader:
    """Turns rows into what the page holds, sentences looked up in the papers."""

    def __init__(self, texts: dict[str, str], papers: Pool, sentences: Pool) -> None:
        self.texts, self.papers, self.sentences = texts, papers, sentences

    def _passages(self, row: Row) -> list[int]:
        text = self.texts[row["paper"]]
        spans = ((span["start"], span["end"]) for span in row["evidence"])
        return [self.sentences(clean(text[start:end], _LONGEST_SENTENCE)) for start, end in spans]

    def statement(self, row: Row) -> list[Any]:
        return [self.papers(row["paper"]), self._passages(row), round(row["confidence"], 2)]

    def result(self, row: Row) -> dict[str, Any]:
        told = {role: row[role] for role in ("subject", "metric", "dataset", "baseline", "kind") if row[role]}
        return {**told, "value": clean(amount(row["value"], row["unit"]), 40), "said": self.statement(row)}


def _entity(row: Row, papers: list[int], results: list[dict[str, Any]]) -> dict[str, Any]:
    surfaces = [clean(alias["surface"]) for alias in row["aliases"]]
    aliases = [surface for surface in dict.fromkeys(surfaces) if surface != row["name"]][:_ALIASES_SHOWN]
    told = {"iri": row["iri"], "type": row["type"], "name": clean(row["name"]) or "?", "aliases": aliases}
    return {**told, "of": row["papers"], "degree": row["degree"], "papers": papers, "results": results}


def _papers(graph: Graph, ids: list[str]) -> list[dict[str, Any]]:
    found = {row["id"]: row for row in graph.sql(_CITED, [ids])}
    rows = [found[one] for one in ids]
    return [
        {
            "title": clean(row["title"], 500),
            "year": row["year"],
            "url": paper_link(row),
        }
        for row in rows
    ]


def _names(graph: Graph, told: Iterable[list[Row]]) -> dict[str, str]:
    roles = ("subject", "metric", "dataset", "baseline")
    iris = {row[role] for rows in told for row in rows for role in roles if row[role]}
    return {iri: clean(name, 120) for iri, name in graph.names(iris).items()}


def _grouped(rows: Iterable[Row], *keys: str) -> dict[tuple[str, ...], list[Row]]:
    grouped: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        grouped.setdefault(tuple(row[key] for key in keys), []).append(row)
    return grouped


def _triple(edge: Row) -> tuple[str, ...]:
    return (edge["head"], edge["relation"], edge["tail"])
