"""Docs built by hand, so that a component is tested without a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import spacy

import kg.extract.pipeline  # noqa: F401 - registers the factories
from kg.extract.component import SPANS
from kg.extract.tokenizer import Tokenizer

if TYPE_CHECKING:
    from spacy.tokens import Doc

NLP = spacy.blank("en")
NLP.tokenizer = Tokenizer(NLP.vocab)
STEPS = {
    name: NLP.create_pipe(f"kg_{name}")
    for name in ("sentences", "abbreviations", "mentions", "identity", "relations", "results")
}


def doc_of(marked: str, *steps: str) -> Doc:
    """Make a Doc of text in which mentions are marked ``[surface|Type]``, and run components over it."""
    text, spans, last = "", [], 0
    for match in re.finditer(r"\[([^|\]]+)\|(\w+)\]", marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2]))
        text, last = text + match[1], match.end()
    doc = NLP.make_doc(text + marked[last:])
    marks = (doc.char_span(start, end, label=kind) for start, end, kind in spans)
    doc.set_ents([span for span in marks if span is not None])
    for step in steps:
        doc = STEPS[step](doc)
    return doc


def read(marked: str) -> Doc:
    """Run everything behind the recogniser."""
    return doc_of(marked, *STEPS)


def mentions(doc: Doc) -> list[tuple[str, str]]:
    """Return the mentions as (surface, type)."""
    return [(span.text, span.label_) for span in doc.spans[SPANS]]


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    """Return the relations by entity names."""
    names = {entity.key: entity.name for entity in doc._.entities}
    return {(names[r.head], r.relation, names[r.tail]) for r in doc._.relations}


def results(doc: Doc) -> list[tuple[str, str, str, str, str, str | None]]:
    """Return the results as (subject, metric, value, unit, kind, data set), entities by name."""
    names = {entity.key: entity.name for entity in doc._.entities}
    return [
        (names[r.subject], names[r.metric], r.value, r.unit, r.kind, names[r.dataset] if r.dataset else None)
        for r in doc._.results
    ]
