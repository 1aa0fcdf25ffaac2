"""What every component of the pipeline is: something that computes from a Doc, and writes into it, apart."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from spacy.tokens import Doc, Span
from spacy.util import minibatch

from kg.extract.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")

_TEXT = "kg.text"
SPANS = "kg"
"""The key of ``doc.spans`` under which mentions stand; a span's label is its type, its ``id_`` its entity's key."""


def declare_extensions() -> None:
    """Declare the attributes that hold what spaCy has no place for; calling it again changes nothing.

    ``doc._.sentence_starts`` has the character offsets at which sentences begin, ``doc._.reading`` what the network
    says word by word (:class:`~kg.extract.network.Reading`), ``doc._.linkable`` what links see of it
    (:class:`~kg.extract.linking.Linkable`), ``doc._.entities`` the :class:`~kg.types.LocalEntity` list,
    ``doc._.relations`` and ``doc._.results`` what is stated between them, and ``span._.confidence`` how sure the
    extractor is of a mention.
    """
    for name in ("entities", "relations", "results", "sentence_starts"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
    for name in ("reading", "linkable"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)
    if not Span.has_extension("confidence"):
        Span.set_extension("confidence", default=1.0)


def raw_text(doc: Doc | Page) -> str:
    """Return ``doc.text``, which spaCy puts together anew each time it is asked, kept from the first time on."""
    if isinstance(doc, Page):
        return doc.text
    if _TEXT not in doc.user_data:
        doc.user_data[_TEXT] = doc.text
    return cast("str", doc.user_data[_TEXT])


class Component(ABC, Generic[T]):
    """A pipeline step: :meth:`compute` looks, :meth:`write` writes, and neither does the other's work.

    A step that is faster for many documents at once implements :meth:`compute_all` too.  All that it looks at is also
    on a :class:`~kg.extract.page.Page`, and a step that writes what only a Doc has implements :meth:`note` for pages.
    """

    def __init__(self) -> None:
        declare_extensions()

    @abstractmethod
    def compute(self, doc: Doc) -> T:
        """Read ``doc`` and return what is to be written; change nothing."""

    def compute_all(self, docs: Sequence[Doc]) -> list[T]:
        """Read each of ``docs``; what is read in one never depends on its neighbours."""
        return [self.compute(doc) for doc in docs]

    @abstractmethod
    def write(self, doc: Doc, found: T) -> None:
        """Write what :meth:`compute` returned into ``doc``."""

    def note(self, page: Page, found: T) -> None:
        """Write what :meth:`compute` returned on a page."""
        self.write(cast("Doc", page), found)

    def __call__(self, doc: Doc) -> Doc:
        """Process one document."""
        self.write(doc, self.compute(doc))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64, **_: object) -> Iterator[Doc]:
        """Process a stream of documents, some at a time."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            for doc, found in zip(docs, self.compute_all(docs), strict=True):
                self.write(doc, found)
                yield doc
