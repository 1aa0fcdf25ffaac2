"""Annotations without texts: offsets into abstracts that stand in a corpus elsewhere, and the way back to gold.

A line holds the id of the paper in its corpus, a hash of the text that the offsets count in, the entities with their
mentions' spans, relations and results. The text itself belongs to its authors and is not in this repository.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from kg.errors import PaperFormatError
from kg.extract.jsonl import decode_lines
from kg.train.gold import Gold, GoldEntity, GoldResult
from kg.types import EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.types import Paper


class StandoffEntity(msgspec.Struct, frozen=True):
    """An entity and where it is mentioned: pairs of start and end."""

    key: str
    type: EntityType
    name: str
    spans: tuple[tuple[int, int], ...]
    proposed: bool = False


class Standoff(msgspec.Struct, frozen=True):
    """The annotation of one abstract, without its text."""

    id: str
    text_sha256: str
    entities: tuple[StandoffEntity, ...] = ()
    relations: tuple[tuple[str, str, str], ...] = ()
    results: tuple[GoldResult, ...] = ()


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def detach(gold: Gold) -> Standoff:
    """Take the text out of an annotation; :func:`attach` puts it back."""
    spans = gold.spans()
    entities = tuple(
        StandoffEntity(e.key, e.type, e.name, tuple((a, b) for a, b, _, key in spans if key == e.key), e.proposed)
        for e in gold.entities
    )
    return Standoff(gold.id, _digest(gold.text), entities, gold.relations, gold.results)


def attach(standoff: Standoff, title: str, abstract: str) -> Gold:
    """Put the text back under an annotation.

    Raises:
        PaperFormatError: It is another text than was annotated.

    Example:
        >>> entity = GoldEntity("b", "Model", "BERT", ("BERT",))
        >>> gold = Gold("p1", "On BERT", "BERT reads.", (entity,))
        >>> detach(gold).entities[0].spans
        ((3, 7), (8, 12))
        >>> attach(detach(gold), gold.title, gold.abstract) == gold
        True
    """
    text = f"{title}\n{abstract}"
    if _digest(text) != standoff.text_sha256:
        raise PaperFormatError(f"paper {standoff.id}: not the text that was annotated: use the corpus as it was")
    entities = tuple(
        GoldEntity(e.key, e.type, e.name, tuple(dict.fromkeys(text[a:b] for a, b in e.spans)), e.proposed)
        for e in standoff.entities
    )
    return Gold(standoff.id, title, abstract, entities, standoff.relations, standoff.results)


def read_standoff(path: Path) -> Iterator[Standoff]:
    """Read annotations without texts.

    Raises:
        PaperFormatError: The file cannot be read, or a line is no annotation.
    """
    return decode_lines(path, msgspec.json.Decoder(Standoff).decode, "see the form in kg/train/standoff.py")


def join(annotations: Path, papers: Iterable[Paper]) -> list[Gold]:
    """Find the text of every annotation among ``papers``, by the id that their file calls them by.

    Raises:
        PaperFormatError: A file is damaged, or a text is missing or has changed.
    """
    wanted = {standoff.id: standoff for standoff in read_standoff(annotations)}
    found: dict[str, Gold] = {}
    for paper in papers:
        name = paper.sources[0].id if paper.sources else None
        if name in wanted and name not in found:
            found[name] = attach(wanted[name], paper.title, paper.abstract)
    missing = sorted(wanted.keys() - found.keys())
    if missing:
        raise PaperFormatError(f"{annotations}: {len(missing)} texts are in no corpus given, first {missing[0]}")
    return [found[name] for name in sorted(found)]
