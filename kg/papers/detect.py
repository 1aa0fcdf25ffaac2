r"""Recognise a format by what is in a file; its ending counts only where the content leaves it open.

>>> sniff(b'{"title": "A tiny BERT", "abstract": "We shrink it."}\n')
'jsonl'
>>> sniff(b"Title\tAbstract\n", "papers.csv")
'tsv'
"""

from __future__ import annotations

import codecs
from itertools import islice
from pathlib import PurePosixPath

from kg.papers import archives, arxiv, bibtex, listing, openalex, parquet, pubmed, ris, semanticscholar, tables
from kg.papers.fields import DEFAULT, FieldNames
from kg.papers.jsonl import Json, decode
from kg.papers.opening import HEAD
from kg.papers.problems import BadInput, Problem

_JSON_KINDS = {"openalex": openalex, "semanticscholar": semanticscholar, "arxiv": arxiv}
_TEXT_KINDS = {"listing": listing, "pubmed": pubmed, "ris": ris, "bibtex": bibtex}
_ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv"}
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_KNOWN = (
    "give a saved listing page, JSON Lines, CSV, TSV, Parquet, BibTeX, RIS, PubMed XML, or the JSON Lines of arXiv, "
    "OpenAlex or Semantic Scholar (.gz, .zst and .zip too)"
)
_SAMPLE = 20


def sniff(head: bytes, name: str = "-", *, fields: FieldNames = DEFAULT) -> str:
    r"""Name the format of a file, a key of :data:`kg.papers.READERS`.

    Args:
        head: Its first bytes, decompressed.
        name: Its name, for the error and, where nothing else tells, for its ending.
        fields: What title and abstract are called in its header, should it be a table.

    Raises:
        BadInput: It is empty, binary, or of no known format.

    Example:
        >>> sniff(b"GIF89a\x00", "cat.jsonl")
        Traceback (most recent call last):
            ...
        kg.papers.problems.BadInput: cat.jsonl: is binary and of no known format; give a saved listing page, ...
    """
    if not head.strip():
        raise BadInput(Problem(name, 0, "is empty", "fill it or leave it out"))
    if head.startswith(parquet.MAGIC):
        return "parquet"
    found = _json_kind(head) or _text_kind(head, fields) or _by_ending(head, name)
    if not found:
        raise BadInput(Problem(name, 0, *_explain(head)))
    return found


def _json_kind(head: bytes) -> str | None:
    """Decide by the first object, if lines of JSON are what this is: half of the first lines may be broken."""
    text = head.strip()
    objects = _objects(text)
    endless = text.startswith(b"{") and b"\n" not in text
    if not endless and 2 * len(objects) < len(_sample(text)):
        return None
    first = islice((name for item in objects for name, kind in _JSON_KINDS.items() if kind.recognises(item)), 1)
    return next(first, "jsonl")


def _sample(head: bytes) -> list[bytes]:
    return [line for line in head.split(b"\n", _SAMPLE)[:_SAMPLE] if line.strip()]


def _objects(head: bytes) -> list[Json]:
    return [item for item in map(_object, _sample(head)) if item is not None]


def _object(line: bytes) -> Json | None:
    try:
        return decode(line)
    except ValueError:
        return None


def _text_kind(head: bytes, fields: FieldNames) -> str | None:
    mark = tables.delimiter(tables.first_line(head), fields)
    if mark:
        return "tsv" if mark == "\t" else "csv"
    text = head.decode("utf-8", "replace")
    return next((name for name, kind in _TEXT_KINDS.items() if kind.recognises(text)), None)


def _by_ending(head: bytes, name: str) -> str | None:
    path = PurePosixPath(name.removesuffix(".gz").removesuffix(".zst"))
    return None if _is_binary(head) or _is_document(head) else _ENDINGS.get(path.suffix.lower())


def _is_binary(head: bytes) -> bool:
    """Tell data from text: NUL, or what is no UTF-8 even if the last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return True
    return b"\0" in head


def _is_document(head: bytes) -> bool:
    """Tell JSON over many lines, of which none is an object by itself."""
    return head.lstrip().startswith((b"[", b"{")) and not _objects(head)


def _explain(head: bytes) -> tuple[str, str]:
    if head.startswith(_WIDE):
        return "is UTF-16", "convert it to UTF-8, for example with iconv -f UTF-16 -t UTF-8"
    if head.startswith(archives.MAGIC):
        return "is a zip archive in a pipe or an archive, or a document", "name the archive; save a document as CSV"
    if _is_binary(head):
        return "is binary and of no known format", _KNOWN
    if _is_document(head):
        return "is one JSON document", "write one object on each line, for example with jq -c '.[]'"
    return "is of no known format", _KNOWN
