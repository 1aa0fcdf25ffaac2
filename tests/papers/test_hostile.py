"""Whatever the bytes, a reader gives records, refuses them, or raises an error of ours; see ``damage.py``."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.papers import READERS, sniff
from tests.papers.damage import ABSTRACTS, DAMAGES, FILES, PACKS, TITLES, check, damaged, titles
from tests.papers.reads import read_all


@pytest.mark.parametrize("kind", READERS)
def test_a_whole_file_is_read_to_its_end(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "whole"
    path.write_bytes(FILES[kind].content)
    papers, problems = read_all(path)
    assert [paper.title for paper in papers] == TITLES
    assert [paper.abstract[: len(text)] for paper, text in zip(papers, ABSTRACTS, strict=True)] == ABSTRACTS
    assert not problems


@pytest.mark.parametrize("kind", READERS)
@given(content=st.binary(max_size=300))
def test_random_bytes(kind: str, content: bytes) -> None:
    titles(kind, content)


@pytest.mark.parametrize("kind", READERS)
@given(seed=st.integers(0, 1 << 32))
def test_what_stands_before_damage_is_read(kind: str, seed: int) -> None:
    check(kind, Random(seed))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("kind", READERS)
def test_damage_of_every_kind_at_both_ends(kind: str, damage: object) -> None:
    content = FILES[kind].content
    for place in (0, len(content)):
        assert callable(damage)
        titles(kind, damage(content, place, Random(0)))


@pytest.mark.parametrize("pack", PACKS, ids=["plain", "gzip", "zstd"])
@given(kind=st.sampled_from(list(READERS)), seed=st.integers(0, 1 << 32))
def test_damage_before_and_after_compression(
    tmp_path_factory: pytest.TempPathFactory, pack: type[bytes], kind: str, seed: int
) -> None:
    random, path = Random(seed), tmp_path_factory.getbasetemp() / "damaged"
    content, _ = damaged(FILES[kind], random)
    packed = bytearray(pack(content))
    if random.random() < 0.5 and packed:
        packed[random.randrange(len(packed))] ^= 1 << random.randrange(8)
    path.write_bytes(packed)
    try:
        _, problems = read_all(path)
    except KgError as error:
        assert str(error).startswith(path.as_posix())  # noqa: PT017 - raising is allowed, and not what is tested
    else:
        assert all(problem.file == path.as_posix() and problem.remedy for problem in problems)


@pytest.mark.parametrize("filler", [b"\n", b" ", b"\r", b"x", b"{", b"@a{"])
def test_a_megabyte_of_one_thing_is_looked_at_once(filler: bytes) -> None:
    """Each expression that recognises a format must be done in one pass: a second one a line would take hours."""
    with pytest.raises(KgError, match=r"is empty|no known format|one JSON document"):
        sniff(b"A" * (filler != b" ") + filler * ((1 << 20) // len(filler)))
