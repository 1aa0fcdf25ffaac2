"""Who says what on the explorer's page: statements and results with their sentences and papers, in columns.

DuckDB finds them, best first, and cuts the sentences out of the papers; a sentence or paper that recurs is held once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kg.graph import SENTENCE
from kg.links import paper_link
from kg.types import RESULT_KINDS
from kg.view.columns import NO_NODE, NOT_SHOWN, PaperColumns, ResultColumns, StatementColumns
from kg.view.safe import clean

if TYPE_CHECKING:
    from kg.graph import Graph

STATEMENTS_AN_EDGE = 3
_LONGEST_SENTENCE, _LONGEST_VALUE = 600, 40

_STATEMENTS = f"""
    WITH surest AS (
        SELECT edge, paper, confidence, evidence FROM relations JOIN drawn USING (head, relation, tail)
            JOIN papers ON papers.id = relations.paper
        QUALIFY row_number() OVER (PARTITION BY edge ORDER BY confidence DESC, year DESC NULLS LAST, paper) <= $1
    )
    SELECT edge, paper, confidence, {SENTENCE} AS text FROM surest JOIN papers ON papers.id = surest.paper
    ORDER BY edge, confidence DESC, year DESC NULLS LAST, paper
"""  # noqa: S608 - constants
_RESULTS = f"""
    SELECT s.number AS subject, m.number AS metric, value, nullif(unit, '') AS unit, results.number, kind, paper,
        CASE WHEN dataset IS NULL THEN {NO_NODE} ELSE coalesce(d.number, {NOT_SHOWN}) END AS dataset,
        CASE WHEN baseline IS NULL THEN {NO_NODE} ELSE coalesce(b.number, {NOT_SHOWN}) END AS baseline,
        confidence, {SENTENCE} AS text
    FROM results JOIN papers ON papers.id = results.paper
        JOIN shown AS s ON s.iri = results.subject JOIN shown AS m ON m.iri = results.metric
        LEFT JOIN shown AS d ON d.iri = results.dataset LEFT JOIN shown AS b ON b.iri = results.baseline
    ORDER BY results.subject, results.metric, results.dataset, results.baseline, kind, value, unit, paper
"""  # noqa: S608 - constants
_PAPERS = "SELECT id, title, year, url, arxiv, doi FROM papers JOIN cited USING (id) ORDER BY place"


class Pool:
    """Strings by number, each held once, over several columns.

    >>> pool = Pool()
    >>> pool.numbers(pa.array(["a", "b", "a"])), pool.numbers(pa.array(["c", "b"])), pool.strings
    ([0, 1, 0], [2, 1], ['a', 'b', 'c'])
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def strings(self) -> list[str]:
        """The strings, in the order of their numbers."""
        return list(self._numbers)

    def numbers(self, column: pa.Array | pa.ChunkedArray) -> list[int]:
        """Return the number of each string of a column."""
        encoded = pc.dictionary_encode(column)
        whole = encoded.combine_chunks() if isinstance(encoded, pa.ChunkedArray) else encoded
        known = [self._numbers.setdefault(one, len(self._numbers)) for one in whole.dictionary.to_pylist()]
        return [known[place] for place in whole.indices.to_pylist()]


def statements(graph: Graph, drawn: pa.Table, papers: Pool, texts: Pool) -> tuple[StatementColumns, list[int]]:
    """Collect the surest statements of each edge (a table of edge, head, relation, tail), and name the edge of each."""
    found = graph.sql(_STATEMENTS, [STATEMENTS_AN_EDGE], drawn=drawn).arrow
    columns = StatementColumns(
        paper=papers.numbers(found["paper"]),
        confidence=rounded(found["confidence"]),
        text=texts.numbers(found["text"]),
    )
    return columns, found["edge"].to_pylist()


def results(graph: Graph, shown: pa.Table, papers: Pool, texts: Pool) -> ResultColumns:
    """Collect the results whose subject and metric are among the nodes (a table of iri and number)."""
    found = graph.sql(_RESULTS, shown=shown).arrow
    plain = {name: found[name].to_pylist() for name in ("subject", "metric", "dataset", "baseline", "number")}
    return ResultColumns(
        **plain,
        value=[clean(value, _LONGEST_VALUE) for value in found["value"].to_pylist()],
        unit=[unit and clean(unit, _LONGEST_VALUE) for unit in found["unit"].to_pylist()],
        kind=pc.index_in(found["kind"], value_set=pa.array(RESULT_KINDS)).to_pylist(),
        paper=papers.numbers(found["paper"]),
        confidence=rounded(found["confidence"]),
        text=texts.numbers(found["text"]),
    )


def sentences(texts: Pool) -> list[str]:
    """Return the sentences of a pool, fit to be shown."""
    return [clean(text, _LONGEST_SENTENCE) for text in texts.strings]


def cited(graph: Graph, papers: Pool) -> PaperColumns:
    """Look up the papers of a pool."""
    ids = papers.strings
    asked = pa.table({"id": pa.array(ids, pa.string()), "place": pa.array(range(len(ids)), pa.int64())})
    found = graph.sql(_PAPERS, cited=asked)
    return PaperColumns(
        id=found["id"],
        title=[clean(title) for title in found["title"]],
        year=found["year"],
        url=[paper_link(row) for row in found],
    )


def rounded(column: pa.ChunkedArray) -> list[float]:
    """Return confidences with as many digits as mean something."""
    numbers: list[float] = pc.round(column, 2).to_pylist()
    return numbers
