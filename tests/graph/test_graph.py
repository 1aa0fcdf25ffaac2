from __future__ import annotations

import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildFolderError, KgError, MissingExtra
from kg.graph import SCHEMAS, Graph, assemble, from_networkx, simplified, to_igraph, to_networkx, write_tables, writing
from kg.graph.rows import number
from kg.resolve import resolve
from tests.corpus import FIVE, Annotated


def tables_equal(left: Graph, right: Graph) -> bool:
    return all(left.table(name).equals(right.table(name)) for name in SCHEMAS)


def test_a_folder_gives_back_its_tables(five: Graph, five_folder: Path) -> None:
    assert tables_equal(Graph.open(five_folder), five)


def test_a_graph_says_what_it_holds_without_reading_it(five: Graph, tmp_path: Path) -> None:
    five.manifest.write(tmp_path)
    held = (
        f"5 papers, {len(five.entities())} entities, {len(five.relations())} relations, {len(five.results())} results"
    )
    assert repr(five) == f"<kg.Graph in memory: {held}>"
    assert repr(Graph.open(tmp_path)) == f"<kg.Graph {str(tmp_path)!r}: {held}>"


@given(st.permutations(FIVE))
def test_order_of_papers_changes_no_byte_of_a_table(shuffled: list[Annotated]) -> None:
    def tables(papers: list[Annotated]) -> object:
        read = [one.extraction for one in papers]
        return assemble([one.paper for one in papers], read, resolve(read))

    assert tables(shuffled) == tables(FIVE)


