"""Whatever was added, changed and removed, in whatever order: the folder is what one build of the same papers makes."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.building import STEPS
from kg.errors import BuildFolderError, KgError, PaperFormatError
from tests.building.fake import Fake
from tests.corpus import FIVE
from tests.folders import differing

SHARED = "Testing AlphaNet on DataOne"
POOL: list[dict[str, str]] = [
    {"title": SHARED, "id": "arXiv:2101.00001"},
    {"title": SHARED},
    {"title": SHARED, "doi": "10.1000/one"},
    {"title": SHARED, "id": "arXiv:2101.00002"},
    {"title": "BetaNet"},
    {"title": "GammaNet for DataTwo"},
]
TEXTS = (
    "We test AlphaNet on DataOne.",
    "We test AlphaNet on DataOne, where its MetricA is 91.5%. BetaNet is near.",
    "GammaNet (GN) and BetaNets are tested on DataTwo. MetricA of GammaNet is 12%.",
)


def write(paper: int, text: int) -> str:
    """Write the file of a paper, by itself so that it always stands in the same place."""
    Path(f"p{paper}.jsonl").write_text(json.dumps(POOL[paper] | {"abstract": TEXTS[text]}) + "\n")
    return f"p{paper}.jsonl"


@contextmanager
def workshop() -> Iterator[Path]:
    before = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)


@pytest.fixture(autouse=True)
def without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are made of the tables alone, and take longer than all the rest."""
    monkeypatch.setattr("kg.pipeline.STEPS", [(name, step) for name, step in STEPS if name != "pages"])


PAPERS = st.integers(0, len(POOL) - 1)
WORK = st.one_of(
    st.tuples(st.just("add"), st.lists(st.tuples(PAPERS, st.integers(0, 2)), min_size=1, max_size=3)),
    st.tuples(st.just("remove"), st.integers(0, 9)),
    st.tuples(st.just("build"), st.lists(st.tuples(PAPERS, st.integers(0, 2)), min_size=1, max_size=4)),
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(PAPERS, st.integers(0, 2)), min_size=1, max_size=4), st.lists(WORK, min_size=1, max_size=4))
def test_any_history_ends_as_one_build(first: list[tuple[int, int]], steps: list[tuple[str, object]]) -> None:
    with workshop():
        kept = {write(*one) for one in first}
        kg.build(kept, "out", reader=Fake())
        for work, what in steps:
            if work == "remove":
                _remove(what, kept)  # type: ignore[arg-type]
            else:
                files = [write(*one) for one in what]  # type: ignore[attr-defined]
                if work == "build":
                    kept = set(files)
                    kg.build(files, "out", reader=Fake())
                else:
                    kept |= set(files)
                    kg.add(files, "out", reader=Fake())
        kg.build(kept, "fresh", reader=Fake())
        assert differing(Path("out"), Path("fresh")) == []


def _remove(place: int, kept: set[str]) -> None:
    papers = kg.load("out").table("papers").to_pylist()
    paper = papers[place % len(papers)]
    if len(papers) == 1:
        with pytest.raises(PaperFormatError):
            kg.remove([paper["id"]], "out", reader=Fake())
        return
    kg.remove([paper["id"]], "out", reader=Fake())
    kept -= {source["file"] for source in paper["sources"]}


def test_what_was_merged_comes_apart_when_it_must() -> None:
    """Three records are one paper until a fourth contradicts them, and again when it is gone."""
    with workshop():
        files = [write(paper, 0) for paper in range(4)]
        kg.build(files[:3], "out", reader=Fake())
        one = kg.load("out").papers()["id"]
        grown = kg.add(files[3:], "out", reader=Fake())
        assert grown.papers()["id"] == ["arxiv:2101.00001", "arxiv:2101.00002", "doi:10.1000/one", *_title_ids(grown)]
        assert kg.remove(["arxiv:2101.00002"], "out", reader=Fake()).papers()["id"] == one == ["arxiv:2101.00001"]
        kg.build(files[:3], "fresh", reader=Fake())
        assert differing(Path("out"), Path("fresh")) == []


def _title_ids(graph: kg.Graph) -> list[str]:
    return [paper for paper in graph.papers()["id"] if paper.startswith("title:")]


