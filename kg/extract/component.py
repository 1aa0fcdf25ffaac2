"""What every component of the pipeline is: something that computes from a Doc, and writes into it, apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar

from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

SPANS = "kg"
"""The key of ``doc.spans`` under which mentions stand; a span's label is its type, its ``id_`` its entity's key."""


def declare_extensions() -> None:
    """Declare the attributes that hold what spaCy has no place for; calling it again changes nothing.

    ``doc._.abbreviations`` has pairs of spans (long form, short form), ``doc._.entities`` the
    :class:`~kg.types.LocalEntity` list, ``doc._.relations`` and ``doc._.results`` what is stated between them, and
    ``span._.confidence`` how sure the recogniser is of a mention.
    """
    for name in ("abbreviations", "entities", "relations", "results"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
    if not Span.has_extension("confidence"):
        Span.set_extension("confidence", default=1.0)


class Component(ABC, Generic[T]):
    """A pipeline step: :meth:`compute` looks, :meth:`write` writes, and neither does the other's work."""

    def __init__(self) -> None:
        declare_extensions()

    @abstractmethod
    def compute(self, doc: Doc) -> T:
        """Read ``doc`` and return what is to be written; change nothing."""

    @abstractmethod
    def write(self, doc: Doc, found: T) -> None:
        """Write what :meth:`compute` returned into ``doc``."""

    def __call__(self, doc: Doc) -> Doc:
        """Process one document."""
        self.write(doc, self.compute(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], **_: object) -> Iterator[Doc]:
        """Process a stream of documents."""
        return map(self, stream)
