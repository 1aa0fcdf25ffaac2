"""Who leads: by the direction that the metric has, absolute values only, changes apart."""

from __future__ import annotations

import pytest

from kg.analyze import Leaderboard, leaderboard
from kg.analyze.figures import FIGURES
from kg.errors import KgError
from kg.graph import Graph
from tests.analyze.boards import SHEEP
from tests.corpus import FIVE, graph_of
from tests.rdf.more import hostile, more, replaced


@pytest.fixture(scope="module")
def board() -> Leaderboard:
    return leaderboard(graph_of([SHEEP, *FIVE]), "SheepSet")


def order(board: Leaderboard, metric: str) -> list[tuple[str, str]]:
    return [(row["subject"], row["value"]) for row in board.figures if row["metric"] == metric]


def test_more_is_better_and_shares_are_compared_in_percent(board: Leaderboard) -> None:
    assert order(board, "accuracy") == [("DuskNet", "97.5"), ("NightNet", "0.9"), ("DayNet", "85")]


def test_less_is_better_and_no_share_is_made_of_an_error(board: Leaderboard) -> None:
    assert order(board, "word error rate") == [("NightNet", "0.9"), ("DuskNet", "3"), ("DayNet", "12")]


def test_an_unknown_direction_is_said_and_what_is_no_number_comes_last(board: Leaderboard) -> None:
    assert order(board, "woolliness") == [("DuskNet", "9"), ("NightNet", "7"), ("DayNet", "1.2.3")]
    assert {row["direction"] for row in board.figures if row["metric"] == "woolliness"} == {None}
    assert "woolliness on SheepSet (direction unknown, highest first)" in [heading for heading, _ in board.sections()]


def test_each_metric_has_its_table(board: Leaderboard) -> None:
    headings = [heading for heading, _ in board.sections()]
    assert headings[:2] == [
        "accuracy on SheepSet (higher is better)",
        "woolliness on SheepSet (direction unknown, highest first)",
    ]
    assert [len(table) for _, table in board.sections(limit=2)] == [2, 2, 2]


def test_changes_stand_apart_with_their_baseline() -> None:
    board = leaderboard(more(), "SongBench")
    assert {row["kind"] for row in board.figures} == {"absolute"}
    (gain,) = board.changes
    assert (gain["subject"], gain["kind"], gain["value"], gain["baseline"]) == ("BirdBERT", "gain", "3.1", "BERT")
    assert gain["sentence"].endswith("it gains 3.1 F1 over BERT.")
    assert [heading for heading, _ in board.sections()][-1] == "gains, reductions and factors on SongBench"


def test_a_row_says_where_it_was_read() -> None:
    (row, _) = leaderboard(more(), "plantvillage", "Top-1 Accuracy").figures
    assert list(row) == FIGURES.names
    assert (row["paper"], row["year"], row["value"], row["unit"], row["number"]) == (
        "arxiv:2101.00001",
        2021,
        "91.4",
        "%",
        91.4,
    )
    assert row["title"] == FIVE[0].title
    assert row["sentence"].startswith("LeafNet reaches a top-1 accuracy of 91.4%")


def test_one_metric_alone() -> None:
    board = leaderboard(more(), "PlantVillage", "FLOPs")
    assert (len(board.figures), [row["metric"] for row in board.changes]) == (0, ["FLOPs"])


def test_nothing_reported() -> None:
    board = leaderboard(more(), "AviCorpus")
    assert (len(board.figures), len(board.changes)) == (0, 0)
    assert board.figures.columns == FIGURES.names
    assert repr(board) == "no figures are reported on AviCorpus"


def test_it_shows_itself() -> None:
    shown = repr(leaderboard(more(), "SongBench"))
    assert shown.startswith("F1 on SongBench (higher is better)\nsubject")


@pytest.mark.parametrize(("dataset", "metric"), [("SongBnch", None), ("LeafNet", None), ("SongBench", "loudness")])
def test_unknown_names(dataset: str, metric: str | None) -> None:
    with pytest.raises(KgError, match=r"is called .*: near it are"):
        leaderboard(more(), dataset, metric)


def test_the_order_of_rows_does_not_matter() -> None:
    graph = graph_of([SHEEP, *FIVE])
    turned = replaced(graph, {name: graph.table(name)[::-1] for name in ("results", "entities", "papers")})
    assert list(leaderboard(turned, "SheepSet").figures) == list(leaderboard(graph, "SheepSet").figures)


def test_hostile_results_are_shown_as_they_are() -> None:
    board = leaderboard(hostile(), "-1+1")
    assert [row["value"] for row in board.figures] == ["1,200"]
    assert "1,200" in repr(board)


def test_a_graph_has_the_door(five: Graph) -> None:
    from kg import Graph as WithDoors

    graph = WithDoors(five.manifest, {name: five.table(name) for name in five.manifest.counts})
    assert repr(graph.leaderboard("SongBench")) == repr(leaderboard(five, "SongBench"))
    assert repr(graph.claims("BERT")).startswith("BERT: ")
