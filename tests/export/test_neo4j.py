"""The files of an import into Neo4j: every relationship has its ends, and nothing is lost of facts and results."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from kg.export import export
from kg.graph import Graph
from tests.rdf.more import hostile, more

NODES, LINKS = ("entities", "papers", "results"), ("facts", "mentions", "figures")


@pytest.fixture(params=[more, hostile], ids=["more", "hostile"])
def exported(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Graph, dict[str, list[dict[str, str]]]]:
    graph: Graph = request.param()
    export(graph, "neo4j", tmp_path)
    files = {}
    for name in (*NODES, *LINKS):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            files[name] = list(csv.DictReader(file))
    return graph, files


def test_ids_are_unique_and_every_end_is_there(exported: tuple[Graph, dict[str, list[dict[str, str]]]]) -> None:
    _, files = exported
    ids = [row[":ID"] for name in NODES for row in files[name]]
    assert len(ids) == len(set(ids))
    assert {row[end] for name in LINKS for row in files[name] for end in (":START_ID", ":END_ID")} <= set(ids)
    assert all(re.fullmatch(r"\w+", row[":TYPE"]) for name in LINKS for row in files[name])


def test_nothing_is_lost(exported: tuple[Graph, dict[str, list[dict[str, str]]]]) -> None:
    graph, files = exported
    facts = {(row[":START_ID"], row[":TYPE"], row[":END_ID"]): row for row in files["facts"]}
    for edge in graph.edges():
        row = facts.pop((edge["head"], edge["relation"], edge["tail"]))
        assert (int(row["support:int"]), float(row["confidence:double"])) == (edge["support"], edge["confidence"])
        assert len(row["papers:string[]"].split("\t")) == edge["support"]
    assert not facts
    for entity, row in zip(graph.table("entities").to_pylist(), files["entities"], strict=True):
        assert row[":LABEL"].split("\t") == [entity["type"], "Entity"]
        assert len(row["aliases:string[]"].split("\t")) == len(entity["aliases"])
    roles = sum(
        row[role] is not None for row in graph.results() for role in ("subject", "metric", "dataset", "baseline")
    )
    assert len(files["figures"]) == roles + len(graph.results())
    assert sum(int(row["times:int"]) for row in files["mentions"]) == len(graph.table("mentions"))


def test_no_value_holds_what_parts_values(exported: tuple[Graph, dict[str, list[dict[str, str]]]]) -> None:
    _, files = exported
    texts = [row[name] for row in files["entities"] for name in ("name",)] + [row["sentence"] for row in files["facts"]]
    assert not [text for text in texts if re.search(r"[\t\r\n]", text)]


def test_the_guide_names_every_file(tmp_path: Path) -> None:
    export(more(), "neo4j", tmp_path)
    guide = (tmp_path / "import.cypher").read_text()
    assert [name for name in (*NODES, *LINKS) if f"={name}.csv" not in guide] == []
    assert "--array-delimiter=TAB" in guide
