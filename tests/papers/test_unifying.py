from __future__ import annotations

from collections.abc import Iterable

import msgspec
import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.papers import unify as stream
from kg.papers.gathering import gather
from kg.papers.identity import identify, normal_title
from kg.papers.unifying import merge
from kg.scratch import scratch
from kg.types import Paper, Source


def unify(papers: Iterable[Paper]) -> list[Paper]:
    return list(stream(papers))


def joined(papers: Iterable[Paper]) -> list[Paper]:
    """The same in memory, without a database: graphs of what must be one."""
    strong = [paper for paper in papers if paper.arxiv or paper.doi]
    links: nx.Graph[str] = nx.Graph()
    for paper in strong:
        nx.add_path(links, [key for key in (paper.arxiv, paper.doi) if key])
    parts = [[paper for paper in strong if {paper.arxiv, paper.doi} & part] for part in nx.connected_components(links)]
    titles: dict[str, list[list[Paper]]] = {}
    for part in parts:
        titles.setdefault(normal_title(merge(part).title), []).append(part)
    whole: list[list[Paper]] = []
    for title in {*titles, *(normal_title(paper.title) for paper in papers)}:
        weak = [paper for paper in papers if paper not in strong and normal_title(paper.title) == title]
        merged = [merge(part) for part in titles.get(title, [])]
        if all(len({getattr(one, key) for one in merged} - {None}) <= 1 for key in ("arxiv", "doi")):
            whole.append([*(paper for part in titles.get(title, []) for paper in part), *weak])
        else:
            whole += [*titles[title], weak]
    return sorted((merge(group) for group in whole if group), key=lambda paper: paper.id)


def _paper(
    title: str = "A tiny BERT", *, arxiv: str | None = None, doi: str | None = None, abstract: str = "We shrink it."
) -> Paper:
    source = Source(f"{title}{arxiv}{doi}", 1)
    own = identify(arxiv=arxiv, doi=doi, title=title)
    return Paper(id=own, title=title, abstract=abstract, arxiv=arxiv, doi=doi, sources=(source,))


RECORDS = st.builds(
    Paper,
    id=st.just("x"),
    title=st.sampled_from(["A tiny BERT", "A Tiny BERT!", "Go narrow", "go narrow", "?"]),
    abstract=st.sampled_from(["We shrink it.", "We shrink it, too.", "We go."]),
    year=st.sampled_from([None, 2024, 2025]),
    venue=st.sampled_from([None, "A", "B"]),
    authors=st.sampled_from([(), ("Ann",), ("Bo",), ("Ann", "Bo")]),
    doi=st.sampled_from([None, None, "10.1000/a", "10.1000/b", "10.1000/c"]),
    arxiv=st.sampled_from([None, None, "2507.00001", "2507.00002"]),
    sources=st.lists(st.builds(Source, st.sampled_from("ab"), st.integers(1, 9), st.sampled_from([None, "i"]))).map(
        tuple
    ),
)


def test_steps_from_id_to_id() -> None:
    first, second, third = (
        _paper("A", arxiv="2507.00001"),
        _paper("B", arxiv="2507.00001", doi="10.1/x"),
        _paper("C", doi="10.1/x"),
    )
    (paper,) = unify([first, third, second])
    assert (paper.id, paper.doi, len(paper.sources)) == ("arxiv:2507.00001", "10.1/x", 3)


def test_a_record_without_ids_joins_the_one_paper_of_its_title() -> None:
    (paper,) = unify([_paper("a tiny bert"), _paper(arxiv="2507.00001")])
    assert (paper.id, len(paper.sources)) == ("arxiv:2507.00001", 2)


def test_preprint_and_article_of_one_title_are_one() -> None:
    (paper,) = unify([_paper(doi="10.1/x"), _paper(arxiv="2507.00001"), _paper()])
    assert (paper.id, paper.doi) == ("arxiv:2507.00001", "10.1/x")


def test_ids_that_contradict_keep_one_title_apart() -> None:
    found = unify([_paper(), _paper(doi="10.1/y"), _paper(doi="10.1/x"), _paper("A TINY BERT")])
    assert [(paper.id[:6], len(paper.sources)) for paper in found] == [("doi:10", 1), ("doi:10", 1), ("title:", 2)]


def test_the_longest_abstract_gives_the_text_and_the_rest_is_gathered() -> None:
    short = msgspec.structs.replace(_paper("A Tiny BERT"), year=2025, venue="B", authors=("Ann",), keywords=("small",))
    long = msgspec.structs.replace(_paper(abstract="We shrink it twice."), year=2024, venue="A", authors=("Ann", "Bo"))
    (paper,) = unify([short, long])
    assert paper.text == "A tiny BERT\nWe shrink it twice."
    assert (paper.year, paper.venue, paper.authors, paper.keywords) == (2024, "A", ("Ann", "Bo"), ("small",))


def test_sources_with_and_without_an_id_can_be_sorted() -> None:
    with_id = msgspec.structs.replace(_paper(), sources=(Source("a", 1, "x"),))
    without = msgspec.structs.replace(_paper(), sources=(Source("a", 1),))
    assert unify([with_id, without])[0].sources == (Source("a", 1), Source("a", 1, "x"))


@settings(max_examples=40)
@given(st.data())
def test_order_never_matters(data: st.DataObject) -> None:
    records = data.draw(st.lists(RECORDS, max_size=12))
    assert unify(data.draw(st.permutations(records))) == unify(records)


@settings(max_examples=40)
@given(st.lists(RECORDS, max_size=12))
def test_twice_is_once(records: list[Paper]) -> None:
    assert unify(unify(records)) == unify(records)


@settings(max_examples=40)
@given(st.lists(RECORDS, max_size=12))
def test_nothing_is_lost_or_shared(records: list[Paper]) -> None:
    found = unify(records)
    ids = [paper.id for paper in found]
    assert ids == sorted(set(ids))
    assert {source for paper in found for source in paper.sources} == {s for paper in records for s in paper.sources}
    assert {paper.arxiv for paper in records if paper.arxiv} >= {paper.arxiv for paper in found if paper.arxiv}
    assert {normal_title(paper.title) for paper in found} <= {normal_title(paper.title) for paper in records}


@settings(max_examples=60)
@given(st.lists(RECORDS, max_size=12))
def test_the_database_groups_as_graphs_do(records: list[Paper]) -> None:
    assert unify(records) == joined(records)


def gathered(new: list[Paper], earlier: list[Paper]) -> list[list[str]]:
    with scratch() as room:
        return [[record.abstract for record in group] for group in gather(new, room, earlier=earlier)]


def test_a_record_gives_way_to_a_newer_one_of_its_paper_from_its_file() -> None:
    def record(file: str, abstract: str, arxiv: str | None = None) -> Paper:
        return msgspec.structs.replace(_paper(arxiv=arxiv, abstract=abstract), sources=(Source(file, 1),))

    assert gathered([record("a", "new")], [record("a", "old and longer")]) == [["new"]]
    assert gathered([record("b", "new")], [record("a", "old")]) == [["old", "new"]]
    assert gathered([record("a", "new", "2507.00001")], [record("a", "old", "2507.00001")]) == [["new"]]
    assert gathered([record("a", "new", "2507.00001")], [record("a", "old", "2507.00002")]) == [["new"], ["old"]]
    assert gathered([record("a", "new", "2507.00001")], [record("a", "old")]) == [["new"]]
    assert gathered([record("a", "one"), record("a", "two")], []) == [["one", "two"]]


def test_a_record_met_twice_is_one() -> None:
    assert gathered([_paper(), _paper()], [_paper()]) == [["We shrink it."]]
