"""What a build can be told."""

from __future__ import annotations

import msgspec

from kg.iris import BASE


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What a build can be told.

    Attributes:
        model: The extractor, a name of ``kg.extract.MODELS``.
        min_confidence: The least confidence that a mention may have, or a table of least confidences by kind, see
            :func:`kg.thresholds.thresholds`; None takes the ones chosen in training.
        base: The IRI that all nodes' IRIs begin with; ends with a slash.
        corrections: A file of a user's corrections, see :mod:`kg.resolve.corrections`; by default corrections.tsv
            beside the inputs, where there is one.
        strict: Stop at the first record that cannot be read, instead of reporting and skipping it.
        page_nodes: The most nodes that graph.html draws.
    """

    model: str = "fast"
    min_confidence: float | dict[str, float] | None = None
    base: str = BASE
    corrections: str | None = None
    strict: bool = False
    page_nodes: int = 500
