"""How types, relations and amounts are put in words, wherever people read them.

>>> WORDS["partOf"], PLURALS["Dataset"]
(('part of', 'has part'), 'Data sets')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.types import EntityType, RelationType

PLURALS: dict[EntityType, str] = {
    "Task": "Tasks",
    "Method": "Methods",
    "Model": "Models",
    "Dataset": "Data sets",
    "Metric": "Metrics",
}

WORDS: dict[RelationType, tuple[str, str]] = {
    "usedFor": ("used for", "approached with"),
    "partOf": ("part of", "has part"),
    "variantOf": ("variant of", "has variant"),
    "trainedOn": ("trained on", "training data of"),
    "evaluatedOn": ("evaluated on", "test data of"),
    "measuredBy": ("measured by", "measures"),
    "benchmarkFor": ("benchmark for", "has benchmark"),
    "outperforms": ("outperforms", "outperformed by"),
    "comparedWith": ("compared with", "compared with"),
}
"""Each relation as a phrase, and as the phrase that its other end would use."""


def many(count: int, things: str) -> str:
    """Write how many there are of things, as of one where it is one.

    >>> many(1, "entities"), many(1, "distinct papers"), many(12_000, "papers")
    ('1 entity', '1 distinct paper', '12,000 papers')
    """
    one = f"{things[:-3]}y" if things.endswith("ies") else things.removesuffix("s")
    return f"{count:,} {one if count == 1 else things}"


_CLOSE_UNITS = frozenset({"%", "x", "×", "°"})


def amount(value: str, unit: str) -> str:
    """Write a value with its unit.

    >>> amount("91.4", "%"), amount("12", "ms"), amount("71", "")
    ('91.4%', '12 ms', '71')
    """
    return f"{value}{unit}" if unit in _CLOSE_UNITS else f"{value} {unit}".strip()
