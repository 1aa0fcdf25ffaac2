from __future__ import annotations

import io

import pytest

from kg.papers import lines as module
from kg.papers.lines import lines, text_lines
from kg.papers.opening import Opened


def test_an_overlong_line_is_skipped_and_the_next_keeps_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LINE", 4)
    monkeypatch.setattr(module, "_CHUNK", 3)
    stream = io.BufferedReader(io.BytesIO(b"one\n" + b"x" * 20 + b"\ntwo\nxxxxxxxx"))
    assert list(lines(stream)) == [(1, b"one\n"), (2, None), (3, b"two\n"), (4, None)]


def test_stray_bytes_are_carried_to_the_judge() -> None:
    skipped: list[int] = []
    found = list(text_lines(Opened("a", io.BufferedReader(io.BytesIO(b"caf\xe9\n")), b""), skipped))
    assert (found, skipped) == ([(1, "caf\udce9\n")], [])
