"""What an abbreviation means where an abstract does not say: the sense that type, neighbours and corpus favour.

Naive Bayes: the prior of a sense is the share of definitions that give it, its type and the things it is mentioned with
are counted in abstracts that spell it out. Counts of neighbours are smoothed with the whole corpus (Dirichlet; Zhai and
Lafferty 2004, "A study of smoothing methods for language models applied to information retrieval") and each counts
half, since neighbours are not independent.

>>> from collections import Counter
>>> sgd = Profile(90, Counter({"Method": 80}), Counter({"adam": 30, "imagenet": 20}), 50)
>>> dialogues = Profile(10, Counter({"Dataset": 9}), Counter({"dialog state tracking": 9}), 9)
>>> corpus = Corpus({"adam": 40, "imagenet": 90, "dialog state tracking": 12}, 142)
>>> weigh([sgd, dialogues], "Dataset", ["dialog state tracking"], corpus)[1] > 0.9
True
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum, log
from typing import TYPE_CHECKING

from kg.types import ENTITY_TYPES, EntityType

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping, Sequence

    from kg.resolve.abbreviations import Sense
    from kg.resolve.aliases import Table
    from kg.resolve.uses import Census

from kg.resolve.abbreviations import abbreviates, alike
from kg.resolve.vetoes import unlike

SURE = 0.8
"""The share of definitions from which an abbreviation has one sense unless an abstract suggests another."""

_TYPE_PRIOR = 0.2
_SMOOTHING = 50
_HALF = 0.5
_LEAST, _MOST = -1.0, 3.0
_KNOWN = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """What abstracts that spell out a sense show of it.

    Attributes:
        support: How many define it.
        types: How often it has each type.
        neighbours: What is mentioned beside it, and in how many papers.
        total: The sum of these.
    """

    support: int
    types: Counter[EntityType]
    neighbours: Counter[str]
    total: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """In how many papers each thing is mentioned, and the sum of all."""

    papers: Mapping[str, int]
    total: int

    def share(self, name: str) -> float:
        """Return the share of mentions that a thing has; what is unknown counts as one."""
        return self.papers.get(name, 1) / max(self.total, 1)


def weigh(profiles: Sequence[Profile], kind: EntityType, neighbours: Iterable[str], corpus: Corpus) -> list[float]:
    """Give the probability of each sense for one use of type ``kind`` beside ``neighbours``; they sum to 1."""
    beside = sorted(set(neighbours))
    scores = [_score(profile, kind, beside, corpus) for profile in profiles]
    best = max(scores)
    shares = [exp(score - best) for score in scores]
    return [share / fsum(shares) for share in shares]


def _score(profile: Profile, kind: EntityType, beside: Iterable[str], corpus: Corpus) -> float:
    typed = (profile.types[kind] + _TYPE_PRIOR) / (profile.types.total() + _TYPE_PRIOR * len(ENTITY_TYPES))
    seen = (_lift(profile.neighbours[name], profile.total, corpus.share(name)) for name in beside)
    return log(profile.support) + log(typed) + _HALF * fsum(seen)


def _lift(count: int, total: int, share: float) -> float:
    """Return how much more often a neighbour stands beside this sense than anywhere, as a bounded logarithm."""
    lift = log((count + _SMOOTHING * share) / ((total + _SMOOTHING) * share))
    return min(max(lift, _LEAST), _MOST)


def informed(senses: Mapping[str, tuple[Sense, ...]], table: Table) -> dict[str, tuple[Sense, ...]]:
    """Leave out senses that the alias table does not know of an abbreviation whose long form it gives."""
    return {short: _informed(short, found, table) for short, found in senses.items()}


def _informed(short: str, found: tuple[Sense, ...], table: Table) -> tuple[Sense, ...]:
    longs = [form for place in table.same(short) for form in table.rows[place].forms if abbreviates(short, form)]
    if not longs:
        return found
    return tuple(sense for sense in found if any(alike(short, form, long) for form in sense.forms for long in longs))


def sure(senses: Mapping[str, tuple[Sense, ...]], census: Census) -> dict[str, Sense]:
    """Give each abbreviation that nearly all abstracts spell alike its one sense."""
    certain = {}
    for short, found in senses.items():
        total = sum(sense.support for sense in found)
        if found and found[0].support >= SURE * total and not _unlike(census, short, found[0].centre):
            certain[short] = found[0]
    return certain


def _unlike(census: Census, left: str, right: str) -> bool:
    known = min(census.papers[left], census.papers[right]) >= _KNOWN
    return known and unlike(census.major(left), census.major(right))
