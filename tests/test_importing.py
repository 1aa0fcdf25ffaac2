"""A folder made of an export is the folder that was exported."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import BuildFolderError
from kg.graph import SCHEMAS, write_tables
from tests.rdf.more import rich
from tests.test_cli import run


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tables, and beside it exports of it."""
    folder = tmp_path_factory.mktemp("exported")
    graph = rich()
    (folder / "build").mkdir()
    write_tables({name: graph.table(name) for name in SCHEMAS}, folder / "build")
    graph.manifest.write(folder / "build")
    opened = kg.load(folder / "build")
    opened.export("nquads", folder / "graph.nq.gz", profile="full")
    opened.export("turtle", folder / "graph.ttl")
    return folder


def test_the_tables_are_the_same_files(exported: Path, tmp_path: Path) -> None:
    done = run("import", exported / "graph.nq.gz", "-o", tmp_path / "out")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    for name in SCHEMAS:
        there, here = (folder / f"{name}.parquet" for folder in (exported / "build", tmp_path / "out"))
        assert there.read_bytes() == here.read_bytes(), name
    graph = kg.load(tmp_path / "out")
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == (exported / "graph.ttl").read_bytes()
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"explorer.html", "report.html", "manifest.json", "history.jsonl"} <= written
    assert graph.manifest.paperkg == kg.__version__
    assert graph.export("nquads", tmp_path / "again.nq.gz", profile="full").read_bytes() == (
        (exported / "graph.nq.gz").read_bytes()
    )


def test_half_a_graph_is_refused_and_the_old_folder_stands(exported: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildFolderError, match="--profile full"):
        kg.import_rdf(exported / "graph.ttl", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
    done = run("import", exported / "none.ttl", "-o", tmp_path / "out")
    assert done.returncode == BuildFolderError.exit_code
    assert "none.ttl cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
