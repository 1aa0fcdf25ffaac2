"""A reader that needs no model: every capitalised word is a thing, and sentences tie the things in them together.

Words in a paper tell it to misbehave: KILLED ends its process, HANGS never comes back, RAISES raises. They do so once,
if there is a folder to remember it in, or whenever they are read.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa

from kg.extract.batches import EXTRACTIONS, pack
from kg.types import Evidence, Extraction, LocalEntity, Mention, Relation, Result

_THING = re.compile(r"[A-Z][A-Za-z0-9]+")
_SENTENCE = re.compile(r"[^.\n]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?=%)")


class Fake(msgspec.Struct, frozen=True):
    """A reader of batches; ``memory`` is a folder that outlives processes."""

    batch: int = 2
    version: str = "fake 1"
    memory: str | None = None

    @property
    def name(self) -> str:
        return "fake 1"

    def __call__(self, papers: pa.Table) -> pa.Table:
        texts = zip(papers.column("title").to_pylist(), papers.column("abstract").to_pylist(), strict=True)
        found = [pack(read(self, f"{title}\n{abstract}")) for title, abstract in texts]
        return pa.table([papers.column("key"), found], schema=EXTRACTIONS)


def read(fake: Fake, text: str) -> Extraction:
    for word in ("KILLED", "HANGS", "RAISES"):
        if word in text and _again(fake, word):
            _misbehave(word)
    mentions = tuple(_mentions(text))
    names = {mention.entity: mention for mention in mentions}
    entities = tuple(LocalEntity(key, m.type, m.surface, confidence=0.9) for key, m in sorted(names.items()))
    return Extraction(
        "", "fake 1", mentions, entities, tuple(_relations(text, mentions)), tuple(_results(text, mentions))
    )


def _mentions(text: str) -> Iterator[Mention]:
    for found in _THING.finditer(text):
        word = found.group()
        kind = "Dataset" if word.startswith("D") else "Metric" if word.startswith("M") else "Model"
        yield Mention(found.start(), found.end(), kind, word.casefold(), word, 0.9)  # type: ignore[arg-type]


def _relations(text: str, mentions: tuple[Mention, ...]) -> Iterator[Relation]:
    for span, inside in _sentences(text, mentions):
        for head in inside:
            for tail in inside:
                if head.type == "Model" and tail.type == "Dataset":
                    yield Relation(head.entity, "evaluatedOn", tail.entity, (span,), 0.8)


def _results(text: str, mentions: tuple[Mention, ...]) -> Iterator[Result]:
    for span, inside in _sentences(text, mentions):
        kinds = {mention.type: mention.entity for mention in inside}
        number = _NUMBER.search(text, span.start, span.end)
        if number and {"Model", "Metric"} <= kinds.keys():
            subject, metric = kinds["Model"], kinds["Metric"]
            yield Result(subject, metric, number.group(), "%", dataset=kinds.get("Dataset"), evidence=(span,))


def _sentences(text: str, mentions: tuple[Mention, ...]) -> Iterator[tuple[Evidence, list[Mention]]]:
    for found in _SENTENCE.finditer(text):
        inside = [m for m in mentions if found.start() <= m.start < found.end()]
        yield Evidence(found.start(), found.end()), inside


def _again(fake: Fake, word: str) -> bool:
    """Tell whether to misbehave: always without a memory, once with it."""
    if fake.memory is None:
        return True
    try:
        (Path(fake.memory) / word).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _misbehave(word: str) -> None:
    if word == "KILLED":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "HANGS":
        time.sleep(3600)
    raise ValueError("a word that it does not like")
