"""The numbers that an abstract reports: of what, in which metric, on which data, against what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from spacy.language import Language

from kg.extract.component import raw_text
from kg.extract.linking import Linkable, Linking
from kg.extract.links import TYPES, number_links
from kg.extract.numbers import hints
from kg.extract.reported import KINDS, ROLE_TYPES, ROLES
from kg.extract.shipped import weights_folder
from kg.types import Result, ResultKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.extract.heads import Heads


MAY = np.array([[name in ROLE_TYPES[role] for name in TYPES] for role in ROLES])
"""Which types (columns) may have which role (rows)."""


class ReadNumber(NamedTuple):
    """A number as a result: its likeliest kind, the likeliest entity in each role with its chance, a score in all."""

    number: int
    kind: ResultKind
    ends: tuple[int, ...]
    chances: tuple[float, ...]
    score: float


def readings(seen: Linkable, text: str, heads: Heads) -> list[ReadNumber]:
    """Read every number as a result; the score says how likely it is one, of this subject and metric."""
    if not seen.numbers or not len(seen.sketch.types):
        return []
    told = np.array([hints(text, number) for number in seen.numbers], np.float32)
    kinds, roles = heads.reported(seen.words, seen.sketch, number_links(seen.sketch), told)
    grid = roles.reshape(len(seen.numbers), len(seen.sketch.types), len(ROLES)) * MAY[:, seen.sketch.types].T
    best, chances = map(tuple, grid.argmax(1).tolist()), map(tuple, grid.max(1).tolist())
    likeliest, some = kinds[:, 1:].argmax(1).tolist(), (1 - kinds[:, 0]).tolist()
    return [
        ReadNumber(number, KINDS[kind], ends, chance, sure * _score(seen, ends, chance))
        for number, (kind, ends, chance, sure) in enumerate(zip(likeliest, best, chances, some, strict=True))
    ]


def _score(seen: Linkable, ends: Sequence[int], chances: Sequence[float]) -> float:
    """How likely a result has this subject and this metric, and both are what they seem."""
    subject, metric = (seen.entities[end].confidence for end in ends[:2])
    return chances[0] * chances[1] * subject * metric


class Results(Linking[list[Result]]):
    """Say of every number whether it is a result, of which kind, and what it is reported of.

    Args:
        folder: Where ``heads.npz`` and ``settings.json`` are.
    """

    def compute(self, doc: Doc) -> list[Result]:
        """Return the results in the order of their numbers."""
        seen: Linkable = doc._.linkable
        read = readings(seen, raw_text(doc), self.heads)
        return [self._result(seen, one) for one in read if 0 < one.score >= self.settings["result"]]

    def _result(self, seen: Linkable, one: ReadNumber) -> Result:
        """Make the result that a number was read as."""
        subject, metric, dataset, baseline = (seen.entities[best].key for best in one.ends)
        least = self.settings["role"]
        on = dataset if one.chances[2] >= least else None
        against = baseline if one.chances[3] >= least and baseline != subject else None
        written = seen.numbers[one.number]
        where = seen.evidence(int(seen.sketch.sentences[seen.sketch.numbers[one.number, 0]]))
        sure = seen.sure(self.calibration("result", one.score), *one.ends[:2])
        return Result(subject, metric, written.value, written.unit, one.kind, on, against, where, sure)

    def write(self, doc: Doc, found: list[Result]) -> None:
        """Set ``doc._.results``."""
        doc._.results = found


@Language.factory("kg_results", default_config={"model": "fast"})
def make_results(nlp: Language, name: str, model: str) -> Results:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Results(weights_folder(model))
