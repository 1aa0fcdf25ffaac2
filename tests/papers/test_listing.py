from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.papers.drafts import judge
from kg.papers.listing import is_prose, pairs
from tests.papers.reads import drafts

SPACED = """new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Mar 11

Go Narrow Instead of Tall

We make networks narrow. They get quicker.

Do Trees Need Leaves? A Study

Leaves are cut {\\SST}, at 3% each. Code: https://example.org/trees
"""
GLUED = """Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
SubscribeGo Narrow Instead of Tall
We make networks narrow. They get quicker.
Do Trees Need Leaves? A Study
Leaves are cut {\\SST}, at 3% each. Code: https://example.org/trees"""
TEXTS = [
    ("Go Narrow Instead of Tall", "We make networks narrow. They get quicker."),
    ("Do Trees Need Leaves? A Study", "Leaves are cut {\\SST}, at 3% each. Code: https://example.org/trees"),
]


@pytest.mark.parametrize(("page", "lines"), [(SPACED, [11, 15]), (GLUED, [3, 5])], ids=["spaced", "glued"])
def test_both_layouts_give_the_same_papers(page: str, lines: list[int]) -> None:
    found = drafts("listing", page)
    assert [(draft.title, draft.abstract) for draft in found] == TEXTS
    assert [draft.record for draft in found] == lines


def test_pages_may_be_joined_and_have_windows_line_ends() -> None:
    joined = (SPACED + GLUED).replace("\n", "\r\n")
    assert [(draft.title, draft.abstract) for draft in drafts("listing", joined)] == TEXTS * 2


def test_an_abstract_shorter_than_its_title_is_one() -> None:
    title = "On the Very Long Titles That Papers on Short Abstracts Have Had in the Last Ten Years"
    assert list(pairs([(1, title), (2, "We count them.")])) == [((1, title), (2, "We count them."))]


def test_a_lost_abstract_costs_one_paper_and_not_the_rest() -> None:
    page = GLUED.replace("We make networks narrow. They get quicker.\n", "")
    lost, kept = (judge(draft, "page.txt") for draft in drafts("listing", page))
    assert str(lost).startswith('page.txt:3: line "Go Narrow Instead of Tall" has no abstract below it; ')
    assert kept.sources[0].record == 4  # type: ignore[union-attr]


def test_a_lost_title_costs_one_paper_and_not_the_rest() -> None:
    page = GLUED.replace("Do Trees Need Leaves? A Study\n", "")
    kept, lost = drafts("listing", f"{page}\nA Third One\nIt is third. It is last.")[::2], drafts("listing", page)[1]
    assert [draft.title for draft in kept] == ["Go Narrow Instead of Tall", "A Third One"]
    assert lost.flaw
    assert "has no title above it" in lost.flaw[0]


def test_an_abstract_without_a_sentence_must_be_clearly_longer() -> None:
    title, abstract, following = (1, "Go Narrow"), (2, "in which we make networks narrow and quick"), (3, "Do Trees")
    assert list(pairs([title, abstract, following])) == [(title, abstract), (following, None)]
    assert list(pairs([title, (2, "Do Trees Too")])) == [(title, None), ((2, "Do Trees Too"), None)]


def test_titles_with_stops_are_no_prose() -> None:
    titles = ["Human vs. Machine", "St. Louis", "Is it 3.5 Times?", "All You Need!", "A.B.C", "U.S. Patents"]
    assert not any(map(is_prose, titles))


@given(st.lists(st.tuples(st.sampled_from(["Go", "Do It", "Why?"]), st.sampled_from(["We go.", "It is so. Or not"]))))
def test_well_formed_pages_come_back(texts: list[tuple[str, str]]) -> None:
    page = "Get trending papers in your email inbox!\n" + "".join(f"{a}\n\n{b}\n\n" for a, b in texts)
    assert [(draft.title, draft.abstract) for draft in drafts("listing", page)] == texts