def test_equal_tables_give_equal_files(five: Graph, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_tables({table: five.table(table) for table in SCHEMAS}, tmp_path / name)
    for table in SCHEMAS:
        assert (tmp_path / "a" / f"{table}.parquet").read_bytes() == (tmp_path / "b" / f"{table}.parquet").read_bytes()


def test_every_mention_slices_to_its_surface(five: Graph) -> None:
    for row in five.sql("SELECT * FROM mentions ORDER BY paper, start"):
        assert five.passage(row["paper"], row["start"], row["end"]) == row["surface"]


def test_everything_refers_to_something(five: Graph) -> None:
    iris, papers = set(five.entities()["iri"]), set(five.papers()["id"])
    for row in five.relations():
        assert {row["head"], row["tail"]} <= iris
        assert row["paper"] in papers
    for row in five.results():
        assert {row["subject"], row["metric"]} <= iris


def test_networkx_there_and_back(five: Graph) -> None:
    assert tables_equal(from_networkx(to_networkx(five, everything=True)), five)


def test_a_part_is_what_was_chosen(five: Graph) -> None:
    part = to_networkx(five, types=["Model", "Dataset"], relations=["evaluatedOn", "trainedOn"])
    assert {data["type"] for _, data in part.nodes(data=True)} == {"Model", "Dataset"}
    assert {relation for *_, relation in part.edges(keys=True)} == {"evaluatedOn", "trainedOn"}
    assert not to_networkx(five, min_confidence=0.99).edges
    often = {(head, tail, relation) for head, tail, relation in to_networkx(five, min_support=2).edges(keys=True)}
    assert often == {(row["head"], row["tail"], row["relation"]) for row in five.edges() if row["support"] > 1}
    with pytest.raises(KgError, match="no type 'Person'"):
        to_networkx(five, types=["Person"])  # type: ignore[list-item]
    with pytest.raises(KgError, match="the whole graph"):
        to_networkx(five, everything=True, min_support=2)


def test_a_simple_graph_loses_no_support(five: Graph) -> None:
    whole = to_networkx(five)
    simple = simplified(whole)
    assert set(simple.edges) == {(head, tail) for head, tail, _ in whole.edges}
    for name in ("support", "weight"):
        sums = [sum(data[name] for *_, data in projected.edges(data=True)) for projected in (simple, whole)]
        assert sums[0] == pytest.approx(sums[1])
    assert nx.pagerank(simple)


def test_igraph_is_a_users_own(five: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(MissingExtra, match="pip install igraph"):
        to_igraph(five)


def test_networkx_edges_carry_their_sentences(five: Graph) -> None:
    projected = to_networkx(five)
    base = "https://w3id.org/paperkg/"
    edge = projected.edges[f"{base}method/window-attention", f"{base}model/leafnet", "partOf"]
    assert edge["support"] == 2
    assert {statement["paper"] for statement in edge["evidence"]} == {"arxiv:2101.00001", "arxiv:2202.00002"}
    assert all("window attention" in statement["sentences"][0] for statement in edge["evidence"])
    assert nx.number_of_isolates(projected) < len(projected)


def test_what_refers_to_a_node_that_was_taken_out_goes_with_it(five: Graph) -> None:
    whole = to_networkx(five, everything=True)
    gone = {five.find("LeafNet")["iri"][0], five.find("SongBench")["iri"][0], FIVE[3].id}
    whole.remove_nodes_from(gone)
    left = from_networkx(whole)
    assert left.manifest.counts["entities"] == left.table("entities").num_rows == five.table("entities").num_rows - 2
    for name in ("mentions", "relations", "results", "inferred", "papers"):
        assert not gone & {
            cell for row in left.table(name).to_pylist() for cell in row.values() if isinstance(cell, str)
        }
    assert [row["dataset"] for row in left.table("results").to_pylist() if row["value"] == "3.1"] == [None]
    assert left.manifest.counts["results"] == left.table("results").num_rows < five.table("results").num_rows


def test_half_a_projection_is_refused(five: Graph) -> None:
    with pytest.raises(KgError, match="everything=True"):
        from_networkx(to_networkx(five))


def test_find_prefers_exact_names(five: Graph) -> None:
    assert five.find("bert")["name"] == ["BERT", "BirdBERT"]
    assert five.find("ViTs")["name"] == ["Vision Transformer"]
    assert len(five.find("%")) == 0


def test_entities_by_type(five: Graph) -> None:
    assert set(five.entities("Dataset")["type"]) == {"Dataset"}
    with pytest.raises(KgError, match="no type 'Nothing': there are Task"):
        five.entities("Nothing")


def test_frames_print_and_travel(five: Graph) -> None:
    import pyarrow as pa

    frame = five.entities()
    assert "BERT" in repr(frame)
    assert "<table>" in frame._repr_html_()
    assert pa.table(frame).num_rows == len(frame)  # through the Arrow stream interface


def test_frames_escape_in_notebooks() -> None:
    import pyarrow as pa

    from kg.graph import Frame

    assert "<script>" not in Frame(pa.table({"<b>": ["<script>"]}))._repr_html_()


def test_numbers() -> None:
    assert number("1,234,567.8") == 1234567.8
    assert number("87,5") == 87.5
    assert number("..") is None


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BuildFolderError, match=r"no manifest\.json"):
        Graph.open(tmp_path)


def test_damage_is_named(five: Graph, five_folder: Path, tmp_path: Path) -> None:
    for path in five_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "entities.parquet").write_bytes(b"PAR1 nonsense PAR1")
    with pytest.raises(BuildFolderError, match=r"entities\.parquet"):
        Graph.open(tmp_path).entities()
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BuildFolderError, match=r"manifest\.json"):
        Graph.open(tmp_path)


def test_a_folder_of_another_version_is_refused(five_folder: Path, tmp_path: Path) -> None:
    text = (five_folder / "manifest.json").read_text()
    (tmp_path / "manifest.json").write_text(text.replace('"folder_version": 1', '"folder_version": 999'))
    with pytest.raises(BuildFolderError, match="999"):
        Graph.open(tmp_path)


def test_no_such_table(five: Graph) -> None:
    with pytest.raises(BuildFolderError, match="mentions"):
        five.table("nonsense")


def test_rows_sorted_in_memory_and_by_the_database_are_in_one_order(
    five: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_ROWS", 2)
    again = assemble(
        [one.paper for one in FIVE], [one.extraction for one in FIVE], resolve([o.extraction for o in FIVE])
    )
    assert all(again[name].equals(five.table(name)) for name in SCHEMAS)
