from __future__ import annotations

import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import decompress

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyze import edge_list
from kg.errors import KgError
from kg.graph import SCHEMAS, Graph
from kg.types import ENTITY_TYPES, RELATION_TYPES, RESULT_KINDS
from kg.view import Links, explorer_payload, write_explorer
from kg.view.columns import NOT_SHOWN, Core, Detail, Payload
from tests.corpus import FIVE, graph_of
from tests.view.made import iri, made, paper, planted, relation

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random


@pytest.fixture(scope="module")
def told(five: Graph) -> Payload:
    return explorer_payload(five)


def check(payload: Payload) -> None:
    """What the program of the page relies on: columns of one length, and places that exist."""
    again = msgspec.json.decode(msgspec.json.encode(payload), type=Payload)
    assert again == payload
    core, detail = payload.core, payload.detail
    tables = {"nodes": core.nodes, "communities": core.communities}
    tables |= {"statements": detail.statements, "papers": detail.papers, "results": detail.results}
    sizes = {name: {len(column) for column in msgspec.structs.astuple(table)} for name, table in tables.items()}
    assert all(len(lengths) == 1 for lengths in sizes.values()), sizes
    size = {name: lengths.pop() for name, lengths in sizes.items()}
    edges = len(payload.core.edges.source)
    assert {len(column) for column in msgspec.structs.astuple(payload.core.edges)} == {edges, edges + 1}
    assert payload.core.edges.ev[0] == 0
    assert payload.core.edges.ev[-1] == size["statements"]
    assert all(left <= right for left, right in pairwise(payload.core.edges.ev))
    for support, (start, end) in zip(payload.core.edges.support, pairwise(payload.core.edges.ev), strict=True):
        assert end - start == min(support, 3)
    for column, least, limit in (
        (payload.core.nodes.type, 0, len(ENTITY_TYPES)),
        (payload.core.nodes.community, 0, size["communities"]),
        (payload.core.edges.source + payload.core.edges.target, 0, size["nodes"]),
        (payload.core.edges.relation, 0, len(RELATION_TYPES)),
        (payload.detail.statements.paper + payload.detail.results.paper, 0, size["papers"]),
        (payload.detail.statements.text + payload.detail.results.text, 0, len(payload.detail.texts)),
        (payload.detail.results.subject + payload.detail.results.metric, 0, size["nodes"]),
        (payload.detail.results.dataset + payload.detail.results.baseline, NOT_SHOWN, size["nodes"]),
        (payload.detail.results.kind, 0, len(RESULT_KINDS)),
        ([place for places in payload.core.nodes.proposed for place in places], 0, size["papers"]),
    ):
        assert all(least <= place < limit for place in column)
    assert sum(payload.core.communities.size) == size["nodes"] == payload.core.meta.nodes


def test_every_column_and_place_is_sound(told: Payload) -> None:
    check(told)
    check(explorer_payload(planted(6, 20), most_nodes=50))
    check(explorer_payload(graph_of([])))


def test_around_an_entity_it_holds_its_neighbourhood_alone(five: Graph) -> None:
    payload = explorer_payload(five, around="birdbert", hops=1, edges=edge_list(five))
    check(payload)
    nodes, edges = payload.core.nodes, payload.core.edges
    assert nodes.name[0] == "BirdBERT"
    near = {edge for edge in range(len(edges.source)) if 0 in {edges.source[edge], edges.target[edge]}}
    assert {edges.source[edge] + edges.target[edge] for edge in near} == set(range(1, len(nodes.name)))
    assert nodes.degree[0] == len(near)
    assert payload.core.meta.of_nodes == five.table("entities").num_rows


def test_it_holds_the_whole_of_a_small_graph(five: Graph, told: Payload) -> None:
    names = dict(zip(told.core.nodes.name, range(99), strict=False))
    leafnet, village = names["LeafNet"], names["PlantVillage"]
    triples = list(zip(told.core.edges.source, told.core.edges.relation, told.core.edges.target, strict=True))
    assert len(triples) == len(five.edges()) == told.core.meta.edges == told.core.meta.of_edges
    edge = triples.index((leafnet, RELATION_TYPES.index("evaluatedOn"), village))
    assert (told.core.edges.support[edge], told.core.edges.first[edge], told.core.edges.last[edge]) == (2, 2021, 2022)
    start, end = told.core.edges.ev[edge : edge + 2]
    texts = [told.detail.texts[place] for place in told.detail.statements.text[start:end]]
    assert "LeafNet reaches a top-1 accuracy of 91.4% on PlantVillage and outperforms ResNet-50." in texts
    assert {told.detail.papers.id[place] for place in told.detail.statements.paper[start:end]} == {
        FIVE[0].id,
        FIVE[1].id,
    }
    assert told.core.nodes.years[leafnet] == told.core.edges.years[edge] == [2021, 1, 2022, 1]
    assert [told.detail.papers.id[place] for place in told.core.nodes.proposed[leafnet]] == [FIVE[0].id]
    assert set(told.core.nodes.aliases[names["Vision Transformer"]]) >= {"ViT", "ViTs"}
    assert told.core.nodes.iri[leafnet] == "model/leafnet"
    assert told.core.nodes.degree[leafnet] == sum(leafnet in (triple[0], triple[2]) for triple in triples)
    assert told.core.nodes.direction[names["top-1 accuracy"]] == "higher"


