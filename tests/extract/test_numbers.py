"""Numbers are found as they stand, typed by what is written beside them, and described in a fixed number of hints."""

from __future__ import annotations

import math
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.cues import CUES
from kg.extract.numbers import HINTS, Number, find, hints
from kg.extract.units import SCALES, SUFFIXES

SIGNS = [
    "%",
    "\\%",
    "$",
    " ",
    "x",
    "×",
    "\\times",
    "-",
    "–",
    "±",
    "/",
    ".",
    ",",
    "+",
    "(",
    "[",
    "\n",
    "{",
    "}",
    "~",
    "\\pm",
]
WORDS = [
    "0.5",
    "12",
    "1,000",
    " to ",
    "from ",
    "up to ",
    "10^{-3}",
    "1e5",
    "GPT-4",
    "points",
    "M",
    "²",
    "٣",
    "\x00",
    "1.2.3",
]
PIECES = st.sampled_from([*SIGNS, *WORDS])
HOSTILE = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def one(text: str) -> Number:
    (number,) = find(text)
    return number


def values(text: str) -> list[str]:
    return [number.value for number in find(text)]


def said(text: str, place: int = 0) -> dict[str, float]:
    return dict(zip(HINTS, hints(text, find(text)[place]), strict=True))


@given(HOSTILE)
def test_offsets_slice_to_the_value_and_never_overlap(text: str) -> None:
    found = find(text)
    assert all(text[number.start : number.end] == number.value for number in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    for number in found:
        assert number.number == float(number.value.replace(",", ""))
        assert math.isfinite(number.number * number.scale)
        assert (number.unit == "%") == (number.suffix == "%")


@given(HOSTILE)
def test_hints_are_as_many_as_their_names_and_within_bounds(text: str) -> None:
    for number in find(text):
        told = hints(text, number)
        assert len(told) == len(HINTS)
        assert all(0 <= hint <= 1 for hint in told)


@pytest.mark.parametrize(
    "piece", ["1", "1.", "1,111", "1.1.1", "10^", "1 ", "1-", "1 to ", "1\\", "1$", "1x", "from 1 ", "1/"]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    started = perf_counter()
    found = find(text)
    for number in found[:1000]:
        hints(text, number)
    assert perf_counter() - started < 10


@pytest.mark.parametrize(
    ("text", "value", "suffix", "form"),
    [
        ("87.3 accuracy", "87.3", "", "plain"),
        ("87.3% accuracy", "87.3", "%", "percent"),
        (r"87.3\% accuracy", "87.3", "%", "percent"),
        (r"$87.3\%$ accuracy", "87.3", "%", "percent"),
        (r"$87.3$\% accuracy", "87.3", "%", "percent"),
        ("87.3 percent", "87.3", "%", "percent"),
        ("3.1x faster", "3.1", "x", "factor"),
        ("3.1× faster", "3.1", "x", "factor"),
        (r"$3.1\times$ faster", "3.1", "x", "factor"),
        (r"3.1$\times$ faster", "3.1", "x", "factor"),
        ("3.1 times faster", "3.1", "x", "factor"),
        ("a 3-fold speedup", "3", "x", "factor"),
        ("×2.5 faster", "2.5", "x", "factor"),
        ("DeiT by times1.5 with", "1.5", "x", "factor"),
        ("by 12.7 points", "12.7", "points", "plain"),
        ("by 0.58 pp", "0.58", "points", "plain"),
        ("in 5 ms", "5", "ms", "plain"),
        ("+2.3 mIoU", "2.3", "", "signed"),
        ("an error of .05", ".05", "", "plain"),
        ("a size of 3 times 3", "3", "", "plain"),
    ],
)
def test_what_is_written_beside_a_number(text: str, value: str, suffix: str, form: str) -> None:
    number = find(text)[0]
    assert (number.value, number.suffix, number.form) == (value, suffix, form)


@pytest.mark.parametrize("text", ["224x224", "224 x 224", r"$224 \times 224$", r"224$\times$224", "224×224"])
def test_a_product_is_no_factor(text: str) -> None:
    assert next((number.value, number.form) for number in find(text)) == ("224", "plain")


@pytest.mark.parametrize(
    ("text", "number", "scale"),
    [
        ("1.2M parameters", 1.2, 1e6),
        ("7 billion", 7, 1e9),
        ("1.5e-3", 1.5, 1e-3),
        (r"$4 \times 10^{-5}$", 4, 1e-5),
        ("1,200", 1200, 1),
    ],
)
def test_scales(text: str, number: float, scale: float) -> None:
    found = one(text)
    assert found.number == number
    assert found.scale == pytest.approx(scale)


@pytest.mark.parametrize(
    ("text", "roles", "suffix"),
    [
        ("2-3x faster", ["low", "high"], "x"),
        ("4 to 8 times", ["low", "high"], "x"),
        ("10~30%", ["low", "high"], "%"),
        (r"1\% -- 10\%", ["low", "high"], "%"),
        ("76.4/82.1", ["pair", "pair"], ""),
        ("from 41.2 to 45.6", ["from", "to"], ""),
        ("from 41.2% on A to about 45.6%", ["from", "to"], "%"),
        ("from A to 3, then 4", ["", ""], ""),
    ],
)
def test_neighbours(text: str, roles: list[str], suffix: str) -> None:
    found = find(text)
    assert [number.role for number in found] == roles
    assert {number.suffix for number in found} == {suffix}


@pytest.mark.parametrize("text", ["83.4 ± 0.2%", r"$83.4 \pm 0.2\%$", "83.4% +/- 0.2"])
def test_a_deviation_goes_and_leaves_its_unit(text: str) -> None:
    assert (one(text).value, one(text).unit) == ("83.4", "%")


@pytest.mark.parametrize("text", ["version 1.2.3", "10^{-3}", "10^6", "9" * 16, "two times", ""])
def test_no_numbers(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["up to 75%", "up to about 75%", "by up to $75\\%$", "as much as 75%", "upto 75%"])
def test_bounds(text: str) -> None:
    assert one(text).up_to


@pytest.mark.parametrize(
    ("text", "sign"), [("+2", "+"), ("+ 2", "+"), (" -2", "-"), ("GPT-2", ""), ("1-2", ""), ("a - 2", "")]
)
def test_signs(text: str, sign: str) -> None:
    assert find(text)[-1].sign == sign


def test_hints_of_place() -> None:
    assert said("GPT-4")["in a name"] == 1
    assert said("F1")["in a name"] == 1
    assert said("LLaMA 2 is")["after a capital"] == 1
    assert said("in 2021, we")["a year"] == 1
    assert said("in a 3D scene")["runs into letters"] == 1
    assert said("as found by [12]")["in brackets"] == 1
    assert said("ours (87.3%)")["in parentheses"] == 1
    assert said("acc=0.9")["after ="] == 1
    assert said("x^2")["in a formula"] == 1
    assert said("p > 0.5")["after a comparison"] == 1
    assert said("Top 5\nIt gets 6.")["in the title"] == 1
    assert said("Top 5\nIt gets 6.", 1)["ends the sentence"] == 1


def test_hints_of_words() -> None:
    told = said("It cuts FLOPs by 75% over ViT. It gains 3 points.")
    assert told["before: by"] == 1
    assert told["before: reduction"] == pytest.approx(1 / 3)
    assert told["after: about"] == 1
    assert told["after: gain"] == 0


def test_the_tables_of_words_are_sound() -> None:
    listed = [word for words in CUES.values() for word in words.split()]
    assert len(listed) == len(set(listed))
    assert all(word == word.lower() and word.isalpha() for word in listed)
    assert set(SCALES) <= set(SUFFIXES.values())
