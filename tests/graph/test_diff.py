"""Two builds told apart: every entity that came or went is accounted for once, and names alone change no fact."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildFolderError
from kg.graph import Graph, assemble, diff
from kg.resolve import Corrections, read_corrections, resolve
from tests.corpus import FIVE, Annotated, graph_of

LEAFNET = "https://w3id.org/paperkg/model/leafnet"


def told(tmp_path: pytest.TempPathFactory, text: str) -> Graph:
    """The five papers as a user's corrections would have them."""
    path = tmp_path.mktemp("told") / "corrections.tsv"
    path.write_text(text)
    return corrected(read_corrections(path))


def corrected(corrections: Corrections) -> Graph:
    extractions = [one.extraction for one in FIVE]
    resolution = resolve(extractions, corrections=corrections)
    return Graph(graph_of(FIVE).manifest, assemble([one.paper for one in FIVE], extractions, resolution))


def test_a_build_does_not_differ_from_itself(five: Graph) -> None:
    same = diff(five, graph_of(reversed(FIVE)))
    assert not same
    assert repr(same) == "nothing differs"
    assert same.counts() == {"papers": {}, "entities": {}, "facts": {}, "results": {}}


def test_what_is_called_otherwise_changes_no_fact(five: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = diff(five, told(tmp_path_factory, "rename\tLeafNet\tPlantNet\n"))
    assert [(row["change"], row["old_name"], row["name"]) for row in found.entities] == [
        ("renamed", "LeafNet", "PlantNet")
    ]
    assert not len(found.facts)
    assert not len(found.results)


def test_another_type_is_the_same_thing(five: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = diff(five, told(tmp_path_factory, "type\tLeafNet\tMethod\n"))
    (row,) = found.entities
    assert [row[name] for name in ("change", "old_type", "type", "before")] == ["retyped", "Model", "Method", LEAFNET]
    assert not len(found.facts)


def test_merging_and_splitting_are_each_other_backwards(five: Graph, tmp_path_factory: pytest.TempPathFactory) -> None:
    joined = told(tmp_path_factory, "same\tLeafNet\tBirdBERT\n")
    merged, split = diff(five, joined), diff(joined, five)
    (there,), (back,) = merged.entities, split.entities
    assert (there["change"], back["change"]) == ("merged", "split")
    assert there["before"] == back["after"]
    assert there["after"] == back["before"]


def test_what_goes_into_something_that_was_there_is_merged(
    five: Graph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Even where it has most of the mentions, and so lends most to what both are now."""
    (row,) = diff(five, told(tmp_path_factory, "same\tCNN\tLeafNet\n")).entities
    assert (row["change"], row["before"], row["name"]) == ("merged", LEAFNET, "convolutional neural network")


@given(st.sets(st.sampled_from(range(len(FIVE)))), st.sets(st.sampled_from(range(len(FIVE)))))
def test_all_that_came_or_went_is_told_once(left: set[int], right: set[int]) -> None:
    old, new = graph_of(FIVE[place] for place in sorted(left)), graph_of(FIVE[place] for place in sorted(right))
    found = diff(old, new)
    before, after = (set(graph.table("entities")["iri"].to_pylist()) for graph in (old, new))
    went = [row["before"] for row in found.entities if row["change"] in {"gone", "merged", "retyped"}]
    came = [row["after"] for row in found.entities if row["change"] in {"new", "split", "retyped"}]
    moved = [row for row in found.entities if row["change"] == "renamed" and row["before"] != row["after"]]
    assert sorted([*went, *(row["before"] for row in moved)]) == sorted(before - after)
    assert sorted([*came, *(row["after"] for row in moved)]) == sorted(after - before)
    changes = found.counts()["papers"]
    assert changes.get("added", 0) - changes.get("removed", 0) == len(right) - len(left)
    facts = found.counts()["facts"]
    assert facts.get("new", 0) - facts.get("gone", 0) == len(new.edges()) - len(old.edges())


def test_a_paper_that_was_written_anew_is_changed(five: Graph) -> None:
    first = FIVE[0]
    longer = Annotated(first.id, first.title, f"{first.abstract} More.", first.year, first.entities)
    found = diff(five, graph_of([longer, *FIVE[1:]]))
    assert [(row["change"], row["id"]) for row in found.papers] == [("changed", first.id)]


def test_a_damaged_table_of_the_old_build_is_told(five: Graph, five_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(five_folder, tmp_path / "old")
    table = tmp_path / "old" / "results.parquet"
    data = table.read_bytes()
    table.write_bytes(data[:40] + bytes(200) + data[240:])
    with pytest.raises(BuildFolderError, match=r"damaged|cannot be read"):
        diff(Graph.open(tmp_path / "old"), five)
