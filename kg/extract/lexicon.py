"""What other abstracts call a string: of how many it stands in, and in how many it is an entity of which type."""

from __future__ import annotations

import gzip
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Counts = tuple[int, ...]  # abstracts that hold the string, then those that have it as each type


def key(surface: str) -> str:
    r"""The string as a lexicon knows it: lower case, one space between words.

    >>> key("Vision\nTransformer")
    'vision transformer'
    """
    return " ".join(surface.lower().split())


class Lexicon:
    """Counts by string.

    >>> [round(value, 2) for value in Lexicon({"bert": (9, 0, 0, 8, 0, 0)}).evidence("BERT", 2)]
    [0.62, 0.35, 2.3]
    """

    def __init__(self, counts: Mapping[str, Counts]) -> None:
        self._counts = counts

    def evidence(self, surface: str, kind: int) -> tuple[float, float, float]:
        """How often *surface* is of type number *kind*, how often any entity (both from -0.5 to 1), how often seen."""
        return self.evidence_of_key(key(surface), kind)

    def evidence_of_key(self, name: str, kind: int) -> tuple[float, float, float]:
        """The same of a string as a lexicon knows it."""
        counts = self._counts.get(name)
        if counts is None or not counts[0]:
            return 0.0, 0.0, 0.0
        seen, *kinds = counts
        return (kinds[kind] + 0.2) / (seen + 1) - 0.2, (sum(kinds) + 0.5) / (seen + 1) - 0.5, math.log1p(seen)

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """Read gzipped lines of string, count, counts by type."""
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            rows = (line.rstrip("\n").split("\t") for line in lines)
            return cls({name: tuple(map(int, counts)) for name, *counts in rows})

    def write(self, path: Path) -> None:
        """Write what :meth:`read` reads, in order of the strings."""
        lines = ("\t".join([name, *map(str, counts)]) + "\n" for name, counts in sorted(self._counts.items()))
        with gzip.GzipFile(path, "wb", mtime=0) as stream:
            stream.write("".join(lines).encode())


def count(names: Iterable[tuple[set[tuple[str, int]], set[str]]], types: int, least: int) -> Lexicon:
    """A lexicon from, for each text, its entities (string, type) and all strings that it holds."""
    entities: dict[str, list[int]] = {}
    holds: dict[str, int] = {}
    for found, strings in names:
        for name, kind in found:
            entities.setdefault(name, [0] * types)[kind] += 1
        for name in strings:
            holds[name] = holds.get(name, 0) + 1
    return Lexicon({n: (max(holds.get(n, 0), sum(k)), *k) for n, k in entities.items() if sum(k) >= least})
