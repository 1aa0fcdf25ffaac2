from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import PaperFormatError
from kg.papers import pubmed
from kg.papers.drafts import judge
from kg.types import Paper
from tests.papers.reads import drafts, read_all

HEADER = (
    '<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
)
ARTICLE = """
<PubmedArticle><MedlineCitation><PMID Version="1">7</PMID><Article>
  <Journal><JournalIssue><PubDate><MedlineDate>1998 Dec-1999 Jan</MedlineDate></PubDate></JournalIssue>
  <Title>Journal of Tiny Things</Title></Journal>
  <ArticleTitle>A <i>tiny</i> BERT &amp; more.</ArticleTitle>
  <Abstract><AbstractText Label="AIM">We shrink <sup>1</sup> it.</AbstractText>
  <AbstractText Label="RESULTS">It is small.</AbstractText><AbstractText>So there.</AbstractText></Abstract>
  <AuthorList><Author><LastName>Lee</LastName><ForeName>Ann</ForeName></Author>
  <Author><CollectiveName>Tiny Group</CollectiveName></Author></AuthorList>
</Article><KeywordList><Keyword>small</Keyword></KeywordList></MedlineCitation>
<PubmedData><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId></ArticleIdList>
</Reference></ReferenceList><ArticleIdList><ArticleId IdType="doi">10.1000/Tiny</ArticleId></ArticleIdList></PubmedData>
</PubmedArticle>"""
BARE = "<PubmedArticle><MedlineCitation><Article/></MedlineCitation></PubmedArticle>"
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


def _set(*articles: str) -> str:
    return f"{HEADER}<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>"


def test_an_article() -> None:
    paper, bare = (judge(draft, "a.xml") for draft in drafts("pubmed", _set(ARTICLE, BARE)))
    assert isinstance(paper, Paper)
    assert paper.text == "A tiny BERT & more.\nAIM: We shrink 1 it.\nRESULTS: It is small.\nSo there."
    assert (paper.id, paper.year, paper.venue) == ("doi:10.1000/tiny", 1998, "Journal of Tiny Things")
    assert (paper.authors, paper.keywords, paper.sources[0].id) == (("Ann Lee", "Tiny Group"), ("small",), "7")
    assert str(bare).startswith("a.xml:2: title is missing")


@pytest.mark.parametrize(
    "content",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]><x>&l9;</x>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        _set(ARTICLE).replace("&amp;", "&nbsp;"),
        _set(ARTICLE)[:-40],
        "<a>" * 100_000,
        '<?xml version="1.0" encoding="no-such"?><x/>',
        '<?xml version="1.0" encoding="gb2312"?><x/>',
    ],
    ids=["laughs", "external", "undefined", "cut", "deep", "unknown-encoding", "wide-encoding"],
)
def test_hostile_and_broken_xml(content: str) -> None:
    with pytest.raises(PaperFormatError, match=r"^file: cannot be read as PubMed XML \(.*; fetch it again"):
        drafts("pubmed", content)


def test_what_came_before_the_break_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(_set(ARTICLE, ARTICLE)[:-40])
    papers, problems = read_all(path)
    assert len(papers) == 1
    assert ["cannot be read as PubMed XML" in problem.message for problem in problems] == [True]


def test_an_article_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pubmed, "MAX_LINE", 100_000)
    with pytest.raises(PaperFormatError, match="an article is longer than"):
        drafts("pubmed", _set(ARTICLE.replace("So there", "So there" * 50_000)))
    assert len(drafts("pubmed", _set(*[ARTICLE] * 200))) == 200
