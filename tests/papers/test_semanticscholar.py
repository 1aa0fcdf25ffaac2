from __future__ import annotations

import json

from kg.papers.drafts import judge
from kg.types import Paper
from tests.papers.reads import drafts

RECORD = {
    "paperId": "0a1b",
    "externalIds": {"ArXiv": "1706.03762", "DOI": "10.1000/Tiny", "CorpusId": 7},
    "url": "https://www.semanticscholar.org/paper/0a1b",
    "title": "A tiny BERT",
    "abstract": "We shrink it.",
    "venue": "NeurIPS",
    "year": None,
    "publicationDate": "2017-06-12",
    "authors": [{"authorId": "1", "name": "Ann Lee"}],
    "fieldsOfStudy": ["Computer Science"],
}


def test_a_paper() -> None:
    paper = judge(drafts("semanticscholar", json.dumps(RECORD))[0], "s2.jsonl")
    assert isinstance(paper, Paper)
    assert (paper.id, paper.doi, paper.year, paper.venue) == ("arxiv:1706.03762", "10.1000/tiny", 2017, "NeurIPS")
    assert (paper.authors, paper.keywords, paper.sources[0].id) == (("Ann Lee",), ("Computer Science",), "0a1b")


def test_without_external_ids_or_an_abstract() -> None:
    (draft,) = drafts("semanticscholar", json.dumps({**RECORD, "externalIds": None, "abstract": None}))
    assert (draft.arxiv, str(judge(draft, "s2.jsonl"))[:27]) == (None, "s2.jsonl:1: abstract is nul")