def test_adding_says_what_it_changes() -> None:
    with workshop():
        kg.build([write(0, 0), write(4, 0)], "out", reader=Fake())
        run = kg.add([write(5, 2), write(4, 2)], "out", reader=Fake()).run
        assert run
        assert (run.work, run.read, run.known) == ("add", 2, 1)
        assert run.changes["papers"] == {"added": 1, "changed": 1}
        assert run.changes["entities"]["new"] > 0
        assert run.changes["facts"]["new"] > 0
        gone = kg.remove(["arxiv:2101.00001"], "out", reader=Fake()).run
        assert gone
        assert gone.changes["papers"] == {"removed": 1}
        assert kg.add([write(4, 2)], "out", reader=Fake()).run is None


def test_what_cannot_be_added_to_or_taken_from() -> None:
    with workshop() as folder:
        with pytest.raises(BuildFolderError, match="no build folder"):
            kg.add([write(0, 0)], "out", reader=Fake())
        kg.build([write(0, 0), write(4, 0)], "out", reader=Fake())
        with pytest.raises(KgError, match="no paper 'arxiv:1'"):
            kg.remove(["arxiv:1"], "out", reader=Fake())
        papers = folder / "out" / "papers.parquet"
        papers.write_bytes(papers.read_bytes()[:-1])
        with pytest.raises(BuildFolderError, match=r"papers\.parquet has .* bytes in place of"):
            kg.add([write(5, 0)], "out", reader=Fake())
        assert sorted(path.name for path in folder.iterdir()) == ["out", "p0.jsonl", "p4.jsonl", "p5.jsonl"]


