"""A graph as a stream of triples, one subject after the other, in an order that depends on content alone.

Every fact is there twice: as the plain triple ``head relation tail``, for whoever just follows edges, and as one
``pkg:Statement`` for each paper that states it, with the passage, the confidence and the extractor. Results are nodes
of their own. What names alone imply is a ``pkg:Inference`` beside its plain triple. Passages are shared: the sentence
that three statements were read in is written once.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import BuildFolderError
from kg.iris import paper_iri
from kg.rdf import records
from kg.rdf.ontology import TERMS
from kg.rdf.terms import curie, web_address, year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph

_TYPE, _PREF, _ALT = curie("rdf:type"), curie("skos:prefLabel"), curie("skos:altLabel")
_TITLE, _ISSUED, _IDENTIFIER = curie("dcterms:title"), curie("dcterms:issued"), curie("dcterms:identifier")
_URL = curie("schema:url")

_PAPERS = """
    SELECT id, title, year, url, doi, arxiv, proposed, mentioned FROM papers LEFT JOIN (
        SELECT paper, list(DISTINCT entity ORDER BY entity) AS mentioned,
            list(DISTINCT entity ORDER BY entity) FILTER (proposed) AS proposed
        FROM mentions GROUP BY paper
    ) ON id = paper ORDER BY id
"""
_ENTITIES = """
    SELECT iri, type, name, aliases, papers, family, direction, facts FROM entities LEFT JOIN (
        SELECT head, list({'relation': relation, 'tail': tail} ORDER BY relation, tail) AS facts
        FROM (SELECT head, relation, tail FROM relations UNION SELECT head, relation, tail FROM inferred) GROUP BY head
    ) ON iri = head ORDER BY iri
"""


def triples(graph: Graph) -> Iterator[Triple]:
    """Give the triples of a graph: extractor, papers, entities with their facts, statements, results, passages.

    All triples of one subject come together, and of one subject all of one predicate. They are made as they are asked
    for, from the rows of one query at a time.

    Raises:
        BuildFolderError: The base or an entity of the graph is not a valid IRI.
    """
    with valid_iris():
        yield from records.extractor(graph)
        for query, describe in _PHASES:
            for row in graph.sql(query):
                yield from describe(graph, row)


@contextmanager
def valid_iris() -> Iterator[None]:
    """Tell of an IRI that pyoxigraph does not take in words of a graph's user.

    Raises:
        BuildFolderError: In the place of pyoxigraph's ValueError.
    """
    try:
        yield
    except ValueError as error:
        raise BuildFolderError(f"the graph has an IRI that is none ({error}): build it with another base") from None


def _paper(graph: Graph, row: dict[str, Any]) -> Iterator[Triple]:
    paper = NamedNode(paper_iri(row["id"], graph.manifest.base))
    yield Triple(paper, _TYPE, TERMS["Paper"])
    yield Triple(paper, _TITLE, Literal(row["title"]))
    if row["year"] is not None:
        yield Triple(paper, _ISSUED, year(row["year"]))
    identifiers = {row["id"], *(f"{scheme}:{row[scheme]}" for scheme in ("doi", "arxiv") if row[scheme])}
    for identifier in sorted(identifiers):
        yield Triple(paper, _IDENTIFIER, Literal(identifier))
    yield from _keys(paper, {row["title"], *identifiers})
    if url := web_address(row["url"]):
        yield Triple(paper, _URL, url)
    for entity in row["proposed"] or ():
        yield Triple(paper, TERMS["proposes"], NamedNode(entity))
    for entity in row["mentioned"] or ():
        yield Triple(paper, TERMS["mentions"], NamedNode(entity))


def _entity(graph: Graph, row: dict[str, Any]) -> Iterator[Triple]:  # noqa: ARG001 - all phases are called alike
    entity = NamedNode(row["iri"])
    yield Triple(entity, _TYPE, TERMS[row["type"]])
    yield Triple(entity, _PREF, Literal(row["name"]))
    # SKOS: no label is both preferred and alternative
    aliases = sorted({alias["surface"] for alias in row["aliases"] or ()} - {row["name"]})
    for alias in aliases:
        yield Triple(entity, _ALT, Literal(alias))
    yield from _keys(entity, {row["name"], *aliases})
    yield Triple(entity, TERMS["paperCount"], Literal(row["papers"]))
    if row["direction"]:
        yield Triple(entity, TERMS["direction"], TERMS[row["direction"]])
        yield Triple(entity, TERMS["family"], Literal(row["family"]))
    for fact in row["facts"] or ():
        yield Triple(entity, TERMS[fact["relation"]], NamedNode(fact["tail"]))


def _keys(subject: NamedNode, names: set[str]) -> Iterator[Triple]:
    for key in sorted({name.lower() for name in names}):
        yield Triple(subject, TERMS["key"], Literal(key))


_PHASES = (
    (_PAPERS, _paper),
    (_ENTITIES, _entity),
    (records.STATEMENTS, records.statement),
    (records.INFERENCES, records.inference),
    (records.RESULTS, records.result),
    (records.PASSAGES, records.passage),
)
