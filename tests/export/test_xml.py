"""GraphML and GEXF are read back with all that was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from defusedxml.ElementTree import fromstring, parse
from hypothesis import example, given
from hypothesis import strategies as st

from kg.export import export
from kg.export.flat import networkx_for_xml, xml_text
from kg.graph import Graph, to_networkx
from kg.view import look
from tests.rdf.more import hostile, more

GRAPHS = pytest.mark.parametrize("graph", [more(), hostile()], ids=["more", "hostile"])


def edges(graph: nx.MultiDiGraph[str]) -> set[tuple[str, str, str]]:
    return {(head, data["relation"], tail) for head, tail, data in graph.edges(data=True)}


@GRAPHS
def test_graphml_comes_back(graph: Graph, tmp_path: Path) -> None:
    export(graph, "graphml", tmp_path / "g.graphml")
    flat: Any = networkx_for_xml(graph)  # the stubs do not know that edges() takes keys
    back: Any = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert dict(back.nodes(data=True)) == {node: without_empty(data) for node, data in flat.nodes(data=True)}
    expected = [
        (head, tail, number, without_empty(data)) for head, tail, number, data in flat.edges(keys=True, data=True)
    ]
    assert sorted(back.edges(keys=True, data=True), key=str) == sorted(expected, key=str)


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Networkx reads an empty text as no attribute at all."""
    return {name: value for name, value in data.items() if value != ""}


@GRAPHS
def test_gexf_comes_back(graph: Graph, tmp_path: Path) -> None:
    export(graph, "gexf", tmp_path / "g.gexf")
    flat: Any = networkx_for_xml(graph)
    back: Any = nx.read_gexf(tmp_path / "g.gexf")
    for _, data in back.nodes(data=True):
        assert set(data.pop("viz")) == {"color", "size", "position"}
    assert dict(back.nodes(data=True)) == dict(flat.nodes(data=True))
    assert edges(back) == edges(flat)
    assert len(back.edges) == len(flat.edges)
    for head, tail, data in back.edges(data=True):
        number = int(data.pop("id"))
        assert flat.edges[head, tail, number].items() <= {**data, "weight": int(data["weight"])}.items()


@GRAPHS
def test_the_flat_graph_is_the_graph(graph: Graph) -> None:
    flat, whole = networkx_for_xml(graph), to_networkx(graph)
    assert {node: data["label"] for node, data in flat.nodes(data=True)} == {
        node: xml_text(data["name"]) for node, data in whole.nodes(data=True)
    }
    assert edges(flat) == edges(whole)
    for head, tail, data in flat.edges(data=True):
        edge = whole.edges[head, tail, data["relation"]]
        assert (data["support"], data["confidence"]) == (edge["support"], edge["confidence"])
        assert data["papers"] == " ".join(xml_text(statement["paper"]) for statement in edge["evidence"])
        best = max(edge["evidence"], key=lambda statement: statement["confidence"])
        assert data["sentence"] == xml_text(" ".join(best["sentences"]))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_edge_ids_are_unique(kind: str, tmp_path: Path) -> None:
    graph = more()
    export(graph, kind, tmp_path / "g")
    ids = [element.get("id") for element in parse(tmp_path / "g").iter() if element.tag.endswith("}edge")]
    assert len(ids) == len(set(ids)) == len(graph.edges())


def test_gexf_says_how_entities_look(five: Graph, tmp_path: Path) -> None:
    export(five, "gexf", tmp_path / "g.gexf")
    viz = "{http://www.gexf.net/1.2draft/viz}"
    found = {node.get("label"): node for node in parse(tmp_path / "g.gexf").iter() if node.tag.endswith("}node")}
    spots = [tuple(node.find(f"{viz}position").attrib.values()) for node in found.values()]
    assert len(set(spots)) == len(spots) == len(five.table("entities"))
    colour = {name: node.find(f"{viz}color").get("r") for name, node in found.items()}
    assert colour["BERT"] == colour["LeafNet"] != colour["AviCorpus"]
    size = {name: float(node.find(f"{viz}size").get("value")) for name, node in found.items()}
    assert size["BERT"] > size["BirdBERT"]


def test_the_colours_are_those_of_the_pages() -> None:
    css = Path(look.__file__).with_name("static").joinpath("page.css").read_text(encoding="utf-8")
    for kind, (red, green, blue) in look.COLOURS.items():
        assert f"--{kind.lower()}: #{red:02x}{green:02x}{blue:02x};" in css


def test_gexf_has_no_date(five: Graph, tmp_path: Path) -> None:
    export(five, "gexf", tmp_path / "g.gexf")
    assert "lastmodifieddate" not in (tmp_path / "g.gexf").read_text(encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("\x00\x08\x0b\x0c\x1f\x7f\x85\u2028\ufffe\uffff]]>&<\"'\r\n\r\t")
@example("\ud800")
def test_cleaned_text_survives_xml(text: str) -> None:
    clean = xml_text(text)
    element = ET.Element("x", value=clean)
    element.text = clean
    back = fromstring(ET.tostring(element, encoding="utf-8"))
    assert (back.text or "") == back.get("value") == clean
