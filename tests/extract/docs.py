"""Docs built by hand, so that a component is tested without a network."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import numpy as np
import spacy
from spacy.tokens import Span

import kg.extract.pipeline  # noqa: F401 - registers the factories
from kg.extract.candidates import TYPES
from kg.extract.component import SPANS
from kg.extract.encoding import Encoding
from kg.extract.heads import Heads
from kg.extract.identity import Identity
from kg.extract.links import NUMBER_EVIDENCE, PAIR_EVIDENCE, RELATIONS
from kg.extract.network import Reading
from kg.extract.numbers import HINTS
from kg.extract.reported import KINDS, ROLES
from kg.iris import slug
from kg.names import normal_form
from kg.types import LocalEntity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from spacy.tokens import Doc

    from kg.extract.component import Component
    from kg.extract.heads import Floats
    from kg.types import EntityType

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1"}}})
SENTENCES, LINKS = NLP.create_pipe("kg_sentences"), NLP.create_pipe("kg_links")
WIDTH = 24
"""The width of vectors in tests."""
MARK = re.compile(r"\[([^|\]]+)\|(\w+)(!?)\]")


def parse(marked: str) -> tuple[str, list[tuple[int, int, EntityType, bool]]]:
    """Take marks ``[surface|Type]`` out of a text; ``[surface|Type!]`` marks what is proposed."""
    text, spans, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2], bool(match[3])))
        text, last = text + match[1], match.end()
    return text + marked[last:], spans  # type: ignore[return-value]


def arrays(hidden: int = 5, seed: int = 0) -> dict[str, Floats]:
    """Make weights of heads by lot; those of identity give vectors back."""
    lot = np.random.default_rng(seed)
    sizes = {
        "pairs": (7 * WIDTH + PAIR_EVIDENCE, len(RELATIONS)),
        "links": (6 * WIDTH + NUMBER_EVIDENCE + len(HINTS), len(ROLES)),
        "kinds": (3 * WIDTH + len(HINTS), 1 + len(KINDS)),
    }
    made = {"identity.weight": np.eye(WIDTH), "identity.bias": np.zeros(WIDTH)}
    for name, (read, out) in sizes.items():
        made |= {f"{name}.read": lot.normal(size=(read, hidden)), f"{name}.bias": lot.normal(size=hidden)}
        made |= {f"{name}.{part}": lot.normal(size=(WIDTH, hidden)) for part in ("one", "other")}
        made |= {f"{name}.out": lot.normal(size=(hidden, out)), f"{name}.out_bias": lot.normal(size=out)}
    return {name: array.astype(np.float32) for name, array in made.items()}


@cache
def mentions_component() -> Component[Any]:
    """The component that finds mentions, with the weights that come with paperkg."""
    return cast("Component[Any]", NLP.create_pipe("kg_mentions"))


@cache
def identity_component() -> Component[Any]:
    """The component that tells entities, which takes likeness from the vectors as they are."""
    component = cast("Identity", NLP.create_pipe("kg_identity"))
    component.heads = Heads(arrays())
    return component


def doc_of(marked: str, confidence: float = 1.0) -> Doc:
    """Make a Doc whose mentions and entities are those marked; a name is an entity, whatever its case and plural."""
    text, marks = parse(marked)
    doc: Doc = SENTENCES(NLP.make_doc(text))
    entities: dict[str, LocalEntity] = {}
    for start, end, kind, proposed in marks:
        key = slug(normal_form(text[start:end]))
        entities.setdefault(key, LocalEntity(key, kind, text[start:end], proposed, confidence))
    tokens = [doc.char_span(start, end) for start, end, *_ in marks]
    doc.spans[SPANS] = [
        Span(doc, span.start, span.end, label=kind, span_id=slug(normal_form(span.text)))
        for span, (_, _, kind, _) in zip(tokens, marks, strict=True)
        if span is not None
    ]
    doc._.entities = list(entities.values())
    encoded = Encoding({})(text)
    count = len(encoded.firsts)
    nothing = np.zeros((count, 11), np.float32)
    doc._.reading = Reading(encoded, nothing, nothing[:, 0], np.zeros((count, WIDTH), np.float32))
    return doc


def read_by(marked: str, sure: float = 0.9, same: Mapping[str, str] = MappingProxyType({})) -> Doc:
    """Make a Doc that a network has read, sure of the marked spans at the places where they are marked.

    Marked words have equal vectors where their names are equal, or *same* says that one is the other.
    """
    text, marks = parse(marked)
    doc: Doc = SENTENCES(NLP.make_doc(text))
    encoded = Encoding({})(text)
    starts = [start for start, _ in encoded.places]
    tags = np.full((len(starts), 11), (1 - sure) / 10, np.float32)
    tags[:, 0] = sure
    proposed = np.full(len(starts), 0.05, np.float32)
    vectors = np.zeros((len(starts), WIDTH), np.float32)
    known: dict[str, int] = {}
    for start, end, kind, new in marks:
        words = [word for word, place in enumerate(starts) if start <= place < end]
        name = slug(normal_form(same.get(text[start:end], text[start:end])))
        for word in words:
            tags[word] = (1 - sure) / 10
            tags[word, 2 * TYPES.index(kind) + (1 if word == words[0] else 2)] = sure
            proposed[word] = 0.95 if new else 0.05
            vectors[word, known.setdefault(name, len(known))] = 1
    doc._.reading = Reading(encoded, tags, proposed, vectors)
    return doc


def mentions(doc: Doc) -> list[tuple[str, str]]:
    """Return the mentions as (surface, type)."""
    return [(span.text, span.label_) for span in doc.spans[SPANS]]
