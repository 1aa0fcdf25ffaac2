"""Documents as padded batches of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from kg.extract.encoding import Encoding
    from kg.train.corpora import Document

Batch = dict[str, Tensor]
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Example:
    """One document as numbers: by piece, then by word (START and BREAK count as words)."""

    pieces: list[int]
    styles: list[int]
    firsts: list[int]
    tags: list[int]
    proposed: list[int]
    entities: list[int]
    surfaces: list[int]


def example(document: Document, encoding: Encoding, types: Sequence[str], *, longest: int = 512) -> Example:
    """Number *document*; what stands behind *longest* pieces is cut."""
    encoded = encoding(document.text)
    numbers, styles = encoded.pieces[:longest], encoded.styles[:longest]
    firsts = [first for first in encoded.firsts if first < longest]
    places = encoded.places[: len(firsts)]
    tags, proposed, entities, surfaces = ([x] * len(firsts) for x in (0, IGNORED, -1, -1))
    starts = {start: word for word, (start, _) in enumerate(places) if start >= 0}
    keys: dict[str, int] = {}
    for start, end, kind, key in document.spans:
        word = starts.get(start)
        if word is None:
            continue
        inside = [w for w in range(word, len(places)) if 0 <= places[w][0] < end and places[w][1] <= end]
        for w in inside:
            tags[w] = 2 * types.index(kind) + (1 if w == word else 2)
            proposed[w] = int(key in document.proposed)
        entities[word] = keys.setdefault(key, len(keys))
        surfaces[word] = keys.setdefault("\n" + document.text[start:end], len(keys))
    return Example(numbers, styles, firsts, tags, proposed, entities, surfaces)


PADDING = {"pieces": 0, "styles": 0, "firsts": 0, "tags": IGNORED, "proposed": IGNORED, "entities": -1, "surfaces": -1}


def collate(examples: Sequence[Example], device: str) -> Batch:
    """One padded tensor a field."""
    batch = {}
    for field, filler in PADDING.items():
        rows = [getattr(e, field) for e in examples]
        longest = -(-max(map(len, rows)) // 16) * 16
        batch[field] = torch.tensor([r + [filler] * (longest - len(r)) for r in rows])
    return {k: v.to(device, non_blocking=True) for k, v in batch.items()}


def shuffled(examples: Sequence[Example], size: int, draw: random.Random, device: str) -> Iterator[Batch]:
    """Endless batches; within a pass, texts of like length meet."""
    while True:
        order = sorted(draw.sample(examples, len(examples)), key=lambda e: len(e.pieces) // 48)
        chunks = [order[i : i + size] for i in range(0, len(order), size)]
        for chunk in draw.sample(chunks, len(chunks)):
            yield collate(chunk, device)
