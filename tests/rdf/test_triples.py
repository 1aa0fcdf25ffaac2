"""Which triples a graph gives, and in which order."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import BuildFolderError
from kg.graph import Graph, Manifest, assemble, from_networkx, to_networkx
from kg.rdf import query, triples, validate, write_turtle
from kg.rdf.ontology import PREFIXES, TERMS
from kg.resolve import resolve
from kg.types import Paper
from tests.corpus import FIVE, graph_of
from tests.rdf.more import hostile, more, replaced
from tests.resolve.made import paper

if TYPE_CHECKING:
    from collections.abc import Callable


def curie(text: str) -> NamedNode:
    prefix, _, name = text.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


TYPE = curie("rdf:type")
BASE = "https://w3id.org/paperkg/"


@cache
def described(graph: Graph) -> dict[NamedNode, dict[NamedNode, list[object]]]:
    """The objects of a graph by subject and predicate."""
    found: dict[NamedNode, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples(graph):
        assert isinstance(triple.subject, NamedNode)
        found[triple.subject][triple.predicate].append(triple.object)
    return found


def objects(graph: Graph, subject: NamedNode, predicate: NamedNode) -> list[object]:
    return described(graph)[subject][predicate]


def nodes(graph: Graph, kind: str) -> list[NamedNode]:
    return [subject for subject in list(described(graph)) if TERMS[kind] in objects(graph, subject, TYPE)]


def test_every_fact_is_a_triple_and_has_a_statement_for_each_paper(five: Graph) -> None:
    written = set(triples(five))
    for row in five.relations():
        assert Triple(NamedNode(row["head"]), TERMS[row["relation"]], NamedNode(row["tail"])) in written
    assert len(nodes(five, "Statement")) == len(set(nodes(five, "Statement"))) == len(five.relations())
    assert len(nodes(five, "Result")) == len(set(nodes(five, "Result"))) == len(five.results())


def test_statements_and_plain_triples_say_the_same(five: Graph) -> None:
    relations = {TERMS[row["relation"]] for row in five.relations()}
    plain = {(t.subject, t.predicate, t.object) for t in triples(five) if t.predicate in relations}
    stated = {
        tuple(objects(five, node, TERMS[role])[0] for role in ("head", "relation", "tail"))
        for node in nodes(five, "Statement")
    }
    assert plain == stated


def test_a_passage_is_the_text_at_its_place(five: Graph) -> None:
    texts = {f"{BASE}paper/arxiv-{one.id[6:]}": one.paper.text for one in FIVE if one.id.startswith("arxiv:")}
    checked = 0
    for passage in nodes(five, "Passage"):
        paper, _, place = passage.value.partition("#char=")
        if paper in texts:
            start, end = map(int, place.split(","))
            assert objects(five, passage, TERMS["text"]) == [Literal(texts[paper][start:end])]
            assert objects(five, passage, TERMS["start"]) == [Literal(start)]
            assert objects(five, passage, curie("prov:wasQuotedFrom")) == [NamedNode(paper)]
            checked += 1
    assert checked > 3


def test_a_paper_has_its_title_year_identifiers_and_address(five: Graph) -> None:
    paper = NamedNode(f"{BASE}paper/arxiv-2101.00001")
    assert objects(five, paper, curie("dcterms:title")) == [Literal(FIVE[0].title)]
    assert [str(o) for o in objects(five, paper, curie("dcterms:issued"))] == [
        '"2021"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    ]
    assert objects(five, paper, curie("dcterms:identifier")) == [Literal("arxiv:2101.00001")]
    assert objects(five, paper, curie("schema:url")) == [NamedNode("https://arxiv.org/abs/2101.00001")]
    assert objects(five, paper, TERMS["proposes"]) == [NamedNode(f"{BASE}model/leafnet")]
    assert len(objects(five, paper, TERMS["mentions"])) == 7


def test_a_paper_known_by_several_identifiers_has_them_all(five: Graph) -> None:
    papers = five.table("papers")
    column = papers.schema.get_field_index("doi")
    dois = pa.array(["10.1/x", None, None, None, None])
    graph = replaced(five, {"papers": papers.set_column(column, papers.field(column), dois)})
    found = objects(graph, NamedNode(f"{BASE}paper/arxiv-2101.00001"), curie("dcterms:identifier"))
    assert found == [Literal("arxiv:2101.00001"), Literal("doi:10.1/x")]


def test_a_result_has_what_was_reported(five: Graph) -> None:
    (gain,) = [r for r in nodes(five, "Result") if objects(five, r, TERMS["kind"]) == [TERMS["gain"]]]
    assert objects(five, gain, TERMS["subject"]) == [NamedNode(f"{BASE}model/birdbert")]
    assert objects(five, gain, TERMS["baseline"]) == [NamedNode(f"{BASE}model/bert")]
    assert [o.value for o in objects(five, gain, TERMS["value"]) if isinstance(o, Literal)] == ["3.1"]
    assert objects(five, gain, TERMS["unit"]) == []
    assert len(objects(five, gain, TERMS["evidence"])) == 1


def test_a_value_that_is_no_number_keeps_its_text() -> None:
    graph = hostile()
    texts = {o for r in nodes(graph, "Result") for o in objects(graph, r, TERMS["valueText"])}
    assert {Literal("not a number"), Literal("1e999"), Literal("1,200")} <= texts
    values = [o for r in nodes(graph, "Result") for o in objects(graph, r, TERMS["value"])]
    assert '"1200"^^<http://www.w3.org/2001/XMLSchema#decimal>' in map(str, values)
    assert len(values) == len(nodes(graph, "Result")) - 2


def test_no_name_is_its_own_alias() -> None:
    for graph in (more(), hostile()):
        labels = {(t.subject, t.object) for t in triples(graph) if t.predicate == curie("skos:prefLabel")}
        others = {(t.subject, t.object) for t in triples(graph) if t.predicate == curie("skos:altLabel")}
        assert others
        assert not labels & others


@pytest.mark.parametrize("make", [more, hostile])
def test_keys_and_counts_are_what_sparql_would_compute(make: Callable[[], Graph]) -> None:
    graph = make()
    names = "skos:prefLabel|skos:altLabel|dcterms:title|dcterms:identifier"
    keys = f"SELECT DISTINCT ?e ?x {{ ?e {names} ?name BIND(LCASE(?name) AS ?x) }} ORDER BY ?e ?x"
    counts = "SELECT ?e (COUNT(?paper) AS ?x) { ?paper pkg:mentions ?e } GROUP BY ?e ORDER BY ?e"
    for computed, written in ((keys, "key"), (counts, "paperCount")):
        stated = f"SELECT ?e ?x {{ ?e pkg:{written} ?x }} ORDER BY ?e ?x"
        assert list(query(graph, stated)) == list(query(graph, computed))
        assert len(query(graph, stated)) >= len(graph.entities())


@pytest.mark.parametrize("make", [more, hostile])
def test_triples_come_once_and_grouped(make: object) -> None:
    found = list(triples(make()))  # type: ignore[operator]
    assert len(found) == len(set(found))
    for key in (lambda t: t.subject, lambda t: (t.subject, t.predicate)):
        runs = [run for run, _ in groupby(found, key=key)]
        assert len(runs) == len(set(runs))


def test_the_order_of_papers_and_rows_is_no_matter(five: Graph) -> None:
    expected = list(triples(five))
    assert list(triples(graph_of(reversed(FIVE)))) == expected
    shuffled = {name: five.table(name)[::-1] for name in ("papers", "mentions", "relations", "results", "entities")}
    assert list(triples(replaced(five, shuffled))) == expected
    assert list(triples(from_networkx(to_networkx(five, everything=True)))) == expected


def test_an_empty_graph_names_its_extractor_only() -> None:
    assert len(list(triples(graph_of([])))) == 2


@pytest.mark.parametrize("base", ["no iri/", "http://e.org/a b/", "http://e.org/<x>/"])
def test_a_base_that_is_no_iri_is_refused(five: Graph, base: str) -> None:
    with pytest.raises(BuildFolderError, match="another base"):
        list(triples(replaced(five, {}, base=base)))


def test_what_names_imply_is_marked_as_inferred(tmp_path: Path) -> None:
    read = [paper("title:1", ("LLaMA-2",), ("LLaMA-2 7B",)), paper("title:2", ("LLaMA",))]
    tables = assemble([Paper(one.paper, one.paper, "") for one in read], read, resolve(read))
    graph = Graph(Manifest(1, "0", "by hand", "https://e.org/", (), {}, {}, {}), tables)
    with (tmp_path / "graph.ttl").open("wb") as stream:
        write_turtle(graph, stream)
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert text.count("a pkg:Inference") == len(tables["inferred"]) == 2
    assert 'pkg:rule "version"' in text
    assert "pkg:variantOf" in text
    assert validate(tmp_path / "graph.ttl") == []
