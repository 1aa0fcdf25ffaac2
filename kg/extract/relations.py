"""Which relations an abstract states between its entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from kg.extract.component import raw_text
from kg.extract.hedging import denied
from kg.extract.linking import Linkable, Linking
from kg.extract.links import PERMITTED, RELATIONS, pairs
from kg.extract.shipped import weights_folder
from kg.types import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from kg.extract.heads import Heads
    from kg.extract.links import Links
    from kg.types import RelationType


class Relations(Linking[list[Relation]]):
    """Judge all pairs of entities of a document whose types some relation may join.

    Args:
        folder: Where ``heads.npz`` and ``settings.json`` are.
    """

    def load(self, folder: Path) -> None:
        """Read the weights."""
        super().load(folder)
        self.least = np.array([self.settings["relations"][name] for name in RELATIONS], np.float32)

    def compute(self, doc: Doc) -> list[Relation]:
        """Return one relation for each triple that is likely enough."""
        seen: Linkable = doc._.linkable
        links = pairs(seen.sketch)
        scores = scored(seen, links, self.heads)
        rows, kinds = np.nonzero((scores >= self.least) & (scores > 0))
        ends = zip(links.head[rows].tolist(), links.tail[rows].tolist(), strict=True)
        here, there = (seen.sketch.sentences[at[rows, 0]].tolist() for at in (links.head_at, links.tail_at))
        sentences = zip(here, there, strict=True)
        likely = zip(kinds.tolist(), ends, sentences, scores[rows, kinds].tolist(), strict=True)
        found = [self._relation(seen, RELATIONS[kind], *rest) for kind, *rest in likely]
        return [relation for relation in found if not _denied(raw_text(doc), relation)]

    def _relation(
        self, seen: Linkable, kind: RelationType, ends: Sequence[int], sentences: Sequence[int], score: float
    ) -> Relation:
        """Make the relation; its evidence is where its ends stand nearest to each other."""
        head, tail = (seen.entities[end].key for end in ends)
        sure = seen.sure(self.calibration(kind, score), *ends)
        return Relation(head, kind, tail, seen.evidence(*sentences), sure)

    def write(self, doc: Doc, found: list[Relation]) -> None:
        """Set ``doc._.relations``."""
        doc._.relations = found


def scored(seen: Linkable, links: Links, heads: Heads) -> NDArray[np.float32]:
    """How likely every relation is (pairs, relations): the network's opinion times the confidence of both ends."""
    if not len(links.head):
        return np.empty((0, len(RELATIONS)), np.float32)
    types, sure = seen.sketch.types, np.array([entity.confidence for entity in seen.entities], np.float32)
    chances = heads.relations(seen.words, seen.sketch, links) * PERMITTED[types[links.head], types[links.tail]]
    scores: NDArray[np.float32] = chances * (sure[links.head] * sure[links.tail])[:, None]
    return scores


def _denied(text: str, relation: Relation) -> bool:
    """Tell whether the evidence denies that the head is better."""
    return relation.relation == "outperforms" and any(denied(text[span.start : span.end]) for span in relation.evidence)


@Language.factory("kg_relations", default_config={"model": "fast"})
def make_relations(nlp: Language, name: str, model: str) -> Relations:
    """Make the component for a pipeline; ``model`` names the weights that come with paperkg."""
    return Relations(weights_folder(model))
