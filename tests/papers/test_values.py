from __future__ import annotations

from datetime import date

import pytest

from kg.papers.values import keywords, names, text, year


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2024, 2024),
        ("c. 1998", 1998),
        (2024.0, 2024),
        (date(2020, 2, 1), 2020),
        ("20240501", None),
        (True, None),
        ([], None),
    ],
)
def test_years(value: object, expected: int | None) -> None:
    assert year(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "Ann Lee and Bo Ray",
        "Ann Lee; Bo Ray",
        "Ann Lee, Bo Ray",
        ["Ann Lee", " Bo Ray "],
        [{"name": "Ann Lee"}, "Bo Ray"],
    ],
)
def test_people_in_any_form(value: object) -> None:
    assert names(value) == ("Ann Lee", "Bo Ray")


@pytest.mark.parametrize("value", [None, 7, {}, "", [None, {}, [], {"name": 3}]])
def test_people_that_are_none(value: object) -> None:
    assert names(value) == ()


def test_keywords_and_texts() -> None:
    assert keywords("a, b;c;;") == keywords(["a", "b", {"display_name": "c"}]) == ("a", "b", "c")
    assert text("  ") is None
