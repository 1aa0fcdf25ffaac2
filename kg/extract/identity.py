"""Which mentions of one abstract are one entity, what it is called, and whether this paper introduces it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Span

from kg.extract.candidates import TYPES
from kg.extract.component import SPANS, Component, raw_text
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
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.types import EntityType


class Grouped(NamedTuple):
    """An entity and its mentions."""

    entity: LocalEntity
    spans: list[Span]


class Identity(Weighed, Component[list[Grouped]]):
    """Group the mentions of each document, name the groups, and weigh whether the paper introduces them.

    Args:
        folder: Where ``pairs.npz``, ``proposals.npz``, the silver lexicon and ``settings.json`` are.
    """

    files: ClassVar[tuple[str, ...]] = ("pairs.npz", "proposals.npz", "lexicon-silver.tsv.gz", "settings.json")

    def __init__(self, folder: Path) -> None:
        Component.__init__(self)
        self.use(folder)

    def load(self, folder: Path) -> None:
        """Read the weights."""
        self.pairs, self.proposals = SmallNet.load(folder / "pairs.npz"), SmallNet.load(folder / "proposals.npz")
        self.lexicon = Lexicon.read(folder / "lexicon-silver.tsv.gz")

    def compute(self, doc: Doc) -> list[Grouped]:
        """Return the entities in order of first mention, each with its mentions."""
        grouped = self._group(doc)
        proposed = [score >= self.settings["proposed"] for score in self._introduced(doc, grouped)]
        return _entities(grouped, proposed)

    def _group(self, doc: Doc) -> list[list[Span]]:
        text, spans = raw_text(doc), list(doc.spans.get(SPANS, ()))
        named = [(text[span.start_char : span.end_char], TYPES.index(span.label_)) for span in spans]
        surfaces = list(dict.fromkeys(named))
        numbers = groups(text, surfaces, self.pairs, least=self.settings["pair"])
        number_of = dict(zip(surfaces, numbers, strict=True))
        gathered: dict[int, list[Span]] = {}
        for span, name in zip(spans, named, strict=True):
            gathered.setdefault(number_of[name], []).append(span)
        return list(gathered.values())

    def _introduced(self, doc: Doc, grouped: Sequence[Sequence[Span]]) -> list[float]:
        """Return, for every entity, how likely it is that the paper introduces it."""
        rows = evidence(raw_text(doc), _placed(doc, grouped), doc._.reading.proposed, [self.lexicon])
        return self.proposals(np.array(rows, np.float32)).tolist() if rows else []

    def write(self, doc: Doc, found: list[Grouped]) -> None:
        """Set ``doc._.entities``, and the key of its entity as the ``id_`` of every mention."""
        doc._.entities = [entity for entity, _ in found]
        keyed = sorted((_keyed(span, entity.key) for entity, spans in found for span in spans), key=lambda s: s.start)
        doc.spans[SPANS] = keyed
        doc.set_ents(keyed)


def _placed(doc: Doc, grouped: Sequence[Sequence[Span]]) -> list[list[Found]]:
    """Place the mentions of entities among the words that the network counts."""
    starts = [max(start, 0) for start, _ in doc._.reading.encoded.places]
    return [[_found(span, starts) for span in spans] for spans in grouped]


def _found(span: Span, starts: Sequence[int]) -> Found:
    start, end = span.start_char, span.end_char
    first = bisect_right(starts, start) - 1
    last = max(bisect_left(starts, end), first + 1)
    return Found(first, last, start, end, TYPES.index(span.label_), float(span._.confidence))


def _entities(grouped: Sequence[list[Span]], proposed: Sequence[bool]) -> list[Grouped]:
    taken: Counter[str] = Counter()
    return [Grouped(_entity(spans, new, taken), spans) for spans, new in zip(grouped, proposed, strict=True)]


def _entity(spans: list[Span], proposed: bool, taken: Counter[str]) -> LocalEntity:  # noqa: FBT001
    """Name an entity by its most frequent spelled-out surface; its key is unique in the document."""
    text = raw_text(spans[0].doc)
    counts = Counter(" ".join(text[span.start_char : span.end_char].split()) for span in spans)
    name = min(counts, key=lambda form: (" " not in form, -counts[form], -len(form), form))
    name, key = plain(name) or name, slug(normal_form(name))
    taken[key] += 1
    key = key if taken[key] == 1 else f"{key}-{taken[key]}"
    confidence = max(float(span._.confidence) for span in spans)
    return LocalEntity(key, cast("EntityType", spans[0].label_), name, proposed, round(confidence, 4))


def _keyed(span: Span, key: str) -> Span:
    """Copy a span with an id: a span that has been put into a group cannot be changed in place."""
    copy = Span(span.doc, span.start, span.end, label=span.label_, span_id=key)
    copy._.confidence = span._.confidence
    return copy


@Language.factory("kg_identity", default_config={"model": "fast"})
def make_identity(nlp: Language, name: str, model: str) -> Identity:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Identity(weights_folder(model))
