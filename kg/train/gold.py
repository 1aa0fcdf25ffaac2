"""Gold annotations: entities with their surfaces, made into spans of the text.

An annotation lists, for each entity, the surfaces under which the abstract mentions it; every whole-word occurrence
of a surface is a mention, longer surfaces first, and mentions never overlap.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kg.extract.jsonl import decode_lines
from kg.types import EntityType, ResultKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

T = TypeVar("T")


class GoldEntity(msgspec.Struct, frozen=True):
    """An annotated entity and the surfaces of its mentions."""

    key: str
    type: EntityType
    name: str
    mentions: tuple[str, ...]
    proposed: bool = False


class GoldResult(msgspec.Struct, frozen=True):
    """An annotated number."""

    subject: str
    metric: str
    value: str
    kind: ResultKind
    unit: str = ""
    dataset: str | None = None
    baseline: str | None = None


class Gold(msgspec.Struct, frozen=True):
    """An annotated abstract."""

    id: str
    title: str
    abstract: str
    entities: tuple[GoldEntity, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    results: tuple[GoldResult, ...] = ()

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return f"{self.title}\n{self.abstract}"

    def spans(self) -> list[tuple[int, int, EntityType, str]]:
        """Return the mentions as (start, end, type, entity key), sorted; longer surfaces take their place first."""
        named = [(surface, (entity.type, entity.key)) for entity in self.entities for surface in entity.mentions]
        return [(start, end, kind, key) for start, end, (kind, key) in whole_words(self.text, named)]

    def held_out(self, share: int) -> bool:
        """Tell whether this abstract is in the slice of one in ``share`` that training sets aside, by its id alone."""
        return int(sha256(self.id.encode()).hexdigest(), 16) % share == 0


def whole_words(text: str, named: Iterable[tuple[str, T]]) -> list[tuple[int, int, T]]:
    """Find every whole-word occurrence of every surface, longer surfaces first, none overlapping.

    >>> whole_words("self-attention is attention", [("attention", "a"), ("self-attention", "s")])
    [(0, 14, 's'), (18, 27, 'a')]
    """
    taken, found = bytearray(len(text)), []
    for surface, what in sorted(named, key=lambda pair: -len(pair[0])):
        for start, end in occurrences(text, surface):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append((start, end, what))
    return sorted(found, key=lambda span: span[:2])


def occurrences(text: str, surface: str) -> list[tuple[int, int]]:
    """Find a surface as whole words: no ASCII letter or digit on either side.

    >>> occurrences("ViT and ViTs, ViT", "ViT")
    [(0, 3), (14, 17)]
    """
    pattern = rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])"
    return [match.span() for match in re.finditer(pattern, text)]


def read_gold(path: Path) -> Iterator[Gold]:
    """Read annotations, one JSON object a line.

    Raises:
        PaperFormatError: The file cannot be read, or a line is no annotation; the message names the line.
    """
    return decode_lines(path, msgspec.json.Decoder(Gold).decode, "see the form in kg/train/gold.py")
