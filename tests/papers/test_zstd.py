from __future__ import annotations

import io

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.zstd import ZstdReader


def _read(packed: bytes) -> bytes:
    reader = ZstdReader(io.BytesIO(packed))
    return b"".join(iter(lambda: reader.read(7), b""))


@given(st.lists(st.binary(max_size=5000), min_size=1, max_size=4))
def test_any_number_of_frames_is_one_stream(parts: list[bytes]) -> None:
    assert _read(b"".join(map(zstandard.compress, parts))) == b"".join(parts)


@given(st.data())
def test_a_file_cut_short_is_noticed(data: st.DataObject) -> None:
    packed = zstandard.compress(bytes(range(256)) * 9)
    with pytest.raises(EOFError):
        _read(packed[: data.draw(st.integers(5, len(packed) - 1))])


def test_a_bomb_is_unpacked_bit_by_bit() -> None:
    packed = zstandard.compress(b"\0" * (1 << 28))
    reader = ZstdReader(io.BytesIO(packed))
    assert len(reader.read(1 << 20)) == 1 << 20
