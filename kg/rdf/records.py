"""Triples of what was read: statements and results with their provenance, and the passages that are their evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.iris import paper_iri, slug
from kg.rdf.ontology import TERMS
from kg.rdf.terms import content_iri, curie, decimal, double, passage_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

_TYPE, _LABEL, _AGENT = curie("rdf:type"), curie("rdfs:label"), curie("prov:SoftwareAgent")
_DERIVED, _ATTRIBUTED, _QUOTED = (curie(f"prov:was{name}") for name in ("DerivedFrom", "AttributedTo", "QuotedFrom"))

STATEMENTS = "SELECT * FROM relations ORDER BY head, relation, tail, paper"
INFERENCES = "SELECT * FROM inferred ORDER BY head, relation, tail"
RESULTS = "SELECT * FROM results ORDER BY subject, metric, dataset, baseline, kind, value, unit, paper"
PASSAGES = """
    SELECT DISTINCT paper, span.start AS "start", span."end" AS "end" FROM (
        SELECT paper, unnest(evidence) AS span FROM relations
        UNION ALL SELECT paper, unnest(evidence) AS span FROM results
    ) ORDER BY ALL
"""


def extractor(graph: Graph) -> Iterator[Triple]:
    """Describe the software that read the papers."""
    yield Triple(_agent(graph), _TYPE, _AGENT)
    yield Triple(_agent(graph), _LABEL, Literal(graph.manifest.extractor))


def statement(graph: Graph, row: dict[str, Any]) -> Iterator[Triple]:
    """Describe that one paper states one relation."""
    parts = [row[name] for name in ("paper", "head", "relation", "tail")]
    node = content_iri(graph.manifest.base, "statement", parts)
    yield Triple(node, _TYPE, TERMS["Statement"])
    yield Triple(node, TERMS["head"], NamedNode(row["head"]))
    yield Triple(node, TERMS["relation"], TERMS[row["relation"]])
    yield Triple(node, TERMS["tail"], NamedNode(row["tail"]))
    yield from _provenance(graph, node, row)


def inference(graph: Graph, row: dict[str, Any]) -> Iterator[Triple]:
    """Describe that a relation was read from the names of two entities, and by which rule; no paper states it."""
    node = content_iri(graph.manifest.base, "inference", [row[name] for name in ("head", "relation", "tail")])
    yield Triple(node, _TYPE, TERMS["Inference"])
    yield Triple(node, TERMS["head"], NamedNode(row["head"]))
    yield Triple(node, TERMS["relation"], TERMS[row["relation"]])
    yield Triple(node, TERMS["tail"], NamedNode(row["tail"]))
    yield Triple(node, TERMS["rule"], Literal(row["rule"]))


def result(graph: Graph, row: dict[str, Any]) -> Iterator[Triple]:
    """Describe a number that one paper reports."""
    roles = ("subject", "metric", "dataset", "baseline")
    parts = [row[name] for name in ("paper", *roles, "kind", "value", "unit")]
    node = content_iri(graph.manifest.base, "result", parts)
    yield Triple(node, _TYPE, TERMS["Result"])
    for role in filter(row.get, roles):
        yield Triple(node, TERMS[role], NamedNode(row[role]))
    yield Triple(node, TERMS["kind"], TERMS[row["kind"]])
    if value := decimal(row["number"]):
        yield Triple(node, TERMS["value"], value)
    yield Triple(node, TERMS["valueText"], Literal(row["value"]))
    if row["unit"]:
        yield Triple(node, TERMS["unit"], Literal(row["unit"]))
    yield from _provenance(graph, node, row)


def passage(graph: Graph, row: dict[str, Any]) -> Iterator[Triple]:
    """Describe a stretch of a paper's text."""
    base, paper, start, end = graph.manifest.base, row["paper"], row["start"], row["end"]
    node = passage_iri(base, paper, start, end)
    yield Triple(node, _TYPE, TERMS["Passage"])
    yield Triple(node, TERMS["text"], Literal(graph.passage(paper, start, end)))
    yield Triple(node, TERMS["start"], Literal(start))
    yield Triple(node, TERMS["end"], Literal(end))
    yield Triple(node, _QUOTED, NamedNode(paper_iri(paper, base)))


def _agent(graph: Graph) -> NamedNode:
    return NamedNode(f"{graph.manifest.base}extractor/{slug(graph.manifest.extractor)}")


def _provenance(graph: Graph, record: NamedNode, row: dict[str, Any]) -> Iterator[Triple]:
    base, paper = graph.manifest.base, row["paper"]
    yield Triple(record, _DERIVED, NamedNode(paper_iri(paper, base)))
    for span in row["evidence"] or ():
        yield Triple(record, TERMS["evidence"], passage_iri(base, paper, span["start"], span["end"]))
    yield Triple(record, TERMS["confidence"], double(row["confidence"]))
    yield Triple(record, _ATTRIBUTED, _agent(graph))
