"""The doctor names what was done to a folder, and finds nothing in one that is whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import kg
from kg.doctor import examine, examine_installation, installation
from kg.errors import BuildFolderError
from kg.graph import FOLDER_VERSION, SCHEMAS, Manifest, files_below, measure, read_manifest
from kg.rdf import STORE, disk_store
from tests.building.fake import Fake
from tests.corpus import FIVE
from tests.folders import contents

LINES = [json.dumps({"title": one.title, "abstract": one.abstract}) + "\n" for one in FIVE]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "papers.jsonl").write_text("".join(LINES))
    kg.build([tmp_path / "papers.jsonl"], tmp_path / "out", reader=Fake(batch=9))
    return tmp_path / "out"


def found(folder: Path) -> list[tuple[str, str]]:
    return [(Path(finding.where).name, finding.wrong) for finding in examine(folder)]


def test_a_whole_folder_is_as_it_should_be(out: Path) -> None:
    assert found(out) == []


@pytest.mark.parametrize("harm", ["cut", "flipped", "gone"])
def test_every_damaged_file_is_named(harm: str, out: Path) -> None:
    for name, data in contents(out).items():
        half = len(data) // 2
        if harm == "gone":
            (out / name).unlink()
        else:
            rest = b"" if harm == "cut" else bytes([data[half] ^ 1]) + data[half + 1 :]
            (out / name).write_bytes(data[:half] + rest)
        findings = [finding for finding in examine(out) if not finding.harmless]
        assert [Path(finding.where).name for finding in findings] == [
            "out" if name == "manifest.json" else Path(name).name
        ], name
        assert all("kg build" in finding.remedy for finding in findings)
        (out / name).write_bytes(data)
    assert found(out) == []


def test_what_is_foreign_or_unfinished_is_harmless(out: Path) -> None:
    (out / "notes.txt").write_text("mine")
    out.with_name(".out.work").mkdir()
    findings = list(examine(out))
    assert [Path(finding.where).name for finding in findings] == [".out.work", "notes.txt"]
    assert all(finding.harmless for finding in findings)


def test_the_store_of_a_server_is_not_foreign(out: Path) -> None:
    disk_store(kg.load(out))
    assert (out / STORE).is_dir()
    assert found(out) == []
    (out / STORE / "mine.txt").write_text("mine")
    assert [where for where, _ in found(out)] == ["mine.txt"]


def rewrite(out: Path, table: str, **changed: object) -> None:
    """Change the first row of a table, and the manifest, so that only its content is wrong."""
    rows = pq.read_table(out / f"{table}.parquet").to_pylist()
    rows[0] |= changed
    pq.write_table(pa.Table.from_pylist(rows, SCHEMAS[table]), out / f"{table}.parquet")
    manifest = kg.load(out).manifest
    files = measure(out, manifest.files)
    Manifest(**{name: getattr(manifest, name) for name in manifest.__struct_fields__} | {"files": files}).write(out)


@pytest.mark.parametrize(
    ("table", "changed", "wrong"),
    [
        ("mentions", {"paper": "arxiv:0"}, "are of a paper that is not there"),
        ("mentions", {"entity": "http://nowhere"}, "have for entity what is not there"),
        ("mentions", {"start": 1, "end": 3}, "do not stand in the text where they say"),
        ("relations", {"tail": "http://nowhere"}, "have for tail what is not there"),
        ("relations", {"evidence": [{"start": 5, "end": 99_999}]}, "have evidence beside the text"),
        ("entities", {"papers": 77}, "count other papers than mention them"),
    ],
)
def test_rows_that_do_not_fit_are_found(table: str, changed: dict[str, object], wrong: str, out: Path) -> None:
    rewrite(out, table, **changed)
    assert any(where == table and wrong in said for where, said in found(out))


def test_an_old_folder_can_be_read_and_is_told_from_a_new_one(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    old = {name: value for name, value in manifest.items() if name not in {"files", "recipe", "seal"}}
    (out / "manifest.json").write_text(json.dumps(old | {"folder_version": 1, "seconds": {"read": 1.0}}))
    assert len(kg.load(out).papers()) == len(FIVE)
    ((_, wrong),) = found(out)
    assert wrong == f"is of version 1, without checksums; the newest is {FOLDER_VERSION}"
    with pytest.raises(BuildFolderError, match="is not of this version"):
        kg.remove([FIVE[0].id], out, reader=Fake())
    kg.build([out.with_name("papers.jsonl")], out, reader=Fake(batch=9))
    assert (found(out), read_manifest(out).folder_version) == ([], FOLDER_VERSION)


def test_the_installation_reads_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [finding for finding in examine_installation() if not finding.harmless] == []
    monkeypatch.setattr(installation, "MODELS", {"nonsense": "nowhere"})
    assert [finding.where for finding in examine_installation() if not finding.harmless] == ["the model nonsense"]


def test_the_command(out: Path) -> None:
    def run() -> tuple[int, str]:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "doctor", str(out), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    assert run() == (0, "")
    (out / "graph.ttl").unlink()
    code, told = run()
    assert code == 4
    assert json.loads(told)["wrong"] == "is missing"
    assert files_below(out)
