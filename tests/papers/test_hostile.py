"""Whatever the bytes, a reader gives records, refuses them, or raises an error of ours."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.papers import READERS
from kg.papers.drafts import judge
from tests.papers.reads import drafts
from tests.papers.test_arxiv import KAGGLE
from tests.papers.test_bibtex import FILE as BIBTEX
from tests.papers.test_listing import GLUED
from tests.papers.test_openalex import WORK
from tests.papers.test_pubmed import ARTICLE
from tests.papers.test_ris import FILE as RIS
from tests.papers.test_semanticscholar import RECORD

SEEDS = {
    "listing": GLUED,
    "jsonl": '{"title": "T", "abstract": "A"}\n' * 2,
    "arxiv": json.dumps(KAGGLE),
    "openalex": json.dumps(WORK),
    "semanticscholar": json.dumps(RECORD),
    "csv": 'title,abstract\nT,"A ""b"""\n',
    "tsv": "title\tabstract\nT\tA\n",
    "parquet": "PAR1",
    "bibtex": BIBTEX,
    "ris": RIS,
    "pubmed": f"<PubmedArticleSet>{ARTICLE}</PubmedArticleSet>",
}
BITS = st.one_of(
    st.binary(max_size=4), st.sampled_from([b'"', b"{", b"}", b"\n", b"@string{", b"<a", b"TY  - ", b"\\u", b"["])
)


def _survives(kind: str, content: bytes) -> None:
    try:
        for draft in drafts(kind, content):
            str(judge(draft, "file"))
    except KgError as error:
        assert str(error).startswith("file: ")  # noqa: PT017 - raising is allowed, and not what is tested


@pytest.mark.parametrize("kind", READERS)
@given(content=st.binary(max_size=300))
def test_random_bytes(kind: str, content: bytes) -> None:
    _survives(kind, content)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_damaged_files(kind: str, data: st.DataObject) -> None:
    content = SEEDS[kind].encode()
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content)))
        content = content[:place] + data.draw(BITS) + content[place + data.draw(st.integers(0, 9)) :]
    _survives(kind, content)
