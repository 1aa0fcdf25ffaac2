"""The pipeline: our components as an ordinary spaCy ``Language``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import spacy
from spacy.util import minibatch

import kg.extract.encoder
import kg.extract.identity
import kg.extract.mentions
import kg.extract.relations
import kg.extract.results
import kg.extract.sentences
import kg.extract.tokenizer  # noqa: F401 - importing a component's module registers its factory
from kg.extract.extraction import to_extraction
from kg.extract.shipped import version_of, weights_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from kg.types import Extraction, Paper

BATCH = 128


def load(model: str = "fast", *, min_confidence: float | None = None) -> Language:
    r"""Make an extractor as a spaCy pipeline.

    Args:
        model: ``fast``, a small student for the CPU, or ``accurate``, the transformer that taught it.
        min_confidence: The least confidence that a mention may have; None takes the one chosen in training.

    Returns:
        A ``Language`` whose documents carry ``doc.ents``, ``doc.spans["kg"]``, ``doc._.entities``, ``doc._.relations``
        and ``doc._.results``. The text is expected as title, line feed, abstract; a bare abstract does too.

    Raises:
        ModelError: There is no extractor of this name, or its weights are missing.

    Example:
        >>> nlp = load()
        >>> doc = nlp("LeafNet: Vision Transformers for Plants\nWe propose LeafNet, a ViT, and test it on ImageNet.")
        >>> "ImageNet" in [entity.text for entity in doc.ents]
        True
    """
    weights_folder(model)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.Tokenizer.v1"}}})
    nlp.add_pipe("kg_sentences")
    nlp.add_pipe("kg_encoder", config={"model": model})
    nlp.add_pipe("kg_mentions", config={"model": model, "min_confidence": min_confidence})
    nlp.add_pipe("kg_identity", config={"model": model})
    nlp.add_pipe("kg_relations")
    nlp.add_pipe("kg_results")
    nlp.meta.update(name=f"paperkg_{model}", version=version_of(model).rpartition(" ")[2])
    return nlp


@cache
def shared_pipeline(model: str, min_confidence: float | None = None) -> Language:
    """Return one pipeline a process, model and threshold; loading takes a second."""
    return load(model, min_confidence=min_confidence)


def extract(
    papers: Iterable[Paper], model: str = "fast", *, min_confidence: float | None = None
) -> Iterator[Extraction]:
    """Read papers, in order.

    Args:
        papers: Any stream of papers; it is read once.
        model: ``fast`` or ``accurate``.
        min_confidence: The least confidence that a mention may have; None takes the one chosen in training.

    Raises:
        ModelError: There is no such model.
    """
    nlp, extractor = shared_pipeline(model, min_confidence), version_of(model)
    for batch in minibatch(papers, BATCH):  # type: ignore[no-untyped-call]
        with nlp.memory_zone():  # else spaCy keeps every word that it ever met
            docs = nlp.pipe(((paper.text, paper.id) for paper in batch), as_tuples=True)
            found = [to_extraction(doc, paper, extractor) for doc, paper in docs]
        yield from found
