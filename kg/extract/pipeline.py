"""The pipeline: our components behind a trained recogniser, as an ordinary spaCy ``Language``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import spacy

import kg.extract.abbreviations
import kg.extract.identity
import kg.extract.mentions
import kg.extract.relations
import kg.extract.results
import kg.extract.sentences
import kg.extract.tokenizer  # noqa: F401 - importing a component's module registers its factory
from kg.errors import ModelError
from kg.extract.extraction import to_extraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from kg.types import Extraction, Paper

MODELS: dict[str, str] = {"fast": "weights"}
"""Extractors by name, and the folder beside this file that holds their weights."""

BEHIND_NER = ("kg_sentences", "kg_abbreviations", "kg_mentions", "kg_identity", "kg_relations", "kg_results")
BATCH = 64


def load(model: str = "fast") -> Language:
    r"""Load an extractor as a spaCy pipeline.

    Returns:
        A ``Language`` whose documents carry ``doc.ents``, ``doc.spans["kg"]``, ``doc._.entities``, ``doc._.relations``
        and ``doc._.results``. The text is expected as title, line feed, abstract; a bare abstract does too.

    Raises:
        ModelError: There is no extractor of this name, or its weights are missing.

    Example:
        >>> nlp = load()
        >>> doc = nlp("LeafNet: Vision Transformers for Plants\\nWe propose LeafNet, a ViT, and test it on ImageNet.")
        >>> "ImageNet" in [entity.text for entity in doc.ents]
        True
    """
    if model not in MODELS:
        raise ModelError(f"no extractor {model!r}: there is {', '.join(MODELS)}")
    folder = Path(__file__).with_name(MODELS[model])
    if not (folder / "config.cfg").exists():
        raise ModelError(f"the weights of {model!r} are not in {folder}: install paperkg again, or train with kg train")
    return spacy.load(folder)


@cache
def shared_pipeline(model: str) -> Language:
    """Return one pipeline a process and model; loading costs a second."""
    return load(model)


def version_of(model: str) -> str:
    """Return the extractor's name and version, as statements and caches carry it.

    >>> version_of("fast").startswith("paperkg-fast ")
    True
    """
    meta = shared_pipeline(model).meta
    return f"paperkg-{model} {meta['version']}"


def extract(papers: Iterable[Paper], model: str = "fast") -> Iterator[Extraction]:
    """Read papers, in order, in batches.

    Raises:
        ModelError: There is no such model.
    """
    nlp, extractor = shared_pipeline(model), version_of(model)
    texts = ((paper.text, paper.id) for paper in papers)
    for doc, paper in nlp.pipe(texts, as_tuples=True, batch_size=BATCH):
        yield to_extraction(doc, paper, extractor)
