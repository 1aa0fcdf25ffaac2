"""One card: names, years, proposers and facts of an entity, cut short without a word lost about how much there is."""

from __future__ import annotations

import json

import pytest

from kg.analyze import Card, card, claims
from kg.errors import KgError
from kg.graph import Graph
from tests.analyze.boards import SHEEP
from tests.corpus import FIVE, graph_of
from tests.rdf.more import hostile, more, replaced


@pytest.fixture(scope="module")
def leafnet() -> Card:
    return card(more(), "LeafNet")


def test_it_says_what_the_tables_say(leafnet: Card) -> None:
    assert (leafnet.name, leafnet.type, leafnet.papers, leafnet.undated) == ("LeafNet", "Model", 3, 0)
    assert [tuple(row.values()) for row in leafnet.years] == [(2021, 1), (2022, 1), (2024, 1)]
    assert [row["surface"] for row in leafnet.aliases] == ["LeafNet"]
    (proposed,) = leafnet.proposed
    assert (proposed["paper"], proposed["year"], leafnet.proposers) == ("arxiv:2101.00001", 2021, 1)
    assert proposed["sentence"] == FIVE[0].title
    assert proposed["link"] == "https://arxiv.org/abs/2101.00001"


def test_years_and_proposers_count_papers(five: Graph) -> None:
    for entity in five.entities():
        found = card(five, entity["iri"], limit=1)
        assert sum(row["papers"] for row in found.years) + found.undated == found.papers == entity["papers"]
        proposers = five.sql("SELECT DISTINCT paper FROM mentions WHERE proposed AND entity = $1", [entity["iri"]])
        assert found.proposers == len(proposers)


def test_what_a_limit_leaves_out_is_counted(leafnet: Card) -> None:
    whole, short = claims(more(), "LeafNet"), card(more(), "LeafNet", limit=1, evidence=1)
    assert short.said.others == whole.others == {**whole.others, "has part": 2}
    assert short.said.figures == whole.figures == len(whole.results)
    assert list(short.said.contradictions) == [
        {**row, "ahead": row["ahead"][:1], "behind": row["behind"][:1]} for row in whole.contradictions
    ]
    firsts = {row["claim"]: row for row in reversed([*whole.claims])}
    assert [row["iri"] for row in short.said.claims] == [firsts[claim]["iri"] for claim in whole.others]
    assert [row["evidence"] for row in short.said.claims] == [firsts[claim]["evidence"][:1] for claim in whole.others]


def test_a_data_set_points_to_its_leaderboard() -> None:
    graph = graph_of([SHEEP, *FIVE])
    boards = card(graph, "SheepSet").boards
    assert [(row["metric"], row["direction"], row["figures"]) for row in boards] == [
        ("accuracy", "higher", 3),
        ("woolliness", None, 3),
        ("word error rate", "lower", 3),
    ]
    assert {row["metric"]: row["figures"] for row in boards} == graph_board(graph)
    assert len(card(graph, "LeafNet").boards) == 0


def graph_board(graph: Graph) -> dict[str, int]:
    from kg.analyze import leaderboard

    return leaderboard(graph, "SheepSet", limit=1).metrics


def test_a_metric_says_which_direction_is_better(five: Graph) -> None:
    found = card(five, "F1")
    assert (found.family, found.direction) == ("accuracy", "higher")
    assert "better" in repr(found)


def test_it_shows_itself(leafnet: Card) -> None:
    headings = [heading for heading, _ in leafnet.sections(limit=1)]
    assert headings[:5] == [
        "LeafNet",
        "LeafNet: names",
        "LeafNet: papers by year",
        "LeafNet: proposed in",
        "LeafNet: papers contradict each other",
    ]
    assert "LeafNet: has part (1 of 2)" in headings
    assert repr(leafnet).startswith("LeafNet\ntype ")


def test_it_goes_into_json(leafnet: Card) -> None:
    again = json.loads(json.dumps(leafnet.to_dict()))
    assert again["others"]["has part"] == 2
    assert again["proposed"][0]["paper"] == "arxiv:2101.00001"
    assert {"name", "type", "iri", "aliases", "ids", "years", "boards", "claims", "results"} <= set(again)


def test_memory_and_disk_agree(five: Graph, five_folder: object) -> None:
    from pathlib import Path

    opened = Graph.open(Path(str(five_folder)))
    for entity in five.entities():
        assert card(opened, entity["iri"]).to_dict() == card(five, entity["iri"]).to_dict()


def test_the_order_of_rows_does_not_matter() -> None:
    graph = more()
    turned = replaced(graph, {name: graph.table(name)[::-1] for name in graph.manifest.counts})
    assert card(turned, "LeafNet", limit=2).to_dict() == card(graph, "LeafNet", limit=2).to_dict()


def test_sentences_are_the_passages_that_the_offsets_name() -> None:
    graph = hostile()
    spans = {
        (row["head"], row["relation"], row["tail"], row["paper"]): " … ".join(
            graph.passage(row["paper"], span["start"], span["end"]) for span in row["evidence"]
        )
        for row in graph.relations()
    }
    said = {
        one["sentence"] for e in graph.entities() for row in claims(graph, e["iri"]).claims for one in row["evidence"]
    }
    assert said == set(spans.values())


def test_unknown_and_hostile_names(five: Graph) -> None:
    with pytest.raises(KgError, match="no entity is called 'LeafNt': near it are LeafNet"):
        card(five, "LeafNt")
    for entity in hostile().entities():
        assert card(hostile(), entity["iri"]).name == entity["name"]
