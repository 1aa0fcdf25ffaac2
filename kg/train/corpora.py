"""Annotated corpora as documents: raw text and the typed spans of its entities, by characters.

Our own gold (gold/GUIDELINES.md), and SciERC, SciREX and TDMSci (all Apache-2.0), whose types are their own.  SciER
(GPL-3.0) is read to compare with, never to train.
"""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kg.train.gold import Gold, read_gold, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Span = tuple[int, int, str, str]  # start, end, type, key of the entity


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its spans in order; *proposed* holds the keys of what the text introduces."""

    id: str
    text: str
    spans: tuple[Span, ...]
    proposed: frozenset[str] = frozenset()


def gold(path: Path) -> list[Document]:
    """Our annotations: one JSON object a line, with title and abstract."""
    return [of_gold(one) for one in read_gold(path)]


def of_gold(one: Gold) -> Document:
    """Make a document of an annotated abstract."""
    return Document(one.id, one.text, tuple(one.spans()), frozenset(e.key for e in one.entities if e.proposed))


def _document(name: str, words: list[str], spans: Iterable[tuple[int, int, str]]) -> Document:
    """A document of *words*, with *spans* counted in words."""
    starts, position = [], 0
    for word in words:
        starts.append(position)
        position += len(word) + 1
    made = ((starts[a], starts[b - 1] + len(words[b - 1]), kind, "") for a, b, kind in spans if a < b)
    return Document(name, " ".join(words), tuple(sorted(made)))


def _columns(path: Path, label: int) -> Iterator[list[tuple[list[str], str]]]:
    """Sentences of a column file as (columns, label)."""
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [re.split(r"[ \t]", line) for line in block.split("\n") if line]
        if rows:
            yield [(row, row[label]) for row in rows]


def _runs(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """Spans of tags; ``B-`` always begins one, ``I-`` does where the type changes."""
    start, kind = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if tag.startswith("I-") and tag[2:] == kind:
            continue
        if kind:
            yield start, index, kind
        start, kind = index, tag[2:]


def scierc(path: Path) -> list[Document]:
    """SciERC (Luan et al., 2018) as columns; ``-DOCSTART-`` begins an abstract."""
    documents: list[Document] = []
    words: list[str] = []
    tags: list[str] = []
    for sentence in [*_columns(path, -1), [(["-DOCSTART-"], "O")]]:
        if sentence[0][0][0] == "-DOCSTART-":
            if words:
                documents.append(_document(f"scierc-{len(documents)}", words, _runs(tags)))
            words, tags = [], []
        else:
            words += [columns[0] for columns, _ in sentence]
            tags += [tag for _, tag in sentence]
    return documents


def tdmsci(path: Path, *, size: int = 150) -> list[Document]:
    """TDMSci (Hou et al., 2021): sentences of papers in order, joined to stretches of about *size* words."""
    documents: list[Document] = []
    words: list[str] = []
    tags: list[str] = []
    for sentence in chain(_columns(path, -1), [[]]):
        words += [columns[0] for columns, _ in sentence]
        tags += [tag for _, tag in sentence]
        if words and (len(words) >= size or not sentence):
            documents.append(_document(f"tdmsci-{len(documents)}", words, _runs(tags)))
            words, tags = [], []
    return documents


def scirex(path: Path, *, size: int = 300) -> list[Document]:
    """SciREX (Jain et al., 2020): whole papers, cut into stretches of about *size* words at sentence ends."""
    documents: list[Document] = []
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for row in map(json.loads, lines):
            start = 0
            for _, end in row["sentences"]:
                if end - start >= size or end == len(row["words"]):
                    spans = [(a - start, b - start, kind) for a, b, kind in row["ner"] if start <= a and b <= end]
                    documents.append(_document(f"scirex-{len(documents)}", row["words"][start:end], spans))
                    start = end
    return documents


def scier(path: Path) -> list[Document]:
    """SciER (Zhang et al., 2024): a document a sentence; an entity is a string, marked where it occurs."""
    documents = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        found = whole_words(row["sentence"], [(name, kind) for name, kind in row["ner"]])
        spans = tuple((start, end, kind, row["sentence"][start:end]) for start, end, kind in found)
        documents.append(Document(f"scier-{number}", row["sentence"], spans))
    return documents


READERS = {"gold": gold, "scierc": scierc, "tdmsci": tdmsci, "scirex": scirex, "scier": scier}
