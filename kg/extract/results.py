r"""Reported numbers by rule: a value in a sentence that names a metric.

>>> [number.kind for number in numbers("reduces FLOPs by 75\\%, is 3.1x faster, gains +2.3 mIoU, has 87.3% accuracy")]
['reduction', 'factor', 'gain', 'absolute']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from kg.extract.component import Component, raw_text
from kg.extract.relations import evidence_of, main_subject, sentences_with_mentions
from kg.types import Result, ResultKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Span

_NUMBER = re.compile(
    r"(?<![\w.\-/^{])(?P<sign>\+\s?)?(?P<value>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<unit>\s?\\?%|\s?(?:x|×|\\times|times)(?![A-Za-z])|\s?-?fold\b)?(?![\w/^]|[.,]\d)",
)
_COUNTED = re.compile(
    r"\s*(?:-?\s*(?:[KMBT]\b|million|billion|trillion|thousand|hours?|days?|tasks?|data\s?sets?|languages?|layers?|"
    r"examples?|samples?|images?|classes|models?|benchmarks?|tokens?|GPUs?|steps?|shots?|bits?|dimension\w*|D\b|hop|way))",
    re.IGNORECASE,
)
_CUES: tuple[tuple[ResultKind, str, str], ...] = (
    ("reduction", "after", r"^\W*(?:\w+\W+)?(?:reduction|decrease|less|fewer|lower|smaller)"),
    ("gain", "after", r"^\W*(?:\w+\W+){0,2}(?:improvement|gain|increase|higher|better|more)"),
    ("gain", "before", r"\b(?:gain|improvement|increase)s? of\s*$"),
    ("reduction", "before", r"\b(?:reduction|decrease)s? of\s*$"),
    (
        "absolute",
        "before",
        r"\b(?:(?<!up )to|of|achiev\w+|reach\w+|obtain\w*|attain\w*|at)\s+(?:an?\s+)?(?:(?:up to|about|over)\s+)?$",
    ),
    (
        "reduction",
        "before",
        r"\b(?:reduc\w+|decreas\w+|lower\w*|less|fewer|sav\w+|cut\w*|drop\w*|shrink\w*|smaller)\b",
    ),
    (
        "gain",
        "before",
        r"\b(?:improv\w+|gain\w*|increas\w+|higher|boost\w*|by|more|better|outperform\w*|surpass\w*|absolute|relative)\b",
    ),
)
"""What the words before or after a number make of it; the first cue that is met decides."""
_OVER = re.compile(r"\b(?:over|than|compared (?:with|to)|against)\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_NEAR = 60
_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: where, as written without sign and unit, its unit (only % is kept), and its kind."""

    start: int
    end: int
    value: str
    unit: str
    kind: ResultKind


def numbers(sentence: str) -> Iterator[Number]:
    """Find the numbers that may be results; counts of things (12 layers, 3 data sets) are not."""
    for match in _NUMBER.finditer(sentence):
        if not match["unit"] and (_COUNTED.match(sentence, match.end()) or _is_year(match["value"])):
            continue
        unit = "%" if "%" in (match["unit"] or "") else ""
        yield Number(match.start(), match.end(), match["value"], unit, _kind(sentence, match))


def _is_year(value: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", value))


def _kind(sentence: str, match: re.Match[str]) -> ResultKind:
    """Read the kind off the unit, the sign, the words right after the number, and those of its clause before it."""
    unit, before = match["unit"] or "", sentence[max(0, match.start() - 60) : match.start()].rpartition(", ")[2]
    after = sentence[match.end() : match.end() + 25]
    if unit and "%" not in unit:
        return "factor"
    if match["sign"]:
        return "gain"
    sides = {"before": before, "after": after}
    met = (kind for kind, side, words in _CUES if re.search(words, sides[side], re.IGNORECASE))
    return next(met, "absolute")


class Results(Component[list[Result]]):
    """Link numbers to a metric, a subject, a data set and a baseline of their sentence."""

    def compute(self, doc: Doc) -> list[Result]:
        """Return the results in the order of their numbers."""
        subject = main_subject(doc)
        return [result for spans in sentences_with_mentions(doc) for result in _in_sentence(doc, spans, subject)]

    def write(self, doc: Doc, found: list[Result]) -> None:
        """Set ``doc._.results``."""
        doc._.results = found


def _in_sentence(doc: Doc, spans: list[Span], proposal: Span | None) -> Iterator[Result]:
    evidence = evidence_of(spans[0])
    sentence = raw_text(doc)[evidence.start : evidence.end]
    covered = [(span.start_char, span.end_char) for span in spans]
    for number in numbers(sentence):
        at = evidence.start + number.start
        if any(start <= at < end for start, end in covered):
            continue
        metric = _nearest(spans, "Metric", at)
        subject = proposal or _before(spans, at)
        if metric is not None and subject is not None:
            dataset, baseline = _nearest(spans, "Dataset", at), _baseline(doc, spans)
            kind = number.kind
            against = (
                baseline.id_ if baseline is not None and kind != "absolute" and baseline.id_ != subject.id_ else None
            )
            where = dataset.id_ if dataset is not None else None
            sure = min(_CONFIDENCE, float(metric._.confidence), float(subject._.confidence))
            yield Result(subject.id_, metric.id_, number.value, number.unit, kind, where, against, (evidence,), sure)


def _nearest(spans: list[Span], kind: str, at: int) -> Span | None:
    """Return the mention of a type that stands nearest to an offset; a metric must stand near."""
    farthest = _NEAR if kind == "Metric" else 10 * _NEAR
    placed = [(min(abs(at - span.end_char), abs(span.start_char - at)), span) for span in spans if span.label_ == kind]
    distance, span = min(placed, key=lambda pair: (pair[0], pair[1].start), default=(0, None))
    return span if distance <= farthest else None


def _before(spans: list[Span], at: int) -> Span | None:
    return next((span for span in spans if span.label_ in {"Model", "Method"} and span.end_char <= at), None)


def _baseline(doc: Doc, spans: list[Span]) -> Span | None:
    systems = (span for span in spans if span.label_ in {"Model", "Method"})
    return next((s for s in systems if _OVER.search(raw_text(doc), max(0, s.start_char - 40), s.start_char)), None)


@Language.factory("kg_results")
def make_results(nlp: Language, name: str) -> Results:
    """Make the component for a pipeline."""
    return Results()
