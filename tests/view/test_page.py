from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from kg.errors import KgError
from kg.view import PageSummary, graph_page, write_graph_page
from kg.view.atlas import atlas
from kg.view.choose import choose
from kg.view.network import network
from kg.view.rows import rows
from tests.corpus import FIVE, graph_of
from tests.view.made import made, paper, planted, relation

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


class Page(HTMLParser):
    """Tags with attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        last = self.tags[-1][0] if self.tags else ""
        if last in self.inline and data.strip():
            self.inline[last].append(data)

    @property
    def data(self) -> dict[str, Any]:
        return dict(json.loads(next(text for text in self.inline["script"] if text.startswith('{"'))))


@pytest.fixture(scope="module")
def page(five: Graph) -> Page:
    return Page(graph_page(five))


def test_the_page_names_no_other_file(page: Page) -> None:
    for tag, attributes in page.tags:
        assert not {"src", "srcset", "background", "style"} & attributes.keys(), tag
        assert tag not in {"link", "base", "iframe", "object", "embed", "img", "form"}
        assert not [name for name in attributes if name.startswith("on")], tag


def test_the_policy_has_the_hash_of_every_script_and_style(page: Page) -> None:
    rules = next(
        found["content"] or "" for tag, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"
    )
    run = [text for text in page.inline["script"] if not text.startswith('{"')]
    assert len(run) == 2
    for text in run + page.inline["style"]:
        assert b64encode(sha256(text.encode()).digest()).decode() in rules
    assert rules.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in rules


def test_equal_graphs_give_equal_bytes(tmp_path: Path) -> None:
    for name, papers in (("a", FIVE), ("b", FIVE[::-1])):
        write_graph_page(graph_of(papers), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_every_node_and_edge_has_its_details(five: Graph, page: Page) -> None:
    data = page.data
    assert len(data["nodes"]) == len(data["entities"]) == five.table("entities").num_rows
    assert len(data["edges"]) == len(data["facts"]) == len(five.edges())
    for fact in data["facts"]:
        for number, sentences, confidence in fact["statements"]:
            text = data["papers"][number]["title"]
            assert any(one.paper.title == text for one in FIVE)
            assert all(data["sentences"][one] for one in sentences)
            assert 0 <= confidence <= 1


def test_a_fact_has_the_sentence_it_was_read_in(page: Page) -> None:
    data = page.data
    names = [entity["name"] for entity in data["entities"]]
    edge = next(
        e
        for e in data["edges"]
        if (names[e["from"]], e["relation"], names[e["to"]]) == ("LeafNet", "outperforms", "ResNet-50")
    )
    ((number, (sentence,), _),) = data["facts"][edge["id"]]["statements"]
    assert (
        data["sentences"][sentence]
        == "LeafNet reaches a top-1 accuracy of 91.4% on PlantVillage and outperforms ResNet-50."
    )
    assert data["papers"][number] == {
        "title": "LeafNet: A Vision Transformer for Plant Disease Classification",
        "year": 2021,
        "url": "https://arxiv.org/abs/2101.00001",
    }


def test_results_and_aliases_are_told(page: Page) -> None:
    leafnet = next(entity for entity in page.data["entities"] if entity["name"] == "LeafNet")
    assert leafnet["results"][0]["value"] == "91.4%"
    vit = next(entity for entity in page.data["entities"] if entity["name"] == "Vision Transformer")
    assert {"ViT", "ViTs"} <= set(vit["aliases"])
    assert vit["of"] == 2


def test_the_page_says_how_much_of_the_graph_it_shows(tmp_path: Path) -> None:
    graph = planted(10, 30)
    summary = write_graph_page(graph, tmp_path / "graph.html", limit=100)
    assert summary == PageSummary(100, summary.edges, 300, len(graph.edges()))
    text = (tmp_path / "graph.html").read_text()
    assert re.search(rf"100 of 300 entities, .*; {summary.edges} of {len(graph.edges())} relations", text)
    assert "kg view DIR ENTITY" in text


def test_a_whole_graph_needs_no_other_part(five: Graph) -> None:
    assert "kg view DIR" not in graph_page(five)


def test_around_an_entity_the_page_begins_there(five: Graph) -> None:
    text = graph_page(five, around="birdbert", hops=1)
    assert "<h1>Around BirdBERT</h1>" in text
    assert "within 1 hop;" in text
    data = Page(text).data
    assert data["entities"][data["centre"]]["name"] == "BirdBERT"


def test_an_empty_graph_gives_a_page_that_says_so(tmp_path: Path) -> None:
    assert write_graph_page(graph_of([]), tmp_path / "graph.html") == PageSummary(0, 0, 0, 0)
    text = (tmp_path / "graph.html").read_text()
    assert "This graph has no entities" in text
    assert "<script" not in text


def test_a_page_leaves_no_other_file(five: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pyvis, left to itself, writes a folder lib/ where it is called."""
    monkeypatch.chdir(tmp_path)
    write_graph_page(five, tmp_path / "graph.html")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]


def test_a_page_that_cannot_be_written_is_one_clear_line(five: Graph, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        write_graph_page(five, tmp_path / "missing" / "graph.html")


def drawn_of(graph: Graph) -> Any:
    choice = choose(graph)
    shown = rows(graph, choice)
    return network(shown, atlas(choice.shown, [row["name"] for row in shown.entities]))


def test_pyvis_holds_a_directed_network_without_tooltips(five: Graph) -> None:
    drawn = drawn_of(five)
    assert drawn.directed
    assert drawn.options["physics"] == {"enabled": False}
    assert all("title" not in thing for thing in [*drawn.nodes, *drawn.edges])
    assert all(edge["arrows"] == "to" for edge in drawn.edges)


def test_two_relations_of_one_pair_bend_apart() -> None:
    graph = made([("a", "Model"), ("b", "Model")], [("a", "outperforms", "b"), ("a", "comparedWith", "b")])
    first, second = drawn_of(graph).edges
    assert "smooth" not in first
    assert second["smooth"]["roundness"] > 0.2


def test_long_lists_are_cut_and_counted() -> None:
    graph = made(
        [("a", "Model"), ("b", "Model")],
        papers=[paper(number) for number in range(40)],
        relations=[relation("a", "outperforms", "b", number) for number in range(40)],
        mentions=[{"paper": f"arxiv:{n:05}", "entity": "https://w3id.org/paperkg/x/a"} for n in range(40)],
    )
    data = Page(graph_page(graph)).data
    assert data["facts"][0]["support"] == 40
    assert len(data["facts"][0]["statements"]) == 6
    assert len(data["entities"][0]["papers"]) == 25


def test_a_hostile_name_does_not_leave_its_place() -> None:
    name = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>"\u202e\u2028' + "x" * 10_000
    graph = made(
        [(name, "Model"), ("b", "Model")], papers=[paper(0, title=name, url="javascript:alert(1)")], relations=[]
    )
    found = Page(graph_page(graph))
    assert [tag for tag, _ in found.tags].count("script") == 3
    assert "img" not in dict(found.tags)
    assert len(found.data["entities"][0]["name"]) <= 300
