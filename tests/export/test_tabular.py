"""CSV, Parquet and JSON are read back; no cell is a formula."""

from __future__ import annotations

import csv
import json
from io import TextIOWrapper
from pathlib import Path
from zipfile import ZipFile

import networkx as nx
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.export import export
from kg.export.flat import edges, nodes
from kg.export.tabular import harmless
from kg.graph import Graph
from tests.rdf.more import hostile, more

GRAPHS = pytest.mark.parametrize("graph", [more(), hostile()], ids=["more", "hostile"])


def safe(row: dict[str, object]) -> dict[str, str]:
    return {name: harmless(value) if isinstance(value, str) else str(value) for name, value in row.items()}


@GRAPHS
def test_csv_comes_back(graph: Graph, tmp_path: Path) -> None:
    export(graph, "csv", tmp_path / "csv")
    for name, rows in (("nodes", nodes), ("edges", edges)):
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file)) == [safe(row) for row in rows(graph)]


@GRAPHS
def test_a_zip_has_the_same_files(graph: Graph, tmp_path: Path) -> None:
    export(graph, "csv", tmp_path / "csv")
    export(graph, "csv", tmp_path / "graph.ZIP")
    with ZipFile(tmp_path / "graph.ZIP") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["nodes.csv", "edges.csv"]
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "csv" / name).read_bytes()
        with archive.open("edges.csv") as file:
            assert len(list(csv.reader(TextIOWrapper(file, "utf-8", newline="")))) == len(graph.edges()) + 1


def test_no_cell_of_a_hostile_graph_is_a_formula(tmp_path: Path) -> None:
    export(hostile(), "csv", tmp_path)
    cells = []
    for name in ("nodes.csv", "edges.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            cells += [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert {"'=HYPERLINK('http://e.org')", "'@SUM(A1)", "'-1+1", "'+cmd"} <= set(cells)


@given(st.text())
def test_harmless_text_starts_with_no_sign(text: str) -> None:
    made = harmless(text)
    assert made in {text, f"'{text}"}
    assert not made.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))
    assert made[:1] not in {"\t", "\r", "\n"}


@GRAPHS
def test_parquet_comes_back(graph: Graph, tmp_path: Path) -> None:
    export(graph, "parquet", tmp_path)
    assert pq.read_table(tmp_path / "nodes.parquet").to_pylist() == list(nodes(graph))
    assert pq.read_table(tmp_path / "edges.parquet").to_pylist() == list(edges(graph))


@GRAPHS
def test_json_is_node_link(graph: Graph, tmp_path: Path) -> None:
    export(graph, "json", tmp_path / "g.json")
    back = nx.node_link_graph(json.loads((tmp_path / "g.json").read_bytes()), edges="edges")
    assert isinstance(back, nx.MultiDiGraph)
    assert [{"id": node, **data} for node, data in back.nodes(data=True)] == list(nodes(graph))
    found = sorted(
        ({"source": head, "target": tail, **data} for head, tail, data in back.edges(data=True)),
        key=lambda edge: (edge["source"], edge["target"], edge["relation"]),
    )
    assert found == list(edges(graph))
    assert len((tmp_path / "g.json").read_text(encoding="utf-8").split("\n")) > len(back)
