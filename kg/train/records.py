"""An abstract and what is known of it as tables of numbers, from annotations or from what taggers found.

Places are counted in pieces: ``first:last``, where *last* is the first piece of the word behind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kg.extract.links import RELATIONS, TYPES, Links, around, number_links, pairs
from kg.extract.numbers import HINTS, hints
from kg.extract.reported import KINDS, ROLES
from kg.extract.sketch import sketch
from kg.train.rows import first_flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.encoding import Encoded, Encoding
    from kg.extract.numbers import Number
    from kg.extract.sketch import Sketch
    from kg.train.gold import Gold, GoldResult

Ints = NDArray[np.int16]
Halves = NDArray[np.float16]
Table = dict[str, NDArray[np.generic]]
LABELS = 2 + 2 * len(TYPES)  # probabilities of the tags, then of being proposed
COUNTED = ("pieces", "mentions", "entities", "pairs", "numbers", "links")


@dataclass(frozen=True, slots=True)
class Known:
    """Entities of a text: mentions (start, end, entity), types, which are proposed, relations, results."""

    mentions: Sequence[tuple[int, int, int]]
    types: Sequence[int]
    proposed: frozenset[int] = frozenset()
    relations: frozenset[tuple[int, int, int]] = frozenset()
    results: tuple[tuple[GoldResult, dict[str, int]], ...] = ()


def known_of(gold: Gold) -> Known:
    """What an annotation says, with numbers for keys."""
    keys = {entity.key: number for number, entity in enumerate(gold.entities)}
    spans = [(a, b, keys[key]) for a, b, _, key in gold.spans()]
    seen = sorted({entity for _, _, entity in spans})
    index = {entity: number for number, entity in enumerate(seen)}
    at = {key: index[number] for key, number in keys.items() if number in index}
    results = []
    for result in gold.results:
        ends = {role: getattr(result, role) for role in ROLES}
        results.append((result, {role: at[key] for role, key in ends.items() if key in at}))
    return Known(
        [(a, b, index[entity]) for a, b, entity in spans],
        [TYPES.index(gold.entities[entity].type) for entity in seen],
        frozenset(at[e.key] for e in gold.entities if e.proposed and e.key in at),
        frozenset((at[h], RELATIONS.index(r), at[t]) for h, r, t in gold.relations if h in at and t in at),
        tuple(results),
    )


def record(text: str, encoded: Encoded, known: Known, *, longest: int) -> Table:
    """All tables of one abstract; what lies behind *longest* pieces is cut."""
    size = min(len(encoded.pieces), longest)
    words = sum(first < size for first in encoded.firsts)
    firsts = np.array([*encoded.firsts[:words], size], np.int64)
    end = max((b for _, b in encoded.places[:words]), default=0)
    spans = [span for span in known.mentions if span[1] <= end]
    seen = sorted({entity for _, _, entity in spans})
    index = {entity: number for number, entity in enumerate(seen)}
    spans = [(a, b, index[entity]) for a, b, entity in spans]
    types = [known.types[entity] for entity in seen]
    drawn, numbers, _ = sketch(text[: max(end, 1)], encoded.starts[:words], spans, types)
    row = np.array([encoded.pieces[:size], encoded.styles[:size], first_flags(encoded)[:size]], np.int16).T
    new = {index[e] for e in known.proposed if e in index}
    table: Table = {"pieces": row, "labels": _labels(drawn, firsts, size, new)}
    table |= _mention_tables(text, spans, drawn, firsts)
    table |= _pair_tables(drawn, firsts, {(index.get(h), r, index.get(t)) for h, r, t in known.relations})
    return table | _number_tables(text, drawn, firsts, numbers, known, index)


def gold_record(gold: Gold, encoding: Encoding, *, longest: int) -> Table:
    """The tables of an annotated abstract."""
    return record(gold.text, encoding(gold.text), known_of(gold), longest=longest)


def _labels(drawn: Sketch, firsts: NDArray[np.int64], size: int, new: set[int]) -> Halves:
    labels = np.zeros((size, LABELS), np.float16)
    labels[:, 0] = 1
    for first, last, entity in drawn.mentions.tolist():
        inside = firsts[first:last]
        labels[inside, 0] = 0
        labels[inside, 2 + 2 * drawn.types[entity]] = 1
        labels[inside[0], [1 + 2 * drawn.types[entity], 2 + 2 * drawn.types[entity]]] = 1, 0
        labels[inside, -1] = entity in new
    return labels


def _mention_tables(
    text: str, spans: Sequence[tuple[int, int, int]], drawn: Sketch, firsts: NDArray[np.int64]
) -> Table:
    """Mentions: first, last, entity, string, type; and the type of each entity."""
    strings: dict[str, int] = {}
    named = [strings.setdefault(text[a:b], len(strings)) for a, b, _ in spans]
    owners = drawn.mentions[:, 2]
    columns = [firsts[drawn.mentions[:, :2]], owners[:, None], np.array(named, np.int64)[:, None]]
    mentions = np.concatenate([*columns, drawn.types[owners][:, None]], 1)
    return {"mentions": mentions.astype(np.int16), "entities": drawn.types[:, None].astype(np.int16)}


def _pair_tables(drawn: Sketch, firsts: NDArray[np.int64], right: set[tuple[int | None, int, int | None]]) -> Table:
    links = pairs(drawn)
    targets = np.zeros((len(links.head), len(RELATIONS)), np.float16)
    at = {ends: row for row, ends in enumerate(zip(links.head.tolist(), links.tail.tolist(), strict=True))}
    for head, relation, tail in right:
        if (head, tail) in at:
            targets[at[head, tail], relation] = 1  # type: ignore[index]
    places = [firsts[part] for part in (links.head_at, links.tail_at, *around(links, len(firsts) - 1))]
    columns = np.concatenate([links.head[:, None], links.tail[:, None], *places], 1)
    return {
        "pairs": columns.astype(np.int16),
        "pair_evidence": links.evidence.astype(np.float16),
        "pair_targets": targets,
    }


def _number_tables(
    text: str, drawn: Sketch, firsts: NDArray[np.int64], numbers: Sequence[Number], known: Known, index: dict[int, int]
) -> Table:
    links = number_links(drawn)
    places = _number_places(drawn, firsts)
    kinds, targets = _reported(drawn, numbers, links, known, index)
    between, _, _ = around(links, len(firsts) - 1)
    columns = [links.head[:, None], links.tail[:, None], firsts[links.tail_at], firsts[between]]
    cues = [hints(text, number) for number in numbers]
    return {
        "numbers": places.astype(np.int16),
        "hints": np.array(cues, np.float16).reshape(len(numbers), len(HINTS)),
        "kinds": kinds,
        "links": np.concatenate(columns, 1).astype(np.int16),
        "link_evidence": links.evidence.astype(np.float16),
        "link_targets": targets,
    }


def _number_places(drawn: Sketch, firsts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each number the pieces of itself, of the words before it and of those behind it."""
    at = drawn.numbers
    here = Links(at[:, 0], at[:, 0], at, at, np.empty((len(at), 0), np.float32))
    _, before, after = around(here, len(firsts) - 1)
    out: NDArray[np.int64] = np.concatenate([firsts[at], firsts[before], firsts[after]], 1)
    return out