def test_a_result_has_its_roles(told: Payload) -> None:
    result = told.detail.results
    roles = zip(result.subject, result.metric, result.dataset, strict=True)
    names = [tuple(told.core.nodes.name[place] for place in places) for places in roles]
    kinds = [told.core.kinds[kind] for kind in result.kind]
    rows = [(*named, *said) for named, *said in zip(names, result.value, result.unit, kinds, strict=True)]
    assert ("LeafNet", "top-1 accuracy", "PlantVillage", "91.4", "%", "absolute") in rows
    assert ("BirdBERT", "F1", "SongBench", "3.1", None, "gain") in rows


def test_a_role_that_is_not_on_the_page_is_not_taken_for_none() -> None:
    pair = [("a", "partOf", "b"), ("b", "measuredBy", "m")] * 1
    graph = made(
        [("a", "Method"), ("b", "Method"), ("m", "Metric"), ("d", "Dataset")],
        pair,  # type: ignore[arg-type]
        results=[
            {"subject": iri("a"), "metric": iri("m"), "dataset": iri("d"), "value": "1", "paper": "arxiv:00000",
             "kind": "absolute", "confidence": 0.5, "unit": "", "evidence": [{"start": 0, "end": 3}]}
        ],
    )  # fmt: skip
    assert explorer_payload(graph, most_nodes=3).detail.results.dataset == [NOT_SHOWN]
    assert explorer_payload(graph).detail.results.dataset == [3]


def test_above_the_budget_it_says_what_it_leaves_out() -> None:
    graph = planted(10, 30)
    meta = explorer_payload(graph, most_nodes=100).core.meta
    assert (meta.nodes, meta.of_nodes, meta.budget) == (100, 300, 100)
    assert meta.edges < meta.of_edges == len(graph.edges())
    with pytest.raises(KgError, match="shows nothing"):
        explorer_payload(graph, most_nodes=0)


def test_of_many_statements_the_surest_few_are_held_and_all_are_counted() -> None:
    graph = made(
        [("a", "Model"), ("b", "Model")],
        papers=[paper(number) for number in range(40)],
        relations=[relation("a", "outperforms", "b", number, confidence=number / 50) for number in range(40)],
    )
    payload = explorer_payload(graph)
    assert payload.core.edges.support == [40]
    assert payload.detail.statements.confidence == [0.78, 0.76, 0.74]
    assert len(payload.detail.texts) == len(payload.detail.papers.id) == 3
    assert (payload.core.meta.statements, payload.core.meta.of_statements) == (3, 40)


def test_what_only_names_tell_is_counted_apart() -> None:
    inferred = [{"head": iri(a), "relation": "variantOf", "tail": iri("b"), "rule": "version"} for a in "ac"]
    graph = made([(name, "Model") for name in "abc"], [("a", "variantOf", "b")], inferred=inferred)
    meta = explorer_payload(graph, most_nodes=1).core.meta
    assert (meta.of_edges, meta.of_inferred) == (2, 1)


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(chance: Random) -> None:
    graph = planted(5, 12)
    tables = {}
    for name in SCHEMAS:
        rows = list(range(graph.table(name).num_rows))
        chance.shuffle(rows)
        tables[name] = graph.table(name).take(pa.array(rows, pa.int64()))
    assert explorer_payload(Graph(graph.manifest, tables)) == explorer_payload(graph)


class Page(HTMLParser):
    """The tags of a page, and the text of each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.parts.append(data)


def test_the_page_embeds_its_data_and_may_run_its_own_script_alone(five: Graph, tmp_path: Path) -> None:
    summary = write_explorer(five, tmp_path / "e.html", links=Links(report="report.html"))
    page = Page((tmp_path / "e.html").read_text())
    style, data, script, rest = page.parts
    core, detail = (decompress(b64decode(block), -15) for block in (data, rest))
    payload = Payload(msgspec.json.decode(core, type=Core), msgspec.json.decode(detail, type=Detail))
    assert payload == explorer_payload(five, links=Links(report="report.html"))
    assert (summary.nodes, summary.of_edges) == (payload.core.meta.nodes, payload.core.meta.of_edges)
    (policy,) = (found["content"] for _, found in page.tags if found.get("http-equiv") == "Content-Security-Policy")
    for text in (style, script):
        assert f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" in str(policy)
    assert str(policy).startswith("default-src 'none';")
    assert "unsafe" not in str(policy)
    assert not [tag for tag, found in page.tags if {"src", "style"} & found.keys()]
    assert all(str(found.get("href", "#")).startswith("#") for _, found in page.tags)


def test_equal_graphs_give_equal_bytes(tmp_path: Path) -> None:
    for name, papers in (("a", FIVE), ("b", FIVE[::-1])):
        write_explorer(graph_of(papers), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_hostile_text_is_cleaned_and_never_markup(tmp_path: Path) -> None:
    name = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>"\u202e\u0000\u2028' + "x" * 10_000
    graph = made(
        [(name, "Model"), ("b", "Model")],
        papers=[paper(0, title=name, abstract=name, url="javascript:alert(1)", arxiv=None)],
        relations=[relation(name, "outperforms", "b", evidence=[{"start": 0, "end": 30_000}])],
    )
    payload = explorer_payload(graph)
    check(payload)
    assert payload.detail.papers.url == [None]
    shown = [
        *payload.core.nodes.name,
        *payload.detail.papers.title,
        *payload.detail.texts,
        *payload.core.communities.name,
    ]
    assert max(map(len, shown)) <= 600
    assert not re.search(r"[\x00-\x1f\u202e\u2028]", "".join(shown))
    write_explorer(graph, tmp_path / "e.html")
    assert [tag for tag, _ in Page((tmp_path / "e.html").read_text()).tags].count("script") == 3


def test_a_page_that_cannot_be_written_is_one_clear_line(five: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        write_explorer(five, tmp_path / "missing" / "e.html")
