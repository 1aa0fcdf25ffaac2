"""Papers about a thing and papers by id, the graph at a glance, and entities page by page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyze import overview, papers_about, papers_by_id
from kg.errors import KgError
from kg.graph import Graph, find
from kg.iris import paper_iri
from tests.corpus import FIVE
from tests.rdf.more import hostile, more, replaced


def test_papers_about_a_thing_are_those_that_mention_it(five: Graph) -> None:
    for entity in five.entities():
        found = papers_about(five, entity["iri"], limit=100)
        mentions = five.sql("SELECT DISTINCT paper FROM mentions WHERE entity = $1", [entity["iri"]])
        assert {row["paper"] for row in found.papers} == set(mentions["paper"])
        assert found.total == len(found.papers) == entity["papers"]
        surfaces = {alias["surface"] for alias in entity["aliases"]}
        assert all(any(surface in row["sentence"] for surface in surfaces) for row in found.papers)


def test_pages_follow_each_other_newest_first() -> None:
    graph = more()
    whole = [row["paper"] for row in papers_about(graph, "LeafNet").papers]
    assert whole == ["arxiv:2401.00006", "arxiv:2202.00002", "arxiv:2101.00001"]
    pages = [papers_about(graph, "LeafNet", 1, offset) for offset in range(4)]
    assert [row["paper"] for page in pages for row in page.papers] == whole
    assert [page.total for page in pages] == [3, 3, 3, 0]


def test_years_and_proposers_choose() -> None:
    graph = more()
    assert papers_about(graph, "LeafNet", since=2022).total == 2
    assert papers_about(graph, "LeafNet", until=2022).total == 2
    (first,) = papers_about(graph, "LeafNet", proposing=True).papers
    assert (first["paper"], first["proposed"], first["sentence"]) == ("arxiv:2101.00001", True, FIVE[0].title)
    with pytest.raises(KgError, match="near it are LeafNet"):
        papers_about(graph, "LeafNt")


def test_every_paper_is_found_by_its_names_and_whole() -> None:
    for graph in (more(), hostile()):
        for paper in graph.papers():
            names = [paper["id"], paper_iri(paper["id"], graph.manifest.base), paper["arxiv"], paper["doi"]]
            for name in filter(None, names):
                (found,) = papers_by_id(graph, [name])
                assert {one: found[one] for one in ("paper", "title", "abstract", "year")} == {
                    "paper": paper["id"],
                    **{one: paper[one] for one in ("title", "abstract", "year")},
                }
                mentions = graph.sql("SELECT DISTINCT entity FROM mentions WHERE paper = $1", [paper["id"]])
                assert {one["iri"] for one in found["entities"]} == set(mentions["entity"])
    assert len(papers_by_id(hostile(), ["nonsense", "", "https://w3id.org/paperkg/paper/"])) == 0


def test_a_graph_at_a_glance(five: Graph) -> None:
    found = overview(five)
    assert (found.papers, found.results) == (5, len(five.results()))
    assert {row["type"]: row["entities"] for row in found.types} == {
        kind: len(five.entities(kind)) for kind in found.types["type"]
    }
    assert found.types["examples"][0] == five.entities("Task")["name"][:5]
    assert sum(found.relations["edges"]) == len(five.edges())
    assert found.years["year"] == [2021, 2022, 2023, 2025]
    empty = replaced(five, {name: five.table(name).slice(0, 0) for name in five.manifest.counts})
    assert (overview(empty).papers, len(overview(empty).types)) == (0, 0)


MORE = more()


@given(st.sampled_from([text for row in MORE.entities() for text in (row["name"], row["name"][1:4], row["name"][:3])]))
def test_entities_are_found_as_a_plain_search_finds_them(text: str) -> None:
    def rank(row: dict[str, Any]) -> int | None:
        names = [name.lower() for name in (row["name"], *(alias["surface"] for alias in row["aliases"]))]
        exact, first = text.lower() in names, any(name.startswith(text.lower()) for name in names)
        return 0 if exact else 1 if first else 2 if any(text.lower() in name for name in names) else None

    ranked = [(rank(row), -row["papers"], row["name"], row["iri"]) for row in MORE.entities()]
    expected = sorted(one for one in ranked if one[0] is not None)
    assert find(MORE, text.upper(), 1000).entities["iri"] == [iri for *_, iri in expected]


def test_entities_page_by_page(five: Graph) -> None:
    whole = find(five, "a", 1000)
    pages = [find(five, "a", 3, offset) for offset in range(0, whole.total, 3)]
    assert [row for page in pages for row in page.entities] == list(whole.entities)
    assert {page.total for page in pages} == {whole.total}
    assert find(five, "a", 3, whole.total).total == 0
    assert find(five, "LEAFNET", type="Model").total == 1
