r"""The numbers of a text: where they stand, what is written beside them, and what the words around them hint at.

:func:`find` gives every number that could be a reported result, those in names and equations too: which of them is
one is for a classifier to say, and :func:`hints` is what it is told.

>>> text = "Net-2 improves mAP from 41.2 to 45.6, cuts FLOPs by up to 75\\%, is 2-3x faster and needs 5.7M parameters."
>>> for number in find(text)[1:]:
...     print(number.value, number.form, number.role or "-", number.up_to, number.scale)
41.2 plain from False 1.0
45.6 plain to False 1.0
75 percent - True 1.0
2 factor low False 1.0
3 factor high False 1.0
5.7 plain - False 1000000.0
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.cues import CUES, FLAGS, closeness, placed, words, written
from kg.extract.units import SCALES, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal["plain", "percent", "factor", "signed"]
Role = Literal["", "low", "high", "from", "to", "pair"]


class Number(Struct, frozen=True):
    """A number as it stands in a text: ``text[start:end] == value``, digits only.

    Attributes:
        number: The value without commas; ``number * scale`` is what is meant.
        scale: What a suffix or a power of ten multiplies it by: 1e6 for "1.2M", 1e-3 for "4e-3".
        unit: ``%`` or nothing, as results have it.
        suffix: What follows it, in one spelling: ``%``, ``x``, ``points``, ``ms``, ``M``, … or nothing.
        sign: ``+``, ``-`` or nothing.
        role: Its place among its neighbours: the ends of a range ("2-3x"), of a change ("from 41 to 45"), or of a list
            with slashes ("76.4/82.1").
        up_to: It is given as a bound: "up to 75%".
    """

    start: int
    end: int
    value: str
    number: float
    scale: float = 1.0
    unit: Literal["", "%"] = ""
    suffix: str = ""
    sign: Literal["", "+", "-"] = ""
    role: Role = ""
    up_to: bool = False

    @property
    def form(self) -> Form:
        """How it is written: ``3.1x`` is a factor, ``+2.3`` signed, ``75%`` percent, all else plain."""
        if self.suffix == "x":
            return "factor"
        return "signed" if self.sign else "percent" if self.unit else "plain"


_LONGEST = 15
_NEAR = 64

_GAP = r"(?:\\[ ,;!]|[ \t\n~${}\-]){0,4}+"
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(
    rf"""
    [0-9]++(?:\.[0-9]++){{2,}}+ | 10\s?\^[{{(]?[-−]?[0-9]++ # 1.2.3, 10^-3
  | (?P<value>[0-9]{{1,3}}+(?:,[0-9]{{3}})++(?:\.[0-9]++)?+(?![0-9]) | [0-9]++(?:\.[0-9]++)?+ | \.[0-9]++)
    (?:{_GAP}(?:\\times|\\cdot|[x×·*]){_GAP}10\s?\^[{{(]?(?P<power>[-−]?[0-9]{{1,2}})
      | [eE](?P<exponent>[+\-−]?[0-9]{{1,2}})(?![0-9]))?
    (?:{_GAP}(?:\\*(?P<sign>%)|\\?(?P<word>[A-Za-zµμ]{{1,12}}+|[×°])(?![A-Za-z0-9])))?
    """,
    re.VERBOSE,
)
_LINK = re.compile(
    r"[\s$~{}\\]{0,4}(?:(?P<range>-{1,3}|[–—~−]|\\sim|to)|(?P<slash>/)|(?P<margin>±|\\pm|\+/?-))[\s$~{}\\+]{0,4}"
)
_APPROXIMATELY = re.compile(r"(?:about|around|approximately|roughly|nearly|almost|over|an?|the|\\sim|~|≈)$")
_BOUNDS = ("up to", "upto", "as much as", "as high as", "as many as", "at most", "up-to", "as low as")
_OPENING = " \t\n$~{}\\+-−(≈"


def find(text: str) -> list[Number]:
    """Find the numbers of a text, in order, without deviations ("± 0.2"), versions ("1.2.3") and bare powers of ten.

    >>> [(number.value, number.unit) for number in find("83.4 ± 0.2% on A, 76.4/82.1 on B, about 1,200 at $10^{-3}$")]
    [('83.4', '%'), ('76.4', ''), ('82.1', ''), ('1,200', '')]
    """
    found = [(match, number) for match in _matches(text) if (number := _read(text, match))]
    return _linked(text, found)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Match at digits alone: most of a text has none, and a search for one character is quick."""
    place = 0
    while (digit := _DIGIT.search(text, place)) and (match := _NUMBER.match(text, _start(text, place, digit.start()))):
        yield match
        place = match.end()


def _start(text: str, place: int, digit: int) -> int:
    """Let ".5" begin at its point."""
    return digit - 1 if digit > place and text[digit - 1] == "." else digit


def _read(text: str, match: re.Match[str]) -> Number | None:
    value = match["value"]
    start, end = match.span("value")
    if value is None or len(value) > _LONGEST:
        return None
    suffix = _suffix(text, match)
    return Number(
        start,
        end,
        value,
        float(value.replace(",", "")),
        _scale(match, suffix),
        "%" if suffix == "%" else "",
        suffix,
        _sign(text, start),
        "",
        _is_bound(text, start),
    )


def _suffix(text: str, match: re.Match[str]) -> str:
    """Spell what follows a number in one way; a sign of multiplication before it counts too."""
    if match["sign"]:
        return "%"
    word, start = match["word"] or "", match.start("value")
    known = SUFFIXES.get(word) or (SUFFIXES.get(word.lower(), "") if len(word) > 2 else "")
    if known == "x" and _is_product(text, match):
        return ""
    return known or ("x" if text[start - 1 : start] == "×" or text[max(0, start - 5) : start] == "times" else "")


def _is_product(text: str, match: re.Match[str]) -> bool:
    """Tell the "x" of "224 x 224" from the one of "2.7x 3.4x"."""
    attached = match.start("word") == match.end("value") and text[match.end() : match.end() + 1] == " "
    return not attached and text[match.end() : match.end() + 3].lstrip(" $}")[:1].isdigit()


def _scale(match: re.Match[str], suffix: str) -> float:
    power = match["power"] or match["exponent"]
    return float(10.0 ** int(power.replace("−", "-"))) if power else SCALES.get(suffix, 1.0)


def _sign(text: str, start: int) -> Literal["", "+", "-"]:
    """Read the sign before a number; a hyphen after a letter, a digit or a space that follows one is none."""
    before = text[max(0, start - 3) : start]
    if before.rstrip()[-1:] == "+" and before[:-1].strip()[-1:] != "/":
        return "+"
    return "-" if before[-1:] in {"-", "−"} and before[-2:-1] in {"", " ", "(", "$", "{", "\n"} else ""


def _is_bound(text: str, start: int) -> bool:
    return _words_before(text, start).endswith(_BOUNDS)


def _words_before(text: str, start: int) -> str:
    """Return what stands before a number, without signs, openings and one word of approximation."""
    before = text[max(0, start - 32) : start].rstrip(_OPENING)
    return _APPROXIMATELY.sub("", before).rstrip(_OPENING).lower()


def _linked(text: str, found: list[tuple[re.Match[str], Number]]) -> list[Number]:
    """Tell numbers what their neighbours make of them: ends of ranges and changes; deviations go."""
    linked: list[Number] = []
    tail = 0
    for match, number in found:
        earlier = linked[-1] if linked else None
        link = _LINK.fullmatch(text, tail, number.start) if earlier and number.start - tail < 12 else None
        if earlier and link and link["margin"]:
            linked[-1] = _like(earlier, number, earlier.role)
        elif earlier and (link or _is_change(text, earlier, number)):
            roles = _roles(text, earlier, link)
            linked[-1:] = [_like(earlier, number, roles[0]), _unsigned(number, roles[1], link)]
        else:
            linked.append(number)
        tail = match.end() if number.suffix and match["value"] != match[0] else number.end
    return linked


def _like(number: Number, other: Number, role: Role) -> Number:
    """Give a number its role, and the unit of the other end where only that one has it: "2-3x", "4 to 8 times"."""
    if number.suffix or not other.suffix:
        return replace(number, role=role)
    return replace(number, role=role, suffix=other.suffix, unit=other.unit, scale=other.scale)


def _unsigned(number: Number, role: Role, link: re.Match[str] | None) -> Number:
    return replace(number, role=role, sign="" if link and link["range"] else number.sign)


def _roles(text: str, earlier: Number, link: re.Match[str] | None) -> tuple[Role, Role]:
    if link and link["slash"]:
        return "pair", "pair"
    change = link is None or (link["range"] == "to" and _words_before(text, earlier.start).endswith("from"))
    return ("from", "to") if change else ("low", "high")


def _is_change(text: str, earlier: Number, number: Number) -> bool:
    """Tell whether two numbers are the ends of "from 41.2% on A to 45.6%"."""
    between = text[earlier.end : number.start]
    near = len(between) < _NEAR and ". " not in between
    return (
        near and _words_before(text, number.start).endswith(" to") and _words_before(text, earlier.start)[-4:] == "from"
    )


HINTS: tuple[str, ...] = (*FLAGS, *(f"{side}: {cue}" for side in ("before", "after") for cue in CUES))
"""What each number of :func:`hints` says; of a cue, 1 / (its place from the number on), 0 where there is none."""

_STOP = re.compile(r"[.;!?]\s|\n")


def hints(text: str, number: Number) -> tuple[float, ...]:
    """Say what a classifier should know of a number: how it is written, where it stands, which words are near.

    Returns:
        One number for each name of :data:`HINTS`, all between 0 and 1.

    Example:
        >>> text = "Net cuts FLOPs by 75%"
        >>> said = dict(zip(HINTS, hints(text, find(text)[0]), strict=True))
        >>> said["percent"], said["before: by"], said["before: reduction"], said["after: reduction"]
        (1.0, 1.0, 0.3333333333333333, 0.0)
    """
    before, after = text[max(0, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
    clause = _STOP.split(before)[-1]
    follows = _STOP.split(after, maxsplit=1)[0]
    return (
        *written(number),
        *placed(text, number, before, after),
        *closeness(reversed(words(clause))),
        *closeness(words(follows)),
    )
