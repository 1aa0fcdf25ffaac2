"""How well an extractor does on a corpus of other annotators, by mentions alone.

Their types are fewer than ours: what they have no name for is not counted, and models count as methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract import extract
from kg.progress import counted
from kg.train.corpora import READERS
from kg.train.evaluate import table
from kg.train.score import Tally, score_mentions
from kg.types import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.graph import Frame
    from kg.progress import Progress

_THEIRS = {"scier": {"Task": "Task", "Method": "Method", "Model": "Method", "Dataset": "Dataset"}}
"""For each corpus, what our types are called there."""

CORPORA = tuple(_THEIRS)
"""The corpora that can be scored against; none of them was trained on."""


def evaluate_outside(path: Path, corpus: str, *, model: str = "fast", progress: Progress = lambda *_: None) -> Frame:
    """Score an extractor's mentions against another corpus, each of its texts read as an abstract without a title.

    Args:
        path: The file of the corpus.
        corpus: One of :data:`CORPORA`.
        model: The extractor.
        progress: Called with ("evaluate", texts done, of how many).

    Returns:
        Rows as :func:`kg.train.evaluate.evaluate` gives them, for ``mention``, each type of it, and ``overlap``.
    """
    documents, ours = READERS[corpus](path), _THEIRS[corpus]
    papers = (Paper(id=one.id, title="", abstract=one.text) for one in documents)
    tally = Tally()
    for document, found in zip(
        documents, counted(extract(papers, model), "evaluate", progress, len(documents)), strict=True
    ):
        named = ((m.start - 1, m.end - 1, ours.get(m.type)) for m in found.mentions)
        score_mentions(tally, set(_known(named)), {span[:3] for span in document.spans})
    return table(tally.figures())


def _known(spans: Iterable[tuple[int, int, str | None]]) -> Iterable[tuple[int, int, str]]:
    return ((start, end, kind) for start, end, kind in spans if kind is not None)
