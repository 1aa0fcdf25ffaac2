"""PubMed XML, an article at a time and with no entity expanded; ``record`` is the article from 1.

See https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/ for the elements.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from defusedxml.ElementTree import ParseError, iterparse
from msgspec import UNSET, UnsetType

from kg.papers.drafts import Draft
from kg.papers.lines import MAX_LINE
from kg.papers.problems import BadInput, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

_ARTICLE = "PubmedArticle"
_MAX_DEPTH = 100
# ValueError covers forbidden entities and encodings that the parser does not know.
_BROKEN = (ParseError, ValueError, LookupError)


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read the articles of a set.

    Raises:
        BadInput: It is not well-formed, defines entities, is nested too deeply, or an article is too long.
    """
    try:
        yield from _articles(_Meter(opened))
    except _BROKEN as error:
        reason = f"cannot be read as PubMed XML ({error})"
        remedy = "fetch it again from PubMed; it must define no entities"
        raise BadInput(Problem(opened.name, 0, reason, remedy)) from error


def recognises(head: str) -> bool:
    """Tell whether a text is XML with articles of PubMed.

    Example:
        >>> recognises("<PubmedArticleSet><PubmedArticle>"), recognises("<html>")
        (True, False)
    """
    return head.lstrip().startswith("<") and f"<{_ARTICLE}" in head


def draft(record: int, article: Element) -> Draft:
    """Read one article; the parts of a structured abstract stand below each other, each after its label.

    Example:
        >>> from defusedxml.ElementTree import fromstring
        >>> abstract = '<Abstract><AbstractText Label="AIM">We shrink it.</AbstractText></Abstract>'
        >>> article = f"<a><MedlineCitation><Article>{abstract}</Article></MedlineCitation></a>"
        >>> draft(1, fromstring(article)).abstract
        'AIM: We shrink it.'
    """
    citation = "MedlineCitation"
    return Draft(
        record,
        id=_text(article, f"{citation}/PMID") or None,
        title=_text(article, f"{citation}/Article/ArticleTitle"),
        abstract=_abstract(article.findall(f"{citation}/Article/Abstract/AbstractText")),
        year=_text(article, f"{citation}/Article/Journal/JournalIssue/PubDate"),
        venue=_text(article, f"{citation}/Article/Journal/Title"),
        authors=[_person(author) for author in article.iterfind(f"{citation}/Article/AuthorList/Author")],
        keywords=[_joined(keyword) for keyword in article.iterfind(f"{citation}/KeywordList/Keyword")],
        doi=_text(article, "PubmedData/ArticleIdList/ArticleId[@IdType='doi']")
        or _text(article, f"{citation}/Article/ELocationID[@EIdType='doi']"),
    )


def _articles(source: _Meter) -> Iterator[Draft]:
    numbers, open_elements = count(1), list["Element"]()
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            open_elements.append(element)
            _limit(len(open_elements))
            continue
        open_elements.pop()
        if element.tag == _ARTICLE:
            yield draft(next(numbers), element)
            source.restart()
            for parent in open_elements:
                parent.clear()


def _limit(depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise ValueError(f"elements are nested more than {_MAX_DEPTH} deep")


def _text(article: Element, path: str) -> str | UnsetType:
    element = article.find(path)
    return UNSET if element is None else _joined(element)


def _joined(element: Element) -> str:
    return "".join(element.itertext()).strip()


def _abstract(parts: list[Element]) -> str | UnsetType:
    texts = ((part.get("Label"), _joined(part)) for part in parts)
    return "\n".join(f"{label}: {text}" if label else text for label, text in texts) if parts else UNSET


def _person(author: Element) -> str:
    names = (author.findtext(tag) for tag in ("ForeName", "LastName", "CollectiveName"))
    return " ".join(filter(None, names))


class _Meter:
    """Bytes for the parser, as long as an article ends now and then: one that never does would fill the memory."""

    def __init__(self, opened: Opened) -> None:
        self._stream, self._since = opened.stream, 0

    def read(self, size: int) -> Any:
        data = self._stream.read(size)
        self._since += len(data)
        if self._since > MAX_LINE:
            raise ValueError(f"an article is longer than {MAX_LINE >> 20} MiB")
        return data

    def restart(self) -> None:
        self._since = 0