def test_a_paper_is_taken_out_by_what_its_file_calls_it() -> None:
    with workshop():
        lines = [
            {"id": name, "title": title, "abstract": TEXTS[0]} for name, title in (("x", "A"), ("x", "B"), ("y", "C"))
        ]
        Path("p.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        kg.build("p.jsonl", "out", reader=Fake())
        with pytest.raises(KgError, match=r"2 papers are called 'x' in their files: give one of title:\w+, title:"):
            kg.remove("x", "out", reader=Fake())
        assert sorted(kg.remove("y", "out", reader=Fake()).papers()["title"]) == ["A", "B"]


def test_the_choices_of_the_first_build_hold() -> None:
    with workshop():
        Path("in").mkdir()
        os.chdir("in")
        names = [write(paper, 2) for paper in (4, 5)]
        Path("corrections.tsv").write_text("rename\tBetaNets\tThe Beta Network\n")
        os.chdir("..")
        kg.build([f"in/{names[0]}"], "out", kg.Config(base="http://e.org/"), reader=Fake())
        graph = kg.add([f"in/{names[1]}"], "out", reader=Fake())
        assert "The Beta Network" in graph.entities()["name"]
        assert all(iri.startswith("http://e.org/") for iri in graph.entities()["iri"])
        kg.build([f"in/{name}" for name in names], "fresh", kg.Config(base="http://e.org/"), reader=Fake())
        assert differing(Path("out"), Path("fresh")) == []


def test_a_file_is_one_however_it_is_named() -> None:
    """The record that was changed counts, even where it is the shorter one."""
    with workshop() as folder:
        for first, second in ((".", folder.resolve()), (folder.resolve(), ".")):
            name = write(4, 1)
            kg.build([Path(first, name)], "out", reader=Fake())
            write(4, 0)
            grown = kg.add([Path(second, name)], "out", reader=Fake())
            assert grown.papers()["abstract"] == [TEXTS[0]]
            assert grown.manifest.inputs == (name,)


def test_a_file_outside_is_one_however_it_is_named() -> None:
    with workshop() as folder:
        Path("in").mkdir()
        name = write(4, 1)
        os.chdir("in")
        kg.build([f"../{name}"], "out", reader=Fake())
        os.chdir("..")
        write(4, 0)
        Path(name).with_name("bad.jsonl").write_text("nonsense")
        os.chdir("in")
        grown = kg.add([folder.resolve() / name], "out", reader=Fake())
        assert grown.papers()["abstract"] == [TEXTS[0]]
        assert grown.manifest.inputs == (str(folder.resolve() / name),)


RENAMED = "rename\tBetaNets\tThe Beta Network\n"


def test_the_corrections_of_the_build_hold_wherever_it_is_added_to() -> None:
    with workshop() as folder:
        names = [str(folder / write(paper, 2)) for paper in (3, 4, 5)]
        Path("c.tsv").write_text(RENAMED)
        kg.build(names[:1], "out", kg.Config(corrections="c.tsv"), reader=Fake())
        Path("elsewhere").mkdir()
        os.chdir("elsewhere")
        Path("c.tsv").write_text("rename\tBetaNets\tWrong\n")
        assert "The Beta Network" in kg.add(names[1:2], "../out", reader=Fake()).entities()["name"]
        Path("../c.tsv").unlink()
        kg.add(names[2:], "../out", reader=Fake())
        left = kg.remove("arxiv:2101.00002", "../out", reader=Fake())
        assert left.manifest.config["corrections"] == "corrections.tsv"
        kg.build(names[1:], "fresh", kg.Config(corrections="../out/corrections.tsv"), reader=Fake())
        assert differing(Path("../out"), Path("fresh")) == []
        assert "Wrong" in kg.build(names[1:], "fresh", kg.Config(corrections="c.tsv"), reader=Fake()).entities()["name"]
        assert Path("fresh/corrections.tsv").read_text() == "rename\tBetaNets\tWrong\n"


def test_corrections_that_are_not_obeyed_are_told() -> None:
    with workshop():
        Path("in").mkdir()
        name = write(4, 2)
        Path("c.tsv").write_text(RENAMED)
        kg.build([name], "out", kg.Config(corrections="c.tsv"), reader=Fake())
        Path("in/corrections.tsv").write_text("rename\tBetaNets\tWrong\n")
        Path(write(5, 2)).rename("in/p5.jsonl")
        run = kg.add("in", "out", reader=Fake()).run
        assert run
        assert [warning.file for warning in run.warnings] == ["in/corrections.tsv"]
        assert "The Beta Network" in kg.load("out").entities()["name"]


@pytest.mark.parametrize("harm", ["older", "damaged"])
def test_corrections_that_are_lost_are_told(harm: str) -> None:
    with workshop() as folder:
        name = write(4, 2)
        Path("c.tsv").write_text(RENAMED)
        old = kg.build([name], "out", kg.Config(corrections="c.tsv"), reader=Fake()).manifest
        if harm == "damaged":
            (folder / "out" / "corrections.tsv").write_text(RENAMED.replace("Beta", "Zeta"))
        else:
            files = {name: file for name, file in old.files.items() if name != "corrections.tsv"}
            msgspec.structs.replace(old, files=files, config=old.config | {"corrections": "c.tsv"}).write(
                folder / "out"
            )
        with pytest.raises(BuildFolderError, match=r"out/corrections\.tsv is .*; build the folder again"):
            kg.add([write(5, 2)], "out", reader=Fake())


def test_corrections_that_match_nothing_are_told() -> None:
    with workshop():
        Path("c.tsv").write_text("# mine\nsame\tNopeXYZ\tBetaNet\ntype\tBetaNet\tMethod\ntype\tBirNet\tMethod\n")
        run = kg.build([write(4, 2)], "out", kg.Config(corrections="c.tsv"), reader=Fake()).run
        assert run
        assert [(warning.file, warning.record) for warning in run.warnings] == [("c.tsv", 2), ("c.tsv", 4)]
        assert "no paper speaks of 'NopeXYZ'" in str(run.warnings[0])
        grown = kg.add(write(5, 2), "out", reader=Fake()).run
        assert grown
        assert grown.warnings == ()


def test_the_shipped_extractor_grows_a_graph_as_it_builds_one() -> None:
    with workshop():
        for place, one in enumerate(FIVE):
            Path(f"{place}.jsonl").write_text(json.dumps({"title": one.title, "abstract": one.abstract}) + "\n")
        kg.build(["0.jsonl", "1.jsonl"], "out")
        kg.add([f"{place}.jsonl" for place in (2, 3, 4)], "out")
        kg.remove([kg.load("out").papers()["id"][0]], "out")
        gone = kg.load("out").manifest.inputs
        kg.build(gone, "fresh")
        assert differing(Path("out"), Path("fresh")) == []
