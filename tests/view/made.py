"""Graphs of any size and shape, made without an extractor."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.graph import SCHEMAS, Graph, Manifest
from kg.iris import BASE
from kg.types import ENTITY_TYPES, SIGNATURES, EntityType, RelationType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.papers.problems import Problem

Triple = tuple[str, RelationType, str]
TEXT = "A title\nA sentence of an abstract."


def paper(number: int, **more: Any) -> dict[str, Any]:
    title, _, abstract = TEXT.partition("\n")
    return {"id": f"arxiv:{number:05}", "title": f"{title} {number}", "abstract": abstract, "year": 2020, **more}


def made(
    entities: Sequence[tuple[str, EntityType]],
    triples: Sequence[Triple] = (),
    *,
    mentioned: int = 1,
    skipped: tuple[Problem, ...] = (),
    **tables: list[dict[str, Any]],
) -> Graph:
    """A graph of named entities and triples, each triple stated by one paper; more tables override."""
    rows = {
        "entities": [
            {"iri": iri(name), "type": kind, "name": name, "papers": mentioned, "aliases": [_alias(name)]}
            for name, kind in entities
        ],
        "relations": [relation(*triple) for triple in triples],
        "papers": [paper(0)],
        **tables,
    }
    read = {name: pa.Table.from_pylist(rows.get(name, []), schema=schema) for name, schema in SCHEMAS.items()}
    return Graph(Manifest(1, "0.0", "by-hand 1", BASE, ("made",), {}, {}, skipped=skipped), read)


def iri(name: str) -> str:
    return f"{BASE}x/{name}"


def _alias(name: str) -> dict[str, Any]:
    return {"surface": f"{name} alias", "count": 1}


def relation(head: str, name: RelationType, tail: str, number: int = 0, **more: Any) -> dict[str, Any]:
    span = {"start": 8, "end": len(TEXT)}
    row = {"head": iri(head), "relation": name, "tail": iri(tail), "paper": f"arxiv:{number:05}"}
    return {**row, "evidence": [span], "confidence": 0.8, **more}


def planted(groups: int, size: int, *, seed: int = 5, extra: int = 2) -> Graph:
    """Communities of equal size, each around a hub, with a few links between them."""
    chance = random.Random(seed)
    kinds = [ENTITY_TYPES[number % 5] for number in range(groups * size)]
    names = [f"e{number}" for number in range(groups * size)]
    pairs = set()
    for group in range(groups):
        members = range(group * size, (group + 1) * size)
        pairs |= {(members[0], other) for other in members[1:]}
        pairs |= {(chance.choice(members), chance.choice(members)) for _ in range(extra * size)}
        pairs.add((members[0], ((group + 1) % groups) * size))
    triples = [
        (names[a], name, names[b])
        for a, b in sorted(pairs)
        for name in list(SIGNATURES)[(a + b) % 9 : (a + b) % 9 + 1]
        if a != b
    ]
    return made(list(zip(names, kinds, strict=True)), triples)
