"""Ray reads what processes of this machine read: the same bytes, and a paper that cannot be read costs only itself."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

import kg
from kg.building.raydata import Reading, read_ray
from kg.errors import KgError, MissingExtra
from kg.extract.batches import packed, unpack
from tests.building.fake import Fake


def test_a_batch_that_holds_a_bad_paper_gives_back_all_others() -> None:
    read = Fake()
    answer = Reading(read)(packed(["LeafNet", "Bad"], ["We test LeafNet.", "RAISES it."], read))
    assert answer.column("reason").null_count == len(answer) - 1
    (lost,) = (row for row in answer.to_pylist() if row["reason"])
    assert (lost["title"], lost["extraction"]) == ("Bad", None)
    assert [unpack(row["extraction"]).extractor for row in answer.to_pylist() if not row["reason"]] == [read.name]


def test_without_ray_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtra, match=r"paperkg\[ray\]"):
        list(read_ray(Fake(), [], lambda *_: None, jobs=1))


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps({"title": "A LeafNet", "abstract": "It is small."}))
    with pytest.raises(KgError, match="no engine 'spark': there are local, ray"):
        kg.build([tmp_path / "p.jsonl"], tmp_path / "out", engine="spark")


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray_builds_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs paperkg[ray]")
    lines = [{"title": f"LeafNet {n}", "abstract": f"We test LeafNet-{n} on PlantVillage."} for n in range(40)]
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, lines)))
    for engine in ("local", "ray"):
        kg.build([tmp_path / "p.jsonl"], tmp_path / engine, engine=engine, jobs=2, reader=Fake())
    ours, theirs = (
        {path.relative_to(tmp_path / engine): path.read_bytes() for path in (tmp_path / engine).rglob("*.parquet")}
        for engine in ("local", "ray")
    )
    assert ours == theirs


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_an_actor_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs paperkg[ray]")
    read = Fake(memory=str(tmp_path))
    papers = packed(["A", "B", "C"], ["We test LeafNet.", "RAISES it twice.", "KILLED once."], read)
    (tmp_path / "RAISES").touch()
    found = list(read_ray(read, [papers], lambda *_: None, jobs=2))
    assert sum(map(len, found)) == 3


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_a_paper_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="needs paperkg[ray]")
    read = Fake()
    papers = packed(["A", "B"], ["We test LeafNet.", "RAISES it."], read)
    lost: list[tuple[pa.Table, str]] = []
    found = list(read_ray(read, [papers], lambda row, reason: lost.append((row, reason)), jobs=2))
    assert sum(map(len, found)) == 1
    assert [row.column("title")[0].as_py() for row, _ in lost] == ["B"]