def _reported(
    drawn: Sketch, numbers: Sequence[Number], links: Links, known: Known, index: dict[int, int]
) -> tuple[Halves, Halves]:
    """What each number is (none, or a kind of result), and of each link its roles and whether the number counts."""
    kinds = np.zeros((len(numbers), 1 + len(KINDS)), np.float16)
    targets = np.zeros((len(links.head), len(ROLES) + 1), np.float16)
    kinds[:, 0] = 1
    row_of = {ends: row for row, ends in enumerate(zip(links.head.tolist(), links.tail.tolist(), strict=True))}
    for result, ends in known.results:
        number = _number_of(result, {r: index[e] for r, e in ends.items() if e in index}, drawn, numbers)
        if number is not None:
            kinds[number] = 0
            kinds[number, 1 + KINDS.index(result.kind)] = 1
            targets[links.head == number, -1] = 1
            for role, entity in ends.items():
                if entity in index:
                    targets[row_of[number, index[entity]], ROLES.index(role)] = 1
    return kinds, targets


def _number_of(result: GoldResult, ends: dict[str, int], drawn: Sketch, numbers: Sequence[Number]) -> int | None:
    """The number that *result* means: of those with its value, the one in a sentence of its metric, and near to it."""
    alike = [k for k, number in enumerate(numbers) if number.value == result.value]
    if len(alike) < 2 or "metric" not in ends:
        return alike[0] if alike else None
    places = [first for first, _, entity in drawn.mentions.tolist() if entity == ends["metric"]]
    return min(alike, key=lambda k: min(abs(int(drawn.numbers[k, 0]) - place) for place in places))
