"""Extractions made by hand: one entity a paper, or several, each under one or more names."""

from __future__ import annotations

from collections.abc import Iterable

from kg.resolve import Resolution
from kg.types import EntityType, Extraction, LocalEntity, Mention


def paper(id: str, *things: tuple[str, ...], kind: EntityType = "Model", new: bool = False) -> Extraction:  # noqa: A002
    """Make the extraction of a paper: each thing is the tuple of its surfaces."""
    mentions, entities = [], []
    for number, surfaces in enumerate(things):
        key = f"e{number}"
        mentions += [Mention(number, n + number + 1, kind, key, surface) for n, surface in enumerate(surfaces)]
        entities.append(LocalEntity(key, kind, surfaces[0], new))
    return Extraction(id, "by hand", tuple(mentions), tuple(entities))


def iris_of(found: Resolution, extractions: Iterable[Extraction]) -> dict[tuple[str, str], str]:
    """Give the node of every in-abstract entity, by its paper and key."""
    return {(read.paper, key): node.iri for read in extractions for key, node in found.nodes(read).items()}
