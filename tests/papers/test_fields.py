from __future__ import annotations

from msgspec import UNSET

from kg.papers import FieldNames


def test_names_of_ones_own_replace_the_defaults() -> None:
    draft = FieldNames(title="Name", abstract=("tldr", "summary")).drafter()
    found = draft(1, {"name": "A tiny BERT", "title": "Dr", "tldr": None, "summary": "We shrink it."})
    assert (found.title, found.abstract) == ("A tiny BERT", "We shrink it.")


def test_case_and_outer_space_do_not_count_and_the_first_of_two_wins() -> None:
    found = FieldNames().drafter()(1, {" TITLE ": "first", "title": "second"})
    assert found.title == "first"


def test_null_and_absent_are_told_apart() -> None:
    found = FieldNames().drafter()(1, {"title": None})
    assert (found.title, found.abstract) == (None, UNSET)
