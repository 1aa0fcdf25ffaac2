from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
import zstandard

from kg.errors import PaperFormatError
from kg.papers import opening
from kg.papers.opening import opened

TEXT = b'{"title": "A tiny BERT"}\n' * 500


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["plain", "gzip", "zstd"])
def test_content_is_unpacked_by_its_magic_whatever_its_name(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "no-ending"
    path.write_bytes(pack(TEXT))
    with opened("x", path) as file:
        assert (file.head, file.stream.read()) == (TEXT, TEXT)
        assert file.path == (path if pack is bytes else None)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_byte_order_mark_is_no_content(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(pack(b"\xef\xbb\xbf{}"))
    with opened("x", path) as file:
        assert (file.head, file.stream.read()) == (b"{}", b"{}")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(TEXT))))
    with opened("-", None) as file:
        assert file.stream.read() == TEXT
    assert not sys.stdin.closed


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_file_cut_short_is_named(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / "cut"
    path.write_bytes(pack(TEXT)[:-9])
    with pytest.raises(PaperFormatError, match=r"^cut: cannot be read \(.*\); check"), opened("cut", path) as file:
        file.stream.read()


def test_a_file_that_is_not_there_or_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PaperFormatError, match=r"^none.jsonl: cannot be read"), opened("none.jsonl", tmp_path / "none"):
        pass

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PaperFormatError, match=r"a: cannot be read \(Permission denied\)"), opened("a", tmp_path):
        pass


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: type[bytes]) -> None:
    monkeypatch.setattr(opening, "BOMB_FLOOR", 4 << 20)
    path = tmp_path / "bomb"
    path.write_bytes(pack(b"\0" * (32 << 20)))
    with pytest.raises(PaperFormatError, match="bomb: grows more than 500 times"), opened("bomb", path) as file:
        while file.stream.read(1 << 20):
            pass
