"""Abbreviations that a text defines: "vision transformer (ViT)", "ViT (vision transformer)".

The matching is that of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003): the letters of the short form are sought from right to left in the words before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from kg.extract.component import Component

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc

_BRACKETED = re.compile(r"\(([^()]{2,60}?)(?:[,;][^()]*)?\)")
_SHORT = re.compile(r"(?=[^A-Z]*[A-Z])[A-Za-z][A-Za-z0-9\-/+.]{1,11}")
_CLAUSE = re.compile(r"[.;:!?()\n]\s")


def definitions(text: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Find the spans (long form, short form) of every abbreviation that ``text`` defines.

    >>> text = "We use vision transformers (ViTs) and LSTM (long short-term memory) cells."
    >>> [(text[a:b], text[c:d]) for (a, b), (c, d) in definitions(text)]
    [('vision transformers', 'ViTs'), ('long short-term memory', 'LSTM')]
    """
    for match in _BRACKETED.finditer(text):
        inner, start = match.group(1).strip(), match.start(1)
        if _SHORT.fullmatch(inner):
            long = _long_form(text, match.start(), inner)
            if long:
                yield long, (start, start + len(inner))
        elif before := re.search(r"([A-Za-z][A-Za-z0-9\-]{1,11})\s*$", text[: match.start()]):
            long = _long_form(text, start + len(inner), before.group(1))
            if _SHORT.fullmatch(before.group(1)) and long and long[0] == start:
                yield long, before.span(1)


def _long_form(text: str, end: int, short: str) -> tuple[int, int] | None:
    """Find the words that end at ``end`` and spell out ``short``, or None."""
    letters = [c for c in re.sub(r"s$", "", short).lower() if c.isalnum()]
    words = min(len(letters) + 5, len(letters) * 2)
    window = text[:end].rstrip()
    clause = max((m.end() for m in _CLAUSE.finditer(window)), default=0)
    starts = [m.start() for m in re.finditer(r"(?<![\w])\w", window[clause:])][-words:]
    floor = clause + starts[0] if starts else clause
    place = len(window)
    for index in range(len(letters) - 1, -1, -1):
        place = _seek(window, letters[index], place - 1, floor, initial=index == 0)
        if place < 0:
            return None
    long = window[place:]
    plausible = len(long) > len(short) and short.lower() not in long.lower().split()
    return (place, len(window)) if plausible else None


def _seek(text: str, letter: str, place: int, floor: int, *, initial: bool) -> int:
    """Walk left to ``letter``; the short form's first letter must begin a word."""
    while place >= floor:
        if text[place].lower() == letter and not (initial and place > floor and text[place - 1].isalnum()):
            return place
        place -= 1
    return -1


class Abbreviations(Component[list[tuple[Span, Span]]]):
    """Find the abbreviations that a document defines."""

    def compute(self, doc: Doc) -> list[tuple[Span, Span]]:
        """Return pairs of spans: long form, short form."""
        pairs = ((doc.char_span(*long), doc.char_span(*short)) for long, short in definitions(doc.text))
        return [(long, short) for long, short in pairs if isinstance(long, Span) and isinstance(short, Span)]

    def write(self, doc: Doc, found: list[tuple[Span, Span]]) -> None:
        """Set ``doc._.abbreviations``."""
        doc._.abbreviations = found


@Language.factory("kg_abbreviations")
def make_abbreviations(nlp: Language, name: str) -> Abbreviations:  # noqa: ARG001 - spaCy's signature
    """Make the component for a pipeline."""
    return Abbreviations()
