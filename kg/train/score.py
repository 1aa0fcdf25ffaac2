"""Score extractions against gold: mentions, entities, identity, proposals, relations and results.

Figures are micro-averaged over all abstracts. An abstract without a prediction counts as an empty one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from kg.train.gold import Gold
    from kg.types import Extraction

Span = tuple[int, int]
Keyed = dict[tuple[int, int, str], str]
"""Mentions (start, end, type), and the entity that each is of."""


class Figure(NamedTuple):
    """How many were right, predicted in vain, and missed."""

    right: int
    vain: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of predictions that are right; 0 where nothing was predicted."""
        return self.right / (self.right + self.vain) if self.right + self.vain else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found; 0 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Figure(right=2, vain=1, missed=3).f1
        0.5
        """
        return 2 * self.right / (2 * self.right + self.vain + self.missed) if self.right else 0.0


class Tally:
    """Counts by name of figure."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)

    def count(self, name: str, right: int, vain: int, missed: int) -> None:
        """Add to a figure."""
        self._counts[name].update(right=right, vain=vain, missed=missed)

    def compare(self, name: str, predicted: AbstractSet[object], gold: AbstractSet[object]) -> None:
        """Add what two sets share and do not share."""
        self.count(name, len(predicted & gold), len(predicted - gold), len(gold - predicted))

    def figures(self) -> dict[str, Figure]:
        """Return the figures by name, sorted."""
        return {
            name: Figure(**{"right": 0, "vain": 0, "missed": 0, **self._counts[name]}) for name in sorted(self._counts)
        }


def score(predictions: Mapping[str, Extraction], golds: Iterable[Gold]) -> dict[str, Figure]:
    """Compare predictions, by id of the abstract, with gold.

    Returns:
        ``mention`` (span and type equal; also per type), ``overlap`` (types equal, spans overlap, one to one),
        ``entity`` (a predicted entity that shares a mention with a gold entity of its type, one to one), ``pair``
        (pairs of mentions of one entity), ``proposed``, ``relation`` (also per relation), ``result`` (subject,
        metric, value, kind) and ``result+dataset``.
    """
    tally = Tally()
    for gold in golds:
        _score_one(tally, predictions.get(gold.id), gold)
    return tally.figures()


def paired_entities(predicted: Extraction, gold: Gold) -> dict[str, str]:
    """The gold entity that each predicted one counts as: of its type, sharing most mentions, one to one."""
    found: Keyed = {(m.start, m.end, m.type): m.entity for m in predicted.mentions}
    return _paired(found, {(start, end, kind): key for start, end, kind, key in gold.spans()})


def _score_one(tally: Tally, predicted: Extraction | None, gold: Gold) -> None:
    gold_mentions: Keyed = {(start, end, kind): key for start, end, kind, key in gold.spans()}
    found: Keyed = {(m.start, m.end, m.type): m.entity for m in predicted.mentions} if predicted else {}
    score_mentions(tally, set(found), set(gold_mentions))
    paired = _paired(found, gold_mentions)
    sizes = len(set(found.values())), len(set(gold_mentions.values()))
    tally.count("entity", len(paired), sizes[0] - len(paired), sizes[1] - len(paired))
    tally.compare("pair", _pairs(found), _pairs(gold_mentions))
    proposed = {e.key for e in predicted.entities if e.proposed} if predicted else set()
    tally.compare("proposed", {_name(paired, key) for key in proposed}, {e.key for e in gold.entities if e.proposed})
    _score_statements(tally, predicted, gold, paired)


def score_mentions(tally: Tally, found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]) -> None:
    """Count the mentions of one text, (start, end, type): ``mention``, each type of it, and ``overlap``."""
    tally.compare("mention", found, gold)
    for kind in {mention[2] for mention in found | gold}:
        tally.compare(f"mention:{kind}", *({m for m in part if m[2] == kind} for part in (found, gold)))
    left, hits = sorted(gold), 0
    for start, end, kind in sorted(found):
        hit = next((m for m in left if m[2] == kind and m[0] < end and start < m[1]), None)
        if hit is not None:
            left.remove(hit)
            hits += 1
    tally.count("overlap", hits, len(found) - hits, len(gold) - hits)


def _by_entity(mentions: Keyed) -> dict[tuple[str, str], set[Span]]:
    """Group spans by (entity, type)."""
    grouped: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for (start, end, kind), key in mentions.items():
        grouped[key, kind].add((start, end))
    return grouped


def _paired(found: Keyed, gold: Keyed) -> dict[str, str]:
    """Pair predicted with gold entities of their type, those that share most mentions first."""
    ours, theirs = _by_entity(found), _by_entity(gold)
    shared = (
        (-len(ours[a] & theirs[b]), a[0], b[0]) for a in ours for b in theirs if a[1] == b[1] and ours[a] & theirs[b]
    )
    paired: dict[str, str] = {}
    for _, key, gold_key in sorted(shared):
        if key not in paired and gold_key not in paired.values():
            paired[key] = gold_key
    return paired


def _pairs(mentions: Keyed) -> set[tuple[Span, Span]]:
    return {pair for spans in _by_entity(mentions).values() for pair in combinations(sorted(spans), 2)}


def _name(paired: Mapping[str, str], key: str | None) -> object:
    """Name a predicted entity by its gold partner; one without a partner equals nothing in gold."""
    return None if key is None else paired.get(key, ("unpaired", key))


def _score_statements(tally: Tally, predicted: Extraction | None, gold: Gold, paired: Mapping[str, str]) -> None:
    relations = predicted.relations if predicted else ()
    found = {(_name(paired, r.head), r.relation, _name(paired, r.tail)) for r in relations}
    wanted = set(gold.relations)
    tally.compare("relation", found, wanted)
    for kind in {triple[1] for triple in found | wanted}:
        tally.compare(f"relation:{kind}", *({t for t in part if t[1] == kind} for part in (found, wanted)))
    for name, with_dataset in (("result", False), ("result+dataset", True)):
        ours = {
            (
                _name(paired, r.subject),
                _name(paired, r.metric),
                r.value,
                r.kind,
                with_dataset and _name(paired, r.dataset),
            )
            for r in (predicted.results if predicted else ())
        }
        theirs = {(r.subject, r.metric, r.value, r.kind, with_dataset and r.dataset) for r in gold.results}
        tally.compare(name, ours, theirs)
