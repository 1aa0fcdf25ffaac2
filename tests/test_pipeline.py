from __future__ import annotations

import json
import shutil
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.building import STEPS
from kg.errors import BuildFolderError, PaperFormatError
from kg.graph import SCHEMAS, read_history
from tests.corpus import FIVE
from tests.folders import contents, differing

LINES = [json.dumps({"title": one.title, "abstract": one.abstract, "year": one.year}) + "\n" for one in FIVE]
WRITTEN = {f"{name}.parquet" for name in SCHEMAS} | {
    "graph.ttl",
    "dataset.ttl",
    "croissant.json",
    "graph.html",
    "explorer.html",
    "report.html",
    "manifest.json",
    "history.jsonl",
    "cache",
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "papers.jsonl"
    path.parent.mkdir()
    path.write_text("".join(LINES))
    return path


def test_a_build_is_whole_and_says_what_it_holds(corpus: Path, tmp_path: Path) -> None:
    graph = kg.build([corpus], tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == WRITTEN
    counts = graph.manifest.counts
    assert counts["entries"] == counts["papers"] == len(FIVE)
    assert counts["entities"] == len(graph.entities()) > 0
    assert graph.manifest.inputs == (str(corpus),)
    assert set(graph.manifest.files) == set(contents(tmp_path / "out")) - {"manifest.json"}
    (run,) = read_history(tmp_path / "out")
    assert list(run.seconds) == [name for name, _ in STEPS]
    assert (graph.run, run.read, run.known, run.changes) == (run, len(FIVE), 0, {})


def test_the_same_papers_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of the files, with a cache or without, here or there."""
    for place, order in (("a", (0, 1)), ("b", (1, 0))):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        for part in (0, 1):
            Path(f"{part}.jsonl").write_text("".join(LINES[part::2]))
        kg.build([f"{part}.jsonl" for part in order], "out")
    monkeypatch.chdir(tmp_path / "a")
    shutil.copytree("out", "first")
    kg.build(["0.jsonl", "1.jsonl"], "out")
    for other in ("b/out", "a/out"):
        assert differing(tmp_path / "a/first", tmp_path / other) == []


def test_only_new_papers_are_read_again(corpus: Path, tmp_path: Path) -> None:
    kg.build([corpus], tmp_path / "out")
    corpus.write_text("".join(LINES) + json.dumps({"title": "A sixth", "abstract": "We use BERT."}) + "\n")
    graph = kg.build([corpus], tmp_path / "out")
    assert graph.manifest.counts["papers"] == len(FIVE) + 1
    assert graph.run
    assert (graph.run.read, graph.run.known, graph.run.changes["papers"]) == (1, len(FIVE), {"added": 1})


def test_a_build_of_the_same_papers_writes_nothing(corpus: Path, tmp_path: Path) -> None:
    kg.build([corpus], tmp_path / "out")
    before = (tmp_path / "out").stat().st_ino
    graph = kg.build([corpus], tmp_path / "out")
    assert graph.run is None
    assert (tmp_path / "out").stat().st_ino == before
    assert kg.build([corpus], tmp_path / "out", kg.Config(page_nodes=3)).run


def test_a_failed_build_leaves_the_old_one(corpus: Path, tmp_path: Path) -> None:
    kg.build([corpus], tmp_path / "out")
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    corpus.write_text("{}\n")
    with pytest.raises(PaperFormatError):
        kg.build([corpus], tmp_path / "out")
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


def test_bad_records_are_counted_and_the_good_ones_built(corpus: Path, tmp_path: Path) -> None:
    corpus.write_text("".join(LINES) + '{"title": "No text", "abstract": null}\nnonsense\n')
    graph = kg.build([corpus], tmp_path / "out")
    assert graph.manifest.counts["papers"] == len(FIVE)
    assert [problem.record for problem in graph.manifest.skipped] == [6, 7]
    with pytest.raises(PaperFormatError, match="6"):
        kg.build([corpus], tmp_path / "strict", kg.Config(strict=True))


def test_load_opens_what_build_wrote(corpus: Path, tmp_path: Path) -> None:
    built = kg.build([corpus], tmp_path / "out")
    loaded = kg.load(tmp_path / "out")
    assert all(loaded.table(name).equals(built.table(name)) for name in SCHEMAS)
    with pytest.raises(BuildFolderError):
        kg.load(tmp_path / "in")


def test_the_doors_of_a_graph(corpus: Path, tmp_path: Path) -> None:
    graph = kg.build([corpus], tmp_path / "out")
    projected = graph.to_networkx()
    assert isinstance(projected, nx.MultiDiGraph)
    again = kg.Graph.from_networkx(graph.to_networkx(everything=True))
    assert again.table("mentions").equals(graph.table("mentions"))
    assert len(graph.query("SELECT ?p WHERE { ?p a <https://w3id.org/paperkg/ontology#Paper> }")) == len(FIVE)
    assert graph.export("graphml", tmp_path / "g.graphml").stat().st_size > 0
    assert graph.view("LeafNet", hops=1).save(tmp_path / "v.html").stat().st_size > 0
    assert graph.explore(tmp_path / "e.html").stat().st_size > 0


def test_the_least_confidence_cuts_and_is_not_mixed_up_with_another(corpus: Path, tmp_path: Path) -> None:
    usual = kg.build([corpus], tmp_path / "out").manifest.counts["mentions"]
    strict = kg.build([corpus], tmp_path / "out", kg.Config(min_confidence=0.9))
    assert 0 < strict.manifest.counts["mentions"] < usual
    assert min(strict.table("mentions").column("confidence").to_pylist()) >= 0.9


def test_the_least_confidence_of_a_type_cuts_what_hangs_on_it(corpus: Path, tmp_path: Path) -> None:
    graph = kg.build([corpus], tmp_path / "out")
    usual = {name: graph.table(name) for name in ("mentions", "relations")}
    strict = kg.build([corpus], tmp_path / "out", kg.Config(min_confidence={"Model": 1, "usedFor": 1}))
    assert strict.manifest.config["min_confidence"] == {"Model": 1, "usedFor": 1}
    assert {row["confidence"] for row in strict.table("mentions").to_pylist() if row["type"] == "Model"} <= {1.0}
    assert strict.table("mentions").num_rows < usual["mentions"].num_rows
    again = kg.build([corpus], tmp_path / "out")
    assert again.table("relations").equals(usual["relations"]), "the cache holds what was read, not what was kept"


def test_the_base_of_iris_can_be_chosen(corpus: Path, tmp_path: Path) -> None:
    graph = kg.build([corpus], tmp_path / "out", kg.Config(base="http://example.org/kg/"))
    assert all(iri.startswith("http://example.org/kg/") for iri in graph.entities()["iri"])
