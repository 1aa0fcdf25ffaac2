"""Which format a client gets, whatever its Accept header says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.formats import GRAPHS, RESULTS, preferred

JSON, XML, CSV, TSV = list(RESULTS)[:4]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/*", CSV),
        ("text/csv", CSV),
        ("TEXT/CSV ; Q=0.4", CSV),
        (f"{CSV};q=0.5, {XML};q=0.7, {TSV};q=0.6", XML),
        (f"{TSV}, {CSV}", CSV),
        (f"{CSV};q=0, text/*", TSV),
        ("application/json", "application/json"),
        ("text/turtle, */*;q=0.1", JSON),
        ("text/csv;charset=utf-8;q=0.9", CSV),
        (BROWSER, "application/xml"),
        ("text/turtle", None),
        ("*/*;q=0", None),
        (f"*/*;q=1, {JSON};q=0.1, {XML};q=0.2", CSV),
    ],
)
def test_what_is_wanted_most_is_chosen(accept: str | None, wanted: str | None) -> None:
    assert preferred(accept, RESULTS) == wanted


@pytest.mark.parametrize(
    "accept",
    ["nonsense", "*/csv", "text/", "/csv", ";;;", ",,,", "text/csv;q=", "text/csv;q=-1", "text/csv;q=nan", "q=1"],
)
def test_what_cannot_be_read_is_passed_over(accept: str) -> None:
    assert preferred(accept, RESULTS) == JSON
    assert preferred(f"{accept}, text/turtle", GRAPHS) == "text/turtle"


ACCEPTS = st.lists(
    st.sampled_from([*RESULTS, *GRAPHS, "*/*", "text/*", ";", "q=", "0.5", "1.0", ",", " ", "é", "9" * 99])
)


@given(st.one_of(st.text(), ACCEPTS.map("".join)))
def test_any_header_leads_to_an_offer_or_to_none(accept: str) -> None:
    assert preferred(accept, RESULTS) in {*RESULTS, None}


def test_long_headers_are_read_in_part() -> None:
    assert preferred("a/b," * 10_000 + "text/csv", RESULTS) is None
