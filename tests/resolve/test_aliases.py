"""The table of well-known names: every row is sound."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from kg.names import normal_form
from kg.resolve.aliases import PATH, Known, shipped
from kg.types import ENTITY_TYPES

ROWS = shipped().rows
CURIE = re.compile(r"wikidata:Q[1-9]\d*|arxiv:\d{4}\.\d{4,5}")


def test_there_are_enough_rows_and_in_order() -> None:
    assert len(ROWS) >= 600
    order = [(ENTITY_TYPES.index(row.type), row.name.casefold()) for row in ROWS]
    assert [kind for kind, _ in order] == sorted(kind for kind, _ in order)
    assert PATH.read_text(encoding="utf-8").isprintable() or "\t" in PATH.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.type}:{row.name}")
def test_row(row: Known) -> None:
    assert row.type in ENTITY_TYPES
    assert row.name == " ".join(row.name.split())
    assert len(row.forms) == 1 + len(row.aliases), "two names of a row are one but for case, plural and hyphens"
    assert all(CURIE.fullmatch(curie) for curie in row.ids)
    assert all(alias.strip() == alias and normal_form(alias) for alias in row.aliases)


def test_a_name_stands_for_one_thing_or_is_a_known_ambiguity() -> None:
    """A name is the canonical one of a single row; only abbreviations stand in several."""
    canonical = Counter(row.forms[0] for row in ROWS)
    assert max(canonical.values()) == 1
    several = {form for form, places in shipped().places.items() if len(places) > 1}
    assert several == {"mae", "sgd"}


def test_wikidata_items_are_distinct() -> None:
    items = Counter(curie for row in ROWS for curie in row.ids if curie.startswith("wikidata:"))
    assert max(items.values()) == 1
