"""CSV files for neo4j-admin, the command that imports them, and Cypher to begin with.

Lists are parted by tabs, and of text all white space becomes single spaces, so that no quoting can go wrong.
"""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import TYPE_CHECKING

from kg.export.files import replacing
from kg.graph import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Graph

_SPACE = r"'\s+', ' ', 'g'"
_RESULT = """'result:' || row_number() OVER (
            ORDER BY subject, metric, dataset, baseline, kind, value, unit, paper) - 1"""
_FILES = {
    "entities": f"""
        SELECT iri AS ":ID", type || chr(9) || 'Entity' AS ":LABEL", regexp_replace(name, {_SPACE}) AS name,
            papers AS "papers:long",
            array_to_string([regexp_replace(a.surface, {_SPACE}) FOR a IN aliases], chr(9)) AS "aliases:string[]",
            array_to_string(ids, chr(9)) AS "ids:string[]", family, direction FROM entities ORDER BY iri
    """,
    "papers": f"""
        SELECT id AS ":ID", 'Paper' AS ":LABEL", regexp_replace(title, {_SPACE}) AS title, year AS "year:int", url
        FROM papers ORDER BY id
    """,
    "results": f"""
        SELECT {_RESULT} AS ":ID", 'Result' AS ":LABEL", value, number AS "number:double", unit, kind,
            confidence AS "confidence:double" FROM results ORDER BY ":ID"
    """,
    "facts": f"""
        WITH told AS (
            SELECT head, relation, tail, relations.paper, confidence, {SENTENCE} AS sentence
            FROM relations JOIN papers ON relations.paper = papers.id
        )
        SELECT head AS ":START_ID", tail AS ":END_ID", relation AS ":TYPE", count(DISTINCT paper) AS "support:int",
            max(confidence) AS "confidence:double",
            array_to_string(list(DISTINCT paper ORDER BY paper), chr(9)) AS "papers:string[]",
            regexp_replace(coalesce(max_by(sentence, (confidence, paper)), ''), {_SPACE}) AS sentence
        FROM told GROUP BY head, relation, tail ORDER BY head, relation, tail
    """,
    "mentions": """
        SELECT paper AS ":START_ID", entity AS ":END_ID",
            CASE WHEN bool_or(proposed) THEN 'proposes' ELSE 'mentions' END AS ":TYPE", count(*) AS "times:int"
        FROM mentions GROUP BY paper, entity ORDER BY paper, entity
    """,
    "figures": f"""
        WITH numbered AS (SELECT {_RESULT} AS result, * FROM results),
        sides AS (UNPIVOT numbered ON subject, metric, dataset, baseline, paper INTO NAME role VALUE other)
        SELECT result AS ":START_ID", other AS ":END_ID", role AS ":TYPE" FROM sides ORDER BY result, role
    """,
}
"""The files: nodes first, then relationships."""

_NODES = ("entities", "papers", "results")
_COMMAND = (
    "neo4j-admin database import full paperkg --overwrite-destination --array-delimiter=TAB \\\n  "
    + " ".join(f"--nodes={name}.csv" for name in _NODES)
    + " \\\n  "
    + " ".join(f"--relationships={name}.csv" for name in _FILES if name not in _NODES)
)
_GUIDE = f"""// Import into a stopped Neo4j 5, in this folder:
//
// {_COMMAND.replace(chr(10), chr(10) + "// ")}

// The models that papers report on a data set, with the sentence.
MATCH (model:Model)-[fact:evaluatedOn]->(dataset:Dataset {{name: 'ImageNet'}})
RETURN model.name, fact.support, fact.sentence ORDER BY fact.support DESC LIMIT 10;

// Figures by a metric, each with its paper.
MATCH (subject)<-[:subject]-(result:Result {{kind: 'absolute'}})-[:metric]->(metric:Metric {{name: 'accuracy'}}),
  (result)-[:paper]->(paper:Paper)
RETURN subject.name, result.value, result.unit, paper.title ORDER BY result.number DESC LIMIT 10;

// What was proposed by one paper and used by others.
MATCH (first:Paper)-[:proposes]->(entity:Entity)<-[:mentions]-(later:Paper)
WHERE later.year > first.year
RETURN entity.name, first.title, count(later) AS taken_up ORDER BY taken_up DESC LIMIT 10;
"""


def export_neo4j(graph: Graph, path: Path) -> None:
    """Write a folder that ``neo4j-admin database import`` takes: entities, papers and results, and what links them.

    ``import.cypher`` in it has the command, and queries to begin with.
    """
    for name, query in _FILES.items():
        with replacing(path / f"{name}.csv") as stream:
            text = TextIOWrapper(stream, encoding="utf-8", newline="")
            csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL).writerows(_rows(graph, query))
            text.detach()
    with replacing(path / "import.cypher") as stream:
        stream.write(_GUIDE.encode())


def _rows(graph: Graph, query: str) -> Iterator[list[object]]:
    found = graph.sql(query)
    yield list(found.columns)
    for row in found:
        yield list(row.values())
