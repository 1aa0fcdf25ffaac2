"""Whole files of every format, and what can happen to a file: for fuzzing in the tests, and by hand for longer.

``python -m tests.papers.damage SECONDS`` damages files for that long and says how many it tried.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from kg.errors import KgError
from kg.papers import READERS, FieldNames
from kg.papers.drafts import judge
from kg.papers.opening import Opened
from kg.types import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

COUNT = 4
TITLES = [f"A tiny BERT für {n} birds, “{n}” & more" for n in range(COUNT)]
ABSTRACTS = [f"We shrink it, {n} times; α = 0.{n} — it's small." for n in range(COUNT)]


class Whole(NamedTuple):
    """A file: what comes before the records, the records, and what comes after them."""

    before: bytes
    records: list[bytes]
    after: bytes = b""

    @property
    def content(self) -> bytes:
        return self.before + b"".join(self.records) + self.after

    def safe(self, place: int) -> int:
        """Count the records that end before a place."""
        ends = [len(self.before) + len(b"".join(self.records[: n + 1])) for n in range(len(self.records))]
        return sum(end <= place for end in ends)


def _lines(*objects: Mapping[str, object]) -> Whole:
    return Whole(b"", [json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in objects])


def _each(template: str, before: str = "", after: str = "") -> Whole:
    records = [
        template.replace("TITLE", title).replace("ABSTRACT", abstract).replace("NUMBER", str(number)).encode()
        for number, (title, abstract) in enumerate(zip(TITLES, ABSTRACTS, strict=True))
    ]
    return Whole(before.encode(), records, after.encode())


def _pubmed() -> Whole:
    article = (
        "<PubmedArticle><MedlineCitation><PMID>NUMBER</PMID><Article><ArticleTitle>TITLE</ArticleTitle>"
        "<Abstract><AbstractText>ABSTRACT</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>\n"
    )
    header = '<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n'
    raw = _each(article, header, "</PubmedArticleSet>\n")
    return raw._replace(records=[record.replace(b"& more", b"&amp; more") for record in raw.records])


def _parquet() -> Whole:
    target = io.BytesIO()
    pq.write_table(pa.table({"title": TITLES, "abstract": ABSTRACTS}), target, row_group_size=2)
    return Whole(target.getvalue(), [])


_PAPERS = list(enumerate(zip(TITLES, ABSTRACTS, strict=True)))
FILES: dict[str, Whole] = {
    "listing": Whole(
        "".join(
            ["Get trending papers in your email inbox!\n", *(f"{t}\n{a} So it is.\n" for _, (t, a) in _PAPERS)]
        ).encode(),
        [],
    ),
    "jsonl": _lines(*({"title": t, "abstract": a, "year": 2025} for _, (t, a) in _PAPERS)),
    "arxiv": _lines(
        *({"id": f"0704.000{n}", "title": t, "abstract": a, "categories": "cs.CL"} for n, (t, a) in _PAPERS)
    ),
    "openalex": _lines(
        *(
            {"id": f"https://openalex.org/W{n}", "title": t, "abstract_inverted_index": {a: [0]}}
            for n, (t, a) in _PAPERS
        )
    ),
    "semanticscholar": _lines(*({"paperId": str(n), "title": t, "abstract": a} for n, (t, a) in _PAPERS)),
    "csv": _each('"TITLE","ABSTRACT",202NUMBER\r\n', "title,abstract,year\r\n"),
    "tsv": _each("TITLE\tABSTRACT\t202NUMBER\n", "title\tabstract\tyear\n"),
    "parquet": _parquet(),
    "bibtex": _each("@misc{key-NUMBER,\n  title = {TITLE},\n  abstract = {ABSTRACT},\n}\n\n"),
    "ris": _each("TY  - JOUR\nTI  - TITLE\nAB  - ABSTRACT\nPY  - 202NUMBER\nER  - \n"),
    "pubmed": _pubmed(),
}
"""A whole file of every format. Where one has no records, no damage leaves the rest of it certain."""

_SIGNS = [
    *(b'"', b"'", b"{", b"}", b"[", b"]", b"<", b">", b"&", b"\\", b",", b"\t", b"\r", b"\n", b"@", b"%", b"#", b"|"),
    *(
        b"\0",
        b"\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\xe2\x80\xa8",
        b"\x1a",
        b"\x1b[31m",
        b"\\u",
        b"\\ud800",
    ),
    *(b"@string{a=", b"@comment{", b"TY  - ", b"ER  - ", b"</PubmedArticle>", b"<!DOCTYPE a [", b"<![CDATA[", b"PAR1"),
    *(b"1e999999", b"NaN", b"-0", b"9" * 400, b'""', b"null", b"//", b"/*"),
]
_NESTS = [b"[", b"{", b'{"a":', b"<a>", b"(", b'"', b"@a{b,", b"\\"]


def _flip(content: bytes, place: int, random: Random) -> bytes:
    flipped = content[place] ^ (1 << random.randrange(8)) if place < len(content) else 0
    return content[:place] + bytes([flipped]) + content[place + 1 :]


def _cut(content: bytes, place: int, random: Random) -> bytes:
    return content[:place]


def _drop(content: bytes, place: int, random: Random) -> bytes:
    return content[:place] + content[place + random.randint(1, 40) :]


def _double(content: bytes, place: int, random: Random) -> bytes:
    start = random.randint(0, place)
    return content[:place] + content[start:place] * random.randint(1, 3) + content[place:]


def _noise(content: bytes, place: int, random: Random) -> bytes:
    return content[:place] + random.randbytes(random.randint(1, 12)) + content[place:]


def _sign(content: bytes, place: int, random: Random) -> bytes:
    return content[:place] + random.choice(_SIGNS) + content[place + random.randint(0, 3) :]


def _nest(content: bytes, place: int, random: Random) -> bytes:
    return content[:place] + random.choice(_NESTS) * random.choice([10, 1000, 20_000]) + content[place:]


def _swell(content: bytes, place: int, random: Random) -> bytes:
    return content[:place] + random.choice([b"x", b"x ", b"\xc3\xa9", b"\0", b"\n"]) * 110_000 + content[place:]


DAMAGES: tuple[Callable[[bytes, int, Random], bytes], ...] = (
    *(_flip, _cut, _drop, _double, _noise, _sign, _sign, _nest, _swell),
)
"""What happens at a place of a file; what is before it stays."""
ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "cp1252", "utf-8-sig", "utf-7")


def damaged(whole: Whole, random: Random) -> tuple[bytes, int]:
    """Damage a file up to three times, or write it in another encoding; say before which place it is as it was."""
    content = whole.content
    if random.random() < 0.05:
        return content.decode("utf-8", "replace").encode(random.choice(ENCODINGS), "replace"), 0
    first = len(content)
    for _ in range(random.randint(1, 3)):
        place = random.randint(0, len(content))
        content = random.choice(DAMAGES)(content, place, random)
        first = min(first, place)
    return content, first


def titles(kind: str, content: bytes) -> list[str]:
    """Read to the end, or as far as it goes.

    Raises:
        Exception: None but what is a fault of the reader.
    """
    opened = Opened("file", io.BufferedReader(io.BytesIO(content)), content[: 1 << 20])
    found: list[str] = []
    try:
        for draft in READERS[kind](opened, FieldNames()):
            paper = judge(draft, "file")
            if isinstance(paper, Paper):
                found.append(paper.title)
            else:
                assert str(paper).isprintable()
    except KgError as error:
        assert str(error).startswith("file: "), error  # noqa: PT017 - raising is allowed, and not what is looked at
    return found


def check(kind: str, random: Random) -> None:
    """Damage a file of a format and read it: nothing crashes, and what is before the damage is there."""
    whole = FILES[kind]
    content, place = damaged(whole, random)
    safe = titles(kind, whole.content)[: whole.safe(place)]
    assert titles(kind, content)[: len(safe)] == safe, content[:500]


PACKS: tuple[Callable[[bytes], bytes], ...] = (bytes, gzip.compress, zstandard.compress)


def main(seconds: float) -> None:
    """Damage files until the time is up."""
    tried: Counter[str] = Counter()
    end = time.monotonic() + seconds
    seed = time.time_ns()
    while time.monotonic() < end:
        for kind in READERS:
            seed += 1
            try:
                check(kind, Random(seed))
            except Exception:
                print(f"{kind}: Random({seed})")  # noqa: T201 - a program
                raise
            tried[kind] += 1
    print(f"{tried.total():,} inputs: {', '.join(f'{kind} {count:,}' for kind, count in tried.items())}")  # noqa: T201


if __name__ == "__main__":
    main(float(sys.argv[1]))
