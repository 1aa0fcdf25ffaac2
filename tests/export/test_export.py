"""What holds for every format: equal bytes, whole files, errors in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.export import WRITERS, export
from kg.export.files import replacing
from kg.graph import Graph
from tests.corpus import FIVE, graph_of
from tests.rdf.more import hostile

FORMATS = list(WRITERS)


def content(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("kind", FORMATS)
def test_equal_graphs_give_equal_bytes_and_replace_what_was_there(
    five: Graph, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "deep" / "out"
    export(five, kind, out)
    first = content(out)
    assert all(first.values())
    monkeypatch.setattr("time.strftime", lambda *_: "1999-12-31")
    export(hostile(), kind, out)
    assert content(out) != first
    export(graph_of(reversed(FIVE)), kind, str(out))
    assert content(out) == first
    assert not list(out.parent.glob(".*partial"))


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_graph_can_be_exported(kind: str, tmp_path: Path) -> None:
    export(graph_of([]), kind, tmp_path / "out")
    assert content(tmp_path / "out")


def test_an_unknown_format_lists_what_there_is(five: Graph, tmp_path: Path) -> None:
    formats = "turtle, ntriples, nquads, jsonld, graphml, gexf, csv, neo4j, json, parquet"
    with pytest.raises(KgError, match=f"no format 'xls': there are {formats}"):
        export(five, "xls", tmp_path / "x")


@pytest.mark.parametrize(
    ("kind", "options", "message"),
    [
        ("jsonld", {"rdf12": True}, "jsonld has no option 'rdf12': formats that have it are turtle, ntriples, nquads"),
        (
            "csv",
            {"profile": "full"},
            "csv has no option 'profile': formats that have it are turtle, ntriples, nquads, jsonld",
        ),
        ("turtle", {"context": "https://e.org/"}, "turtle has no option 'context': formats that have it are jsonld"),
        ("turtle", {"graph": "x"}, "turtle has no option 'graph': formats that have it are none"),
        ("turtle", {"profile": "big"}, "no profile 'big': there are plain, standard, full"),
    ],
)
def test_what_a_format_cannot_do_is_told(
    five: Graph, kind: str, options: dict[str, object], message: str, tmp_path: Path
) -> None:
    with pytest.raises(KgError, match=message):
        export(five, kind, tmp_path / "x", **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_path_that_cannot_be_written_is_named(five: Graph, kind: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(KgError, match=r"file/out cannot be written .*choose another path"):
        export(five, kind, tmp_path / "file" / "out")
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("kind", ["turtle", "ntriples", "nquads", "jsonld", "graphml", "gexf", "json"])
def test_a_folder_is_no_file(five: Graph, kind: str, tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written"):
        export(five, kind, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("kind", ["turtle", "ntriples", "nquads", "jsonld", "graphml", "gexf", "json"])
def test_a_full_disk_is_told(five: Graph, kind: str) -> None:
    with pytest.raises(KgError, match=r"/dev/full cannot be written \(No space left"):
        export(five, kind, "/dev/full")


def test_a_writer_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as stream:
            stream.write(b"half")
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        fail()
    assert content(tmp_path) == {"graph.ttl": b"old"}
