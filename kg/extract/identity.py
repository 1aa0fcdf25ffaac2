"""Which mentions of one abstract are one entity, what it is called, and whether this paper introduces it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Span

from kg.extract.candidates import TYPES
from kg.extract.component import SPANS, Component, raw_text
from kg.extract.heads import Heads
from kg.extract.judge import Found
from kg.extract.lexicon import Lexicon
from kg.extract.pairs import groups
from kg.extract.proposals import evidence
from kg.extract.shipped import weights_folder
from kg.extract.smallnet import SmallNet
from kg.extract.weighing import Weighed
from kg.iris import slug
from kg.names import normal_form, plain
from kg.types import LocalEntity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.extract.heads import Floats
    from kg.extract.page import Page
    from kg.types import EntityType


Name = tuple[str, int]


class Grouped(NamedTuple):
    """An entity, and which of the document's mentions are its."""

    entity: LocalEntity
    mentions: list[int]


class Identity(Weighed, Component[list[Grouped]]):
    """Group the mentions of each document, name the groups, and weigh whether the paper introduces them.

    Args:
        folder: Where ``pairs.npz``, ``proposals.npz``, ``heads.npz``, the silver lexicon and ``settings.json`` are.
    """

    files: ClassVar[tuple[str, ...]] = (
        "pairs.npz", "proposals.npz", "heads.npz", "lexicon-silver.tsv.gz", "settings.json",
    )  # fmt: skip

    def __init__(self, folder: Path) -> None:
        Component.__init__(self)
        self.use(folder)

    def load(self, folder: Path) -> None:
        """Read the weights."""
        self.pairs, self.proposals = SmallNet.load(folder / "pairs.npz"), SmallNet.load(folder / "proposals.npz")
        self.heads = Heads.load(folder / "heads.npz")
        self.lexicon = Lexicon.read(folder / "lexicon-silver.tsv.gz")

    def compute(self, doc: Doc) -> list[Grouped]:
        """Return the entities in order of first mention, each with its mentions."""
        return self.compute_all([doc])[0]

    def compute_all(self, docs: Sequence[Doc]) -> list[list[Grouped]]:
        """Return the entities of each document."""
        texts, found = [raw_text(doc) for doc in docs], [_placed(doc) for doc in docs]
        grouped = self._group(texts, found, [doc._.reading.vectors for doc in docs])
        gathered = [[[rows[n] for n in group] for group in parts] for rows, parts in zip(found, grouped, strict=True)]
        proposed = iter(self._introduced(docs, texts, gathered))
        return [
            [Grouped(entity, group) for entity, group in zip(_entities(text, rows, proposed), parts, strict=True)]
            for text, rows, parts in zip(texts, gathered, grouped, strict=True)
        ]

    def _group(
        self, texts: Sequence[str], found: Sequence[Sequence[Found]], vectors: Sequence[Floats]
    ) -> list[list[list[int]]]:
        """Return, for every text, the mentions of each entity."""
        named = [[(text[m.start : m.end], m.type) for m in rows] for text, rows in zip(texts, found, strict=True)]
        placed = [_placed_names(names, rows) for names, rows in zip(named, found, strict=True)]
        surfaces = [list(names) for names in placed]
        alike = [self.heads.likeness(v, list(p.values())) if p else v for v, p in zip(vectors, placed, strict=True)]
        numbers = groups(texts, surfaces, alike, self.pairs, least=self.settings["pair"])
        owners = [dict(zip(names, ids, strict=True)) for names, ids in zip(surfaces, numbers, strict=True)]
        return [_gathered(owner[name] for name in names) for owner, names in zip(owners, named, strict=True)]

    def _introduced(
        self, docs: Sequence[Doc], texts: Sequence[str], gathered: Sequence[Sequence[Sequence[Found]]]
    ) -> list[bool]:
        """Return, for every entity of every text in turn, whether the paper introduces it."""
        read = zip(texts, gathered, (doc._.reading.proposed.tolist() for doc in docs), strict=True)
        rows = [row for parts in read for row in evidence(*parts, [self.lexicon])]
        scores: list[float] = self.proposals(np.array(rows, np.float32)).tolist()
        return [score >= self.settings["proposed"] for score in scores]

    def write(self, doc: Doc, found: list[Grouped]) -> None:
        """Set ``doc._.entities``, and the key of its entity as the ``id_`` of every mention."""
        doc._.entities = [entity for entity, _ in found]
        spans = list(doc.spans.get(SPANS, ()))
        keyed = [_keyed(spans[number], entity.key) for entity, mentions in found for number in mentions]
        doc.spans[SPANS] = sorted(keyed, key=lambda span: span.start)
        doc.set_ents(doc.spans[SPANS])

    def note(self, page: Page, found: list[Grouped]) -> None:
        """Set ``page.entities``, and the key of its entity as the ``id_`` of every mention."""
        page.entities = [entity for entity, _ in found]
        for entity, mentions in found:
            for number in mentions:
                page.spans[SPANS][number].id_ = entity.key


