"""What every component of the pipeline is: something that computes from a Doc, and writes into it, apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

_TEXT = "kg.text"
SPANS = "kg"
"""The key of ``doc.spans`` under which mentions stand; a span's label is its type, its ``id_`` its entity's key."""


def declare_extensions() -> None:
    """Declare the attributes that hold what spaCy has no place for; calling it again changes nothing.

    ``doc._.sentence_starts`` has the character offsets at which sentences begin, ``doc._.reading`` what the network
    says word by word (:class:`~kg.extract.network.Reading`),
    ``doc._.entities`` the :class:`~kg.types.LocalEntity` list, ``doc._.relations`` and ``doc._.results`` what is stated
    between them, and ``span._.confidence`` how sure the extractor is of a mention.
    """
    for name in ("entities", "relations", "results", "sentence_starts"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
    if not Doc.has_extension("reading"):
        Doc.set_extension("reading", default=None)
    if not Span.has_extension("confidence"):
        Span.set_extension("confidence", default=1.0)


def raw_text(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy puts together anew each time it is asked, kept from the first time on."""
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    return cast("str", doc.user_data[_TEXT])


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
        """Process a stream of documents, each by itself: what is read in one never depends on its neighbours."""
        return map(self, stream)
