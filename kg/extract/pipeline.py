"""The pipeline: our components as an ordinary spaCy ``Language``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import spacy
from spacy.util import minibatch
from threadpoolctl import ThreadpoolController

import kg.extract.encoder
import kg.extract.identity
import kg.extract.linking
import kg.extract.mentions
import kg.extract.relations
import kg.extract.results
import kg.extract.sentences
import kg.extract.tokenizer  # noqa: F401 - importing a component's module registers its factory
from kg.extract.extraction import to_extraction
from kg.extract.page import Page
from kg.extract.shipped import version_of, weights_folder
from kg.garbage import uncollected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.extract.component import Component
    from kg.types import Extraction, Paper

BATCH = 64


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
    nlp.add_pipe("kg_links")
    nlp.add_pipe("kg_relations", config={"model": model})
    nlp.add_pipe("kg_results", config={"model": model})
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
    steps = [cast("Component[Any]", component) for _, component in nlp.pipeline]
    for batch in minibatch(papers, BATCH):  # type: ignore[no-untyped-call]
        with uncollected(), blas().limit(limits=1):
            found = _read([paper.text for paper in batch], steps)
            read = [to_extraction(page, paper.id, extractor) for page, paper in zip(found, batch, strict=True)]
        yield from read


@cache
def blas() -> ThreadpoolController:
    """The threads of numpy's matrix products: for matrices as small as ours they cost more than they save."""
    return ThreadpoolController().select(user_api="blas")


def _read(texts: Iterable[str], steps: Iterable[Component[Any]]) -> Iterator[Page]:
    """Take texts through all steps; each page is emptied once the next is asked for."""
    pages = [Page(text) for text in texts]
    for step in steps:
        for page, found in zip(pages, step.compute_all(cast("list[Doc]", pages)), strict=True):
            step.note(page, found)
    for page in pages:
        yield page
        page.spans.clear()  # a page and its marks hold each other: so all memory goes back at once