def _placed(doc: Doc) -> list[Found]:
    """Place the mentions of a document among the words that the network counts."""
    starts = doc._.reading.encoded.starts
    return [_found(span, starts) for span in doc.spans.get(SPANS, ())]


def _placed_names(names: Sequence[Name], rows: Sequence[Found]) -> dict[Name, list[int]]:
    """Each distinct (string, type), with the first words of its mentions."""
    placed: dict[Name, list[int]] = {}
    for name, mention in zip(names, rows, strict=True):
        placed.setdefault(name, []).append(mention.first)
    return placed


def _found(span: Span, starts: Sequence[int]) -> Found:
    start, end = span.start_char, span.end_char
    first = bisect_right(starts, start) - 1
    last = max(bisect_left(starts, end), first + 1)
    return Found(first, last, start, end, TYPES.index(span.label_), float(span._.confidence))


def _gathered(owners: Iterable[int]) -> list[list[int]]:
    """The places of each owner, in order of first place.

    >>> _gathered([7, 3, 7])
    [[0, 2], [1]]
    """
    gathered: dict[int, list[int]] = {}
    for place, owner in enumerate(owners):
        gathered.setdefault(owner, []).append(place)
    return list(gathered.values())


def _entities(text: str, grouped: Iterable[Sequence[Found]], proposed: Iterable[bool]) -> list[LocalEntity]:
    taken: Counter[str] = Counter()
    return [_entity(text, mentions, new, taken) for mentions, new in zip(grouped, proposed, strict=False)]


def _entity(text: str, mentions: Sequence[Found], proposed: bool, taken: Counter[str]) -> LocalEntity:  # noqa: FBT001
    """Name an entity by its most frequent spelled-out surface; its key is unique in the document."""
    name, key = _called(_usual([" ".join(text[m.start : m.end].split()) for m in mentions]))
    taken[key] += 1
    key = key if taken[key] == 1 else f"{key}-{taken[key]}"
    confidence = max(mention.confidence for mention in mentions)
    return LocalEntity(key, cast("EntityType", TYPES[mentions[0].type]), name, proposed, round(confidence, 4))


def _usual(forms: Sequence[str]) -> str:
    """The form to call an entity by: spelled out, frequent, long, or the first of the alphabet.

    >>> _usual(["ViT", "ViT", "vision transformer"])
    'vision transformer'
    """
    if forms.count(forms[0]) == len(forms):
        return forms[0]
    counts = Counter(forms)
    return min(counts, key=lambda form: (" " not in form, -counts[form], -len(form), form))


@lru_cache(2**15)
def _called(form: str) -> tuple[str, str]:
    """The name and the key of what is written in this form.

    >>> _called("Vision transformers")
    ('Vision transformers', 'vision-transformer')
    """
    name = plain(form) or form
    return name, slug(normal_form(name))


def _keyed(span: Span, key: str) -> Span:
    """Copy a span with an id: a span that has been put into a group cannot be changed in place."""
    copy = Span(span.doc, span.start, span.end, label=span.label_, span_id=key)
    copy._.confidence = span._.confidence
    return copy


@Language.factory("kg_identity", default_config={"model": "fast"})
def make_identity(nlp: Language, name: str, model: str) -> Identity:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Identity(weights_folder(model))
