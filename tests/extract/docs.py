"""Docs built by hand, so that a component is tested without a network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import spacy
from spacy.tokens import Span

import kg.extract.pipeline  # noqa: F401 - registers the factories
from kg.extract.candidates import TYPES
from kg.extract.component import SPANS
from kg.extract.encoding import Encoding
from kg.extract.network import Reading
from kg.iris import slug
from kg.names import normal_form
from kg.types import LocalEntity

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.types import EntityType

NLP = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1"}}})
SENTENCES, RELATIONS, RESULTS = (NLP.create_pipe(f"kg_{name}") for name in ("sentences", "relations", "results"))
MENTIONS, IDENTITY = (NLP.create_pipe(f"kg_{name}") for name in ("mentions", "identity"))
MARK = re.compile(r"\[([^|\]]+)\|(\w+)(!?)\]")


def parse(marked: str) -> tuple[str, list[tuple[int, int, EntityType, bool]]]:
    """Take marks ``[surface|Type]`` out of a text; ``[surface|Type!]`` marks what is proposed."""
    text, spans, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2], bool(match[3])))
        text, last = text + match[1], match.end()
    return text + marked[last:], spans  # type: ignore[return-value]


def doc_of(marked: str) -> Doc:
    """Make a Doc whose mentions and entities are those marked; a name is an entity, whatever its case and plural."""
    text, marks = parse(marked)
    doc: Doc = SENTENCES(NLP.make_doc(text))
    entities: dict[str, LocalEntity] = {}
    for start, end, kind, proposed in marks:
        key = slug(normal_form(text[start:end]))
        entities.setdefault(key, LocalEntity(key, kind, text[start:end], proposed))
    tokens = [doc.char_span(start, end) for start, end, *_ in marks]
    doc.spans[SPANS] = [
        Span(doc, span.start, span.end, label=kind, span_id=slug(normal_form(span.text)))
        for span, (_, _, kind, _) in zip(tokens, marks, strict=True)
        if span is not None
    ]
    doc._.entities = list(entities.values())
    return doc


def read_by(marked: str, sure: float = 0.9) -> Doc:
    """Make a Doc that a network has read, sure of the marked spans at the places where they are marked."""
    text, marks = parse(marked)
    doc: Doc = SENTENCES(NLP.make_doc(text))
    encoded = Encoding({})(text)
    starts = [start for start, _ in encoded.places]
    tags = np.full((len(starts), 11), (1 - sure) / 10, np.float32)
    tags[:, 0] = sure
    proposed = np.full(len(starts), 0.05, np.float32)
    for start, end, kind, new in marks:
        words = [word for word, place in enumerate(starts) if start <= place < end]
        for word in words:
            tags[word] = (1 - sure) / 10
            tags[word, 2 * TYPES.index(kind) + (1 if word == words[0] else 2)] = sure
            proposed[word] = 0.95 if new else 0.05
    doc._.reading = Reading(encoded, tags, proposed)
    return doc


def mentions(doc: Doc) -> list[tuple[str, str]]:
    """Return the mentions as (surface, type)."""
    return [(span.text, span.label_) for span in doc.spans[SPANS]]


def relations(marked: str) -> set[tuple[str, str, str]]:
    """Return the relations read between marked mentions, by entity names."""
    doc = RELATIONS(doc_of(marked))
    names = {entity.key: entity.name for entity in doc._.entities}
    return {(names[r.head], r.relation, names[r.tail]) for r in doc._.relations}


def results(marked: str) -> list[tuple[str, str, str, str, str, str | None]]:
    """Return the results as (subject, metric, value, unit, kind, data set), entities by name."""
    doc = RESULTS(doc_of(marked))
    names = {entity.key: entity.name for entity in doc._.entities}
    return [
        (names[r.subject], names[r.metric], r.value, r.unit, r.kind, names[r.dataset] if r.dataset else None)
        for r in doc._.results
    ]
