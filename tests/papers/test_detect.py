from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, PaperFormatError
from kg.papers import READERS, FieldNames, sniff

HEADS = {
    "listing": b"new\n\nGet trending papers in your email inbox!\n\nSubscribe\n",
    "jsonl": b'{"id": "ai-0004", "title": "T", "abstract": "A", "categories": "x"}\n',
    "arxiv": b'{"id": "2507.11412", "title": "T", "abstract": "A", "categories": "cs.CL"}\n',
    "openalex": b'{"id": "https://openalex.org/W1", "title": "T", "abstract_inverted_index": null}\n',
    "semanticscholar": b'{"paperId": "0a1b", "title": "T", "abstract": "A"}\n',
    "csv": b"\r\nTitle;Year;Abstract\r\n",
    "tsv": b"title\tabstract\nA, b\tC, d\n",
    "parquet": b"PAR1...",
    "bibtex": b"% my papers\n\n@InProceedings{lee, title={T}}\n",
    "ris": b"Provider: X\r\n\r\nTY  - JOUR\r\nTI  - T\r\n",
    "pubmed": b'<?xml version="1.0"?>\n<PubmedArticleSet><PubmedArticle>',
}


def test_every_reader_is_recognised() -> None:
    assert HEADS.keys() == READERS.keys()


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".bib", ""])
def test_content_counts_and_not_the_ending(name: str, ending: str) -> None:
    assert sniff(HEADS[name], f"papers{ending}") == name


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"", "x is empty"),
        (b" \n\t\n", "x is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "x is binary"),
        (b"\xff\xfea\0", "x is UTF-16"),
        (b'[{"title": "T"}]', "x is one JSON document"),
        (b'{\n  "title": "T"\n}\n', "x is one JSON document"),
        (b'{"papers": [\n  {"title":\n"T"}]}\n', "x is one JSON document"),
        (b"Dear all,\nthe papers are attached.\n", "x is of no known format"),
        (b"<html><body>Papers</body></html>", "x is of no known format"),
        (b"@dataclass(frozen=True)\nclass A: ...\n", "x is of no known format"),
    ],
)
def test_what_is_no_papers_is_named_with_a_remedy(head: bytes, message: str) -> None:
    with pytest.raises(PaperFormatError) as caught:
        sniff(head, "x")
    assert str(caught.value).replace(":", "").startswith(message)
    assert "; " in str(caught.value)


def test_the_ending_decides_where_the_content_does_not() -> None:
    assert sniff(b"not json\n", "a.jsonl.gz") == "jsonl"
    assert sniff(b"name;text\n", "a.CSV") == "csv"
    with pytest.raises(PaperFormatError, match="binary"):
        sniff(b"not json \0\n", "a.jsonl")


def test_broken_first_lines_do_not_hide_json() -> None:
    assert sniff(b"oops\n" + HEADS["arxiv"]) == "arxiv"
    assert sniff(b'{"title": "a record that is cut\n', "a") == "jsonl"
    assert sniff(b'{"a\n{"b\n{"c\n' + HEADS["jsonl"], "a.jsonl") == "jsonl"


def test_prose_with_one_line_of_json_is_prose() -> None:
    with pytest.raises(PaperFormatError):
        sniff(b"# Papers\n\nEach line is like\n\n" + HEADS["jsonl"] + b"\nand so on.\n")


def test_a_table_with_names_of_ones_own() -> None:
    assert sniff(b"name,tldr\n", fields=FieldNames(title="name", abstract="tldr")) == "csv"


@given(st.binary(), st.sampled_from(["a.jsonl", "a.csv", "a"]))
def test_any_bytes_are_a_format_or_an_error_of_ours(head: bytes, name: str) -> None:
    with suppress(KgError):
        assert sniff(head, name) in READERS
