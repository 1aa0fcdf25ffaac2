"""A text on its way through the components when nobody asked for a spaCy ``Doc``.

A page has the part of a Doc's interface that components read, and nothing that is dear: no tokens, no vocabulary.  What
stands behind ``doc._`` and ``span._`` stands on the page and its marks themselves.

>>> page = Page("We use BERT.")
>>> page.spans["kg"] = [Mark(page, 7, 11, "Model", 0.9)]
>>> [(mark.text, mark.label_, mark._.confidence) for mark in page.spans["kg"]]
[('BERT', 'Model', 0.9)]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.linking import Linkable
    from kg.extract.network import Reading
    from kg.types import LocalEntity, Relation, Result


@dataclass(slots=True, eq=False)
class Page:
    """Stands for a ``Doc``."""

    text: str
    spans: dict[str, list[Mark]] = field(default_factory=dict)
    reading: Reading | None = None
    sentence_starts: Sequence[int] = ()
    entities: Sequence[LocalEntity] = ()
    linkable: Linkable | None = None
    relations: Sequence[Relation] = ()
    results: Sequence[Result] = ()

    @property
    def _(self) -> Page:
        return self


@dataclass(slots=True, eq=False)
class Mark:
    """Stands for a ``Span``."""

    doc: Page
    start_char: int
    end_char: int
    label_: str
    confidence: float = 1.0
    id_: str = ""

    @property
    def text(self) -> str:
        """The characters that are marked."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def start(self) -> int:
        """A number that orders marks; of a Span, its first token."""
        return self.start_char

    @property
    def _(self) -> Mark:
        return self
