"""SQL over tables: the same rows from files as from memory, only what is asked for is read, damage is named."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import BuildFolderError
from kg.graph import SCHEMAS, Graph, write_tables
from tests.corpus import FIVE
from tests.rdf.more import hostile

QUERIES = [
    *(f"FROM {name}" for name in SCHEMAS),
    "SELECT entity, list(DISTINCT paper ORDER BY paper) AS papers FROM mentions GROUP BY entity ORDER BY entity",
    "SELECT name, title FROM entities, papers WHERE entities.papers > 1 ORDER BY name, title",
    "SELECT unnest(evidence) AS span, head FROM relations ORDER BY ALL",
]


def saved(graph: Graph, folder: Path) -> Graph:
    folder.mkdir(parents=True, exist_ok=True)
    write_tables({name: graph.table(name) for name in SCHEMAS}, folder)
    graph.manifest.write(folder)
    return Graph.open(folder)


@pytest.mark.parametrize("query", QUERIES)
def test_memory_and_disk_give_the_same_rows(query: str, tmp_path: Path) -> None:
    graph = hostile()
    rows = graph.sql(query).arrow
    assert saved(graph, tmp_path).sql(query).arrow.equals(rows)
    assert rows.num_rows or "inferred" in query


def test_rows_of_many_groups_come_in_their_order(five: Graph, tmp_path: Path) -> None:
    saved(five, tmp_path)
    pq.write_table(five.table("mentions"), tmp_path / "mentions.parquet", row_group_size=2)
    assert Graph.open(tmp_path).sql("SELECT * FROM mentions").arrow.equals(five.table("mentions"))


def test_a_query_reads_no_other_table(five: Graph, tmp_path: Path) -> None:
    saved(five, tmp_path)
    for name in SCHEMAS.keys() - {"entities"}:
        (tmp_path / f"{name}.parquet").unlink()
    graph = Graph.open(tmp_path)
    assert graph.find("BERT")["name"] == ["BERT", "BirdBERT"]
    with pytest.raises(BuildFolderError, match=r"papers\.parquet cannot be read"):
        graph.texts([FIVE[0].id])


@pytest.mark.parametrize("name", ["a*b", "a?b", "[ab]", "o'brien", "%20 ü", "{a,b}"])
def test_a_folder_may_be_called_anything(name: str, five: Graph, tmp_path: Path) -> None:
    for other in ("aab", "a", "b"):
        saved(five, tmp_path / other)
    assert len(saved(five, tmp_path / name).sql("SELECT * FROM papers")) == len(FIVE)


def test_damage_is_told_from_a_wrong_query(five: Graph, tmp_path: Path) -> None:
    saved(five, tmp_path)
    whole = (tmp_path / "papers.parquet").read_bytes()
    refused = 0
    for seed in range(60):
        chance = random.Random(seed)
        place = chance.randrange(4, len(whole) - 24)
        (tmp_path / "papers.parquet").write_bytes(whole[:place] + chance.randbytes(20) + whole[place + 20 :])
        try:
            Graph.open(tmp_path).sql("SELECT * FROM papers")
        except BuildFolderError as error:
            refused += "build the folder again" in str(error)
    assert refused
    (tmp_path / "papers.parquet").write_bytes(whole)
    with pytest.raises(duckdb.Error, match="nonsense"):
        Graph.open(tmp_path).sql("SELECT nonsense FROM papers")


def test_threads_share_a_graph(five_folder: Path) -> None:
    graph = Graph.open(five_folder)
    queries = [query for query in QUERIES for _ in range(8)]
    alone = [graph.sql(query).arrow for query in queries]
    fresh = Graph.open(five_folder)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: fresh.sql(query).arrow, queries))
    assert all(map(pa.Table.equals, alone, together))


def test_texts_are_those_asked_for(five: Graph, five_folder: Path) -> None:
    wanted = [FIVE[3].id, FIVE[0].id, FIVE[3].id, "arxiv:0000.00000"]
    texts = {FIVE[place].id: FIVE[place].paper.text for place in (0, 3)}
    assert five.texts(wanted) == Graph.open(five_folder).texts(wanted) == texts
    assert five.texts([]) == {}


def test_a_query_may_bring_tables_of_its_own(five: Graph, tmp_path: Path) -> None:
    chosen = pa.table({"id": [FIVE[0].id], "rank": [7]})
    query = "SELECT title, rank FROM papers JOIN chosen USING (id)"
    for graph in (five, saved(five, tmp_path)):
        assert list(graph.sql(query, chosen=chosen)) == [{"title": FIVE[0].title, "rank": 7}]
        with pytest.raises(duckdb.CatalogException, match="chosen"):
            graph.sql(query)
