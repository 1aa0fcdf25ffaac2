"""Generic heads: the nouns that a name of each type may end in without naming anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.types import EntityType

HEADS: dict[EntityType, frozenset[str]] = {
    "Dataset": frozenset({"dataset", "benchmark", "corpus", "database", "suite", "set", "testbed", "collection"}),
    "Metric": frozenset({"score", "metric", "measure", "value", "index"}),
    "Model": frozenset({"model", "network", "architecture", "family", "system", "framework", "classifier", "backbone"}),
    "Method": frozenset(
        {"method", "algorithm", "technique", "approach", "mechanism", "strategy", "module", "optimizer", "scheme"}
        | {"procedure", "framework", "layer", "operation", "regularization", "loss"}
    ),
    "Task": frozenset({"task", "problem", "challenge", "setting"}),
}
"""What "GLUE benchmark" and "BLEU score" end in, by the type of the whole."""

GENERIC: frozenset[str] = frozenset().union(*HEADS.values())


def headless(form: str) -> str:
    """Take generic heads off the end of a form, all but its first word.

    >>> headless("vision language action model"), headless("network")
    ('vision language action', 'network')
    """
    words = form.split()
    while len(words) > 1 and words[-1] in GENERIC:
        words.pop()
    return " ".join(words)
