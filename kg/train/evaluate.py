"""How well an extractor does: read the gold abstracts as any others and score what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from kg.errors import PaperFormatError
from kg.extract import extract, version_of
from kg.extract.component import SPANS
from kg.extract.extraction import to_extraction
from kg.extract.jsonl import read_predictions
from kg.extract.pipeline import shared_pipeline
from kg.graph import Frame
from kg.progress import counted
from kg.train.gold import read_gold
from kg.train.score import score
from kg.types import LocalEntity, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.progress import Progress
    from kg.train.gold import Gold
    from kg.train.score import Figure
    from kg.types import Extraction

Given = Literal["mentions", "entities"]


def evaluate(
    gold: Path,
    *,
    model: str = "fast",
    predictions: Path | None = None,
    given: Given | None = None,
    progress: Progress = lambda *_: None,
) -> Frame:
    """Score an extractor, or a file of its predictions, against annotations.

    Args:
        gold: Annotated abstracts, JSON Lines.
        model: The extractor.
        predictions: A file of predictions to score instead.
        given: Hand the annotated ``mentions`` to the extractor, or the annotated ``entities`` with them, to score what
            it makes of these alone.
        progress: Called with ("evaluate", abstracts done, of how many).

    Returns:
        A row for each figure of :func:`kg.train.score.score`: name, precision, recall and F1 in percent, and how many
        were gold and predicted.

    Raises:
        PaperFormatError: A file cannot be read, or has no annotations.
    """
    golds = list(read_gold(gold))
    if not any(one.entities for one in golds):
        raise PaperFormatError(f"{gold} has no annotations to score against: see the form in kg/train/gold.py")
    if given is not None:
        found = counted(_from_given(golds, model, given), "evaluate", progress, len(golds))
    elif predictions is None:
        papers = (Paper(id=one.id, title=one.title, abstract=one.abstract) for one in golds)
        found = counted(extract(papers, model), "evaluate", progress, len(golds))
    else:
        found = read_predictions(predictions)
    return table(score({extraction.paper: extraction for extraction in found}, golds))


def table(figures: Mapping[str, Figure]) -> Frame:
    """Make a table of figures, in percent."""
    rows = [
        {
            "figure": name,
            "precision": round(100 * figure.precision, 1),
            "recall": round(100 * figure.recall, 1),
            "f1": round(100 * figure.f1, 1),
            "gold": figure.right + figure.missed,
            "predicted": figure.right + figure.vain,
        }
        for name, figure in figures.items()
    ]
    return Frame(pa.Table.from_pylist(rows))


def _from_given(golds: Iterable[Gold], model: str, given: Given) -> Iterator[Extraction]:
    """Put annotations in the place of what the pipeline finds, and run what comes behind them."""
    nlp, extractor = shared_pipeline(model), version_of(model)
    for gold in golds:
        doc = nlp.make_doc(gold.text)
        for name, component in nlp.pipeline:
            if name == "kg_mentions":
                doc = _with_mentions(doc, gold)
            elif name == "kg_identity" and given == "entities":
                doc = _with_entities(doc, gold)
            else:
                doc = component(doc)
        yield to_extraction(doc, gold.id, extractor)


def _with_mentions(doc: Doc, gold: Gold) -> Doc:
    spans = (doc.char_span(start, end, label=kind, span_id=key) for start, end, kind, key in gold.spans())
    doc.spans[SPANS] = [span for span in spans if span is not None]
    return doc


def _with_entities(doc: Doc, gold: Gold) -> Doc:
    """The mentions have their entities' keys already; entities without a mention that spaCy can mark are left out."""
    seen = {span.id_ for span in doc.spans[SPANS]}
    doc._.entities = [LocalEntity(e.key, e.type, e.name, e.proposed) for e in gold.entities if e.key in seen]
    return doc
