r"""Which key or column holds what: the names that a title, an abstract and the rest go by.

>>> names = FieldNames(abstract="summary")
>>> names.drafter()(1, {"Title": "A tiny BERT", "Summary": "We shrink it."}).abstract
'We shrink it.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct

from kg.papers.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Names = str | tuple[str, ...]


class FieldNames(Struct, frozen=True, kw_only=True):
    """One name, or several in the order in which they are tried; case does not count.

    The defaults cover what Scopus, IEEE Xplore, Zotero and common data sets write. They serve JSON Lines, CSV, TSV and
    Parquet; the other formats name their fields themselves.

    Example:
        >>> FieldNames(title="name", abstract=("summary", "tldr")).of("abstract")
        ('summary', 'tldr')
    """

    id: Names = ("id", "paper_id", "uid", "key", "eid")
    title: Names = ("title", "paper_title", "article title", "document title", "display_name")
    abstract: Names = ("abstract", "summary", "paper_abstract", "abstract note")
    year: Names = ("year", "publication_year", "publication year", "published", "publication_date", "date")
    venue: Names = ("venue", "journal", "booktitle", "conference", "source title", "publication title")
    authors: Names = ("authors", "author")
    url: Names = ("url", "link", "paper_url", "url_abs")
    keywords: Names = ("keywords", "author keywords", "tags")
    doi: Names = ("doi",)
    arxiv: Names = ("arxiv", "arxiv_id", "arxivid", "eprint")

    def of(self, field: str) -> tuple[str, ...]:
        """Give the names of one field, folded."""
        names: Names = getattr(self, field)
        return tuple(name.casefold() for name in ((names,) if isinstance(names, str) else names))

    def have_text(self, columns: Iterable[str]) -> bool:
        """Tell whether columns of these names hold both title and abstract.

        Example:
            >>> FieldNames().have_text(["Title", "Abstract"]), FieldNames().have_text(["Title", "Year"])
            (True, False)
        """
        folded = {column.strip().casefold() for column in columns}
        return not folded.isdisjoint(self.of("title")) and not folded.isdisjoint(self.of("abstract"))

    def drafter(self) -> Callable[[int, dict[str, Any]], Draft]:
        """Make the function that picks from one object or row; the first name that holds something wins.

        Example:
            >>> draft = FieldNames().drafter()
            >>> draft(7, {"TITLE": "A tiny BERT", "summary": None}).abstract is None
            True
        """
        tried = {field: self.of(field) for field in self.__struct_fields__}

        def draft(record: int, row: dict[str, Any]) -> Draft:
            folded = {key.strip().casefold(): value for key, value in reversed(row.items())}
            return Draft(record, **{field: _first(names, folded) for field, names in tried.items()})

        return draft


def _first(names: tuple[str, ...], row: dict[str, Any]) -> Any:
    found = UNSET
    for name in names:
        if name in row:
            found = row[name]
            if found is not None:
                break
    return found


DEFAULT = FieldNames()
