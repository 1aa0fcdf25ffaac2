"""What is said of a thing: each relation from its side, counted by papers, with the words of each."""

from __future__ import annotations

import json

import pytest

from kg.analyze import Claims, claims
from kg.errors import KgError
from kg.graph import Graph
from kg.phrases import WORDS
from tests.corpus import FIVE
from tests.rdf.more import hostile, more, replaced


@pytest.fixture(scope="module")
def leafnet() -> Claims:
    return claims(more(), "leafnet")


def said(found: Claims) -> list[tuple[str, str, int]]:
    return [(row["claim"], row["other"], row["papers"]) for row in found.claims]


def test_both_sides_are_read_and_the_best_supported_comes_first(leafnet: Claims) -> None:
    assert said(leafnet) == [
        ("used for", "plant disease classification", 1),
        ("has part", "window attention", 2),
        ("has part", "magnitude pruning", 1),
        ("variant of", "Vision Transformer", 1),
        ("has variant", "TinyLeaf", 1),
        ("evaluated on", "PlantVillage", 2),
        ("measured by", "top-1 accuracy", 2),
        ("outperforms", "ResNet-50", 1),
        ("outperformed by", "ResNet-50", 1),
        ("compared with", "ResNet-50", 1),
    ]
    assert (leafnet.name, leafnet.type, leafnet.papers) == ("LeafNet", "Model", 3)


def test_every_statement_is_somewhere(five: Graph) -> None:
    phrases = {phrase for both in WORDS.values() for phrase in both}
    stated = 0
    for entity in five.entities():
        found = claims(five, entity["iri"])
        assert {row["claim"] for row in found.claims} <= phrases
        stated += sum(len(row["evidence"]) for row in found.claims)
    assert stated == 2 * len(five.relations())


def test_evidence_has_paper_and_words(leafnet: Claims) -> None:
    part = next(row for row in leafnet.claims if row["other"] == "window attention")
    assert [(one["paper"], one["year"], one["confidence"]) for one in part["evidence"]] == [
        ("arxiv:2101.00001", 2021, 0.8),
        ("arxiv:2202.00002", 2022, 0.8),
    ]
    assert part["evidence"][0]["sentence"] == "We propose LeafNet, a ViT with window attention."
    assert part["evidence"][0]["title"] == FIVE[0].title


def test_contradictions_stand_side_by_side(leafnet: Claims) -> None:
    (both,) = leafnet.contradictions
    assert both["other"] == "ResNet-50"
    assert [one["paper"] for one in both["ahead"]] == ["arxiv:2101.00001"]
    assert [one["paper"] for one in both["behind"]] == ["arxiv:2401.00006"]
    heading, table = next(leafnet.sections())
    assert heading == "LeafNet: papers contradict each other"
    assert table.columns == ["other", "LeafNet outperforms it", "it outperforms LeafNet"]
    (mirrored,) = claims(more(), "ResNet-50").contradictions
    assert (mirrored["ahead"], mirrored["behind"]) == (both["behind"], both["ahead"])


def test_where_all_agree_there_is_no_such_section(five: Graph) -> None:
    found = claims(five, "LeafNet")
    assert len(found.contradictions) == 0
    assert next(found.sections())[0] == "LeafNet: used for"


@pytest.mark.parametrize(
    ("entity", "values"),
    [("BERT", ["75.2", "3.1"]), ("F1", ["75.2", "71", "3.1"]), ("SongBench", ["75.2", "71", "3.1"])],
)
def test_results_in_any_role(five: Graph, entity: str, values: list[str]) -> None:
    assert [row["value"] for row in claims(five, entity).results] == values


def test_a_comparison_is_read_alike_from_both_sides() -> None:
    rows = [row for row in claims(more(), "ResNet-50").claims if row["claim"] == "compared with"]
    assert [row["other"] for row in rows] == ["LeafNet"]


def test_it_goes_into_json(leafnet: Claims) -> None:
    again = json.loads(json.dumps(leafnet.to_dict()))
    assert (again["name"], len(again["claims"]), len(again["contradictions"]), len(again["results"])) == (
        "LeafNet",
        10,
        1,
        1,
    )


def test_tables_can_be_short(leafnet: Claims) -> None:
    sections = dict(leafnet.sections(limit=1))
    assert set(sections["LeafNet: has part (1 of 2)"]["other"]) == {"window attention", None}


def test_nothing_said() -> None:
    graph = more()
    silent = replaced(graph, {name: graph.table(name).slice(0, 0) for name in ("relations", "results")})
    found = claims(silent, "LeafNet")
    assert (len(found.claims), len(found.contradictions), len(found.results)) == (0, 0, 0)
    assert repr(found) == "nothing is said of LeafNet"


def test_unknown_and_hostile_names(five: Graph) -> None:
    with pytest.raises(KgError, match="no entity is called 'LeafNt': near it are LeafNet"):
        claims(five, "LeafNt")
    assert "beats @SUM(A1)" in repr(claims(hostile(), "@SUM(A1)")).replace("\n", " ")


def test_the_order_of_rows_does_not_matter() -> None:
    graph = more()
    turned = replaced(graph, {name: graph.table(name)[::-1] for name in ("relations", "results", "entities", "papers")})
    assert claims(turned, "LeafNet").to_dict() == claims(graph, "LeafNet").to_dict()
