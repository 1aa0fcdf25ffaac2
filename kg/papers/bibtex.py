"""BibTeX and BibLaTeX by bibtexparser, a portion at a time; ``record`` is the line on which the entry begins."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, Entry, ParsingFailedBlock
from msgspec import UNSET

from kg.papers.drafts import Draft, overlong
from kg.papers.identity import arxiv_id
from kg.papers.lines import MAX_LINE, text_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.papers.fields import FieldNames
    from kg.papers.opening import Opened

# It logs each broken entry to stderr, where we say the same in one line.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

_ENTRY = re.compile(r"\s*@\s*\w+\s*[{(]")
_TYPICAL = re.compile(r"^[^\S\n]*@\w+\s*[{(]\s*[^\s,{}()=]+\s*,", re.MULTILINE)
_PORTION = 1 << 18
_MAX_MACROS = 1 << 20


def read(opened: Opened, _fields: FieldNames) -> Iterator[Draft]:
    """Read the entries; macros (``@string``) hold for those after them."""
    macros, skipped = "", list[int]()
    for first, text in _portions(text_lines(opened, skipped)):
        library = parse_string(macros + text)
        shift = first - macros.count("\n")
        yield from filter(None, (_block(shift, block) for block in library.blocks))
        macros = "".join(f"{string.raw}\n" for string in library.strings)[:_MAX_MACROS]
    yield from overlong(skipped)


def recognises(head: str) -> bool:
    """Tell whether a text has an entry with a key.

    Example:
        >>> recognises("@article{lee2024, title = {A tiny BERT}}"), recognises("@dataclass(frozen=True)")
        (True, False)
    """
    return _TYPICAL.search(head) is not None


def draft(record: int, entry: Entry) -> Draft:
    """Read one entry.

    Example:
        >>> text = "@article{lee, title={A {BERT}}, volume={abs/1706.03762}, author={Lee, Ann and Ray, Bo}, year=2024}"
        >>> found = draft(1, parse_string(text).entries[0])
        >>> found.title, found.arxiv, found.year
        ('A {BERT}', '1706.03762', '2024')
    """
    fields = {key.casefold(): str(field.value) for key, field in entry.fields_dict.items()}
    return Draft(
        record,
        id=entry.key,
        title=fields.get("title", UNSET),
        abstract=fields.get("abstract", UNSET),
        year=fields.get("year") or fields.get("date"),
        venue=fields.get("booktitle") or fields.get("journal") or fields.get("journaltitle"),
        authors=fields.get("author"),
        url=fields.get("url"),
        keywords=fields.get("keywords"),
        doi=fields.get("doi"),
        arxiv=_arxiv(fields),
    )


def _arxiv(fields: dict[str, str]) -> str | None:
    """Find the id where arXiv, DBLP (``abs/…`` as the volume) and Google Scholar (in the journal) put it."""
    volume = fields.get("volume", "")
    marked = arxiv_id(fields.get("journal")) or arxiv_id(volume.removeprefix("abs/"), bare=volume.startswith("abs/"))
    kind = fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv"
    return marked or arxiv_id(fields.get("eprint"), bare=kind.casefold() == "arxiv")


def _block(shift: int, block: Block) -> Draft | None:
    # A key or a field that comes twice is no reason to lose the entry.
    whole = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
    line = shift + (block.start_line or 0)
    if isinstance(whole, Entry):
        return draft(line, whole)
    return None if whole else Draft(line, flaw=("entry is no BibTeX", "check its braces, quotes and commas"))


def _portions(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Cut the text before entries, so that a file of any size is held a portion at a time."""
    first, held, size, last = 1, list[str](), 0, 0
    for number, text in lines:
        if size > _PORTION and _ENTRY.match(text):
            yield first, "".join(held)
            first, held, size = number, [], 0
        # Where lines were left out, empty ones keep the count.
        held.append("\n" * (number - last - 1) + text if size < MAX_LINE else "")
        size, last = size + len(text), number
    yield first, "".join(held)
