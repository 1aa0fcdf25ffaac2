"""What was read is found again, and lies where its content says, whatever came before."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pytest

from kg.building import cache as cache_module
from kg.building.cache import cached, write_cache
from kg.building.shards import keys_of, sound_shards, write_shard
from kg.extract.batches import EXTRACTIONS
from kg.graph import Manifest, files_below, measure
from kg.iris import BASE
from kg.scratch import Scratch


def shard(numbers: range) -> pa.Table:
    rows = [{"key": sha256(bytes([n])).digest(), "extraction": b"read " + bytes([n])} for n in numbers]
    return pa.Table.from_pylist(rows, EXTRACTIONS)


def keys(numbers: range) -> list[bytes]:
    return [sha256(bytes([n])).digest() for n in numbers]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_FULL", 4)


def lay_out(folder: Path, wanted: range, old: Path | None, new: range) -> dict[str, bytes]:
    for name in ("shards", "scratch", "stage"):
        (folder / name).mkdir(parents=True)
    write_shard(shard(new), folder / "shards")
    manifest = Manifest(2, "", "", BASE, (), {}, {}, measure(old, files_below(old))) if old else None
    known = cached(old, manifest) if old and manifest else {}
    room = Scratch(folder / "scratch")
    files = write_cache(keys(wanted), known, sound_shards(folder / "shards"), folder / "stage", room)
    return {path.name: path.read_bytes() for path in files}


def test_the_layout_follows_from_what_is_kept(tmp_path: Path) -> None:
    grown = lay_out(tmp_path / "a", range(60), None, range(60))
    assert len(grown) == 16
    fresh = lay_out(tmp_path / "b", range(40), None, range(40))
    assert lay_out(tmp_path / "c", range(40), tmp_path / "a" / "stage", range(0)) == fresh
    assert lay_out(tmp_path / "d", range(60), tmp_path / "b" / "stage", range(40, 60)) == grown
    assert list(lay_out(tmp_path / "e", range(3), tmp_path / "b" / "stage", range(0))) == ["all.parquet"]


def test_a_file_that_stays_as_it_is_is_not_written_again(tmp_path: Path) -> None:
    lay_out(tmp_path / "a", range(60), None, range(60))
    lay_out(tmp_path / "b", range(61), tmp_path / "a" / "stage", range(60, 61))
    before, after = ({p.name: p.stat().st_ino for p in (tmp_path / w).rglob("stage/**/*.parquet")} for w in "ab")
    assert sum(before[name] != after[name] for name in before) == 1


def test_a_damaged_file_is_left_out(tmp_path: Path) -> None:
    lay_out(tmp_path / "a", range(60), None, range(60))
    stage = tmp_path / "a" / "stage"
    manifest = Manifest(2, "", "", BASE, (), {}, {}, measure(stage, files_below(stage)))
    damaged = sorted(stage.rglob("*.parquet"))[3]
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    assert set(cached(stage, manifest)) == {path.name for path in stage.rglob("*.parquet")} - {damaged.name}


def test_what_was_not_read_is_not_there(tmp_path: Path) -> None:
    files = lay_out(tmp_path, range(9), None, range(3))
    assert len(keys_of((tmp_path / "stage").rglob("*.parquet"))) == 3
    assert files


@pytest.mark.parametrize("harm", ["cut", "flipped", "unfinished"])
def test_only_sound_shards_are_used(harm: str, tmp_path: Path) -> None:
    good, bad = write_shard(shard(range(3)), tmp_path), write_shard(shard(range(3, 6)), tmp_path)
    data = bytearray(bad.read_bytes())
    if harm == "flipped":
        data[50] ^= 4
    bad.write_bytes(data[:-9] if harm == "cut" else data)
    if harm == "unfinished":
        bad.rename(bad.with_suffix(".part"))
    assert sound_shards(tmp_path) == [good]
    assert list(tmp_path.iterdir()) == [good]
