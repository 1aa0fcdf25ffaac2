"""Workers that die, hang or raise lose nothing but the paper that makes them, and not that if it was an accident."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from kg.errors import KgError
from kg.extract.batches import PAPERS, unpack
from kg.extract.workers import Patience, read_here, read_parallel
from tests.building.fake import Fake

QUICK = Patience(start=5, each=0)


def batches(*texts: str, size: int = 2) -> list[pa.Table]:
    rows = [{"key": n.to_bytes(32, "big"), "title": f"T{n}", "abstract": text} for n, text in enumerate(texts)]
    return [pa.Table.from_pylist(rows[at : at + size], PAPERS) for at in range(0, len(rows), size)]


def numbers(tables: list[pa.Table]) -> list[int]:
    return sorted(int.from_bytes(key.as_py(), "big") for table in tables for key in table.column("key"))


def test_all_is_read_whatever_the_number_of_processes() -> None:
    given = batches(*(f"We test M{n} on D{n}." for n in range(9)))
    here = list(read_here(Fake(), given, lambda *_: None))
    there = list(read_parallel(Fake(), given, lambda *_: None, jobs=2))
    assert numbers(here) == numbers(there) == list(range(9))
    assert sorted(pa.concat_tables(here).to_pylist(), key=str) == sorted(pa.concat_tables(there).to_pylist(), key=str)
    assert unpack(here[0].column("extraction")[0].as_py()).relations


@pytest.mark.parametrize("word", ["KILLED", "HANGS", "RAISES"])
def test_what_happens_once_loses_nothing(word: str, tmp_path: Path) -> None:
    lost: list[str] = []
    given = batches("One.", f"Two {word}.", "Three.", "Four.", "Five.")
    found = read_parallel(Fake(memory=str(tmp_path)), given, lambda _, why: lost.append(why), jobs=2, patience=QUICK)
    assert numbers(list(found)) == [0, 1, 2, 3, 4]
    assert lost == []


@pytest.mark.parametrize(
    ("word", "reason"),
    [("KILLED", "its process died"), ("HANGS", "its process hung"), ("RAISES", "ValueError: a word")],
)
def test_a_paper_that_does_it_every_time_is_found_and_the_others_read(word: str, reason: str) -> None:
    lost: list[tuple[str, str]] = []
    given = batches("One.", f"Two {word}.", "Three.", "Four.", "Five.")

    def failed(row: pa.Table, why: str) -> None:
        lost.append((row.column("title")[0].as_py(), why))

    found = list(read_parallel(Fake(), given, failed, jobs=2, patience=Patience(start=2, each=0)))
    assert numbers(found) == [0, 2, 3, 4]
    ((title, why),) = lost
    assert title == "T1"
    assert why.startswith(reason)


def test_when_paper_after_paper_fails_it_is_not_the_papers() -> None:
    with pytest.raises(KgError, match="paper after paper"):
        list(read_here(Fake(), batches(*["RAISES"] * 50), lambda *_: None))


def test_processes_that_do_not_start_are_told_of() -> None:
    class Unknown(Fake, frozen=True):
        """Not to be found by a process that is sent one."""

    Unknown.__qualname__ = "nowhere"
    with pytest.raises(Exception, match="nowhere"):
        list(read_parallel(Unknown(), batches("One.", "Two.", "Three."), lambda *_: None, jobs=2))
