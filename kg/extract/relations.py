"""Relations by rule: words between two mentions of a sentence, names within names, what a paper says of its own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, cast

from spacy.language import Language

from kg.extract.component import SPANS, Component, raw_text
from kg.extract.patterns import PATTERNS, SUFFIX_CONFIDENCE
from kg.names import normal_form
from kg.types import Evidence, Relation, allowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc, Span

    from kg.types import EntityType, RelationType


OWN_SCOPE: dict[str, tuple[RelationType, float]] = {
    "Dataset": ("evaluatedOn", 0.7),
    "Metric": ("measuredBy", 0.6),
}
"""What a paper that proposes X says of X by naming a data set or a metric."""

_TRAINING = re.compile(r"\btrain(?:ed|ing)?\b.{0,20}$", re.IGNORECASE)
_FARTHEST = 100


class Relations(Component[list[Relation]]):
    """Read relations between the entities of a document."""

    def compute(self, doc: Doc) -> list[Relation]:
        """Return one relation for each distinct triple, the surest reading."""
        return _best((*_within_sentences(doc), *_of_the_proposal(doc), *_by_name(doc)))

    def write(self, doc: Doc, found: list[Relation]) -> None:
        """Set ``doc._.relations``."""
        doc._.relations = found


def _best(read: Iterable[Relation]) -> list[Relation]:
    best: dict[tuple[str, str, str], Relation] = {}
    for relation in read:
        triple = (relation.head, relation.relation, relation.tail)
        if relation.head != relation.tail and best.get(triple, relation).confidence <= relation.confidence:
            best[triple] = relation
    return list(best.values())


def _within_sentences(doc: Doc) -> Iterator[Relation]:
    """Match every pattern between neighbouring mentions of a sentence: the next, or the one after it."""
    for sentence in sentences_with_mentions(doc):
        for index, left in enumerate(sentence):
            for right in sentence[index + 1 : index + 4]:
                between = raw_text(doc)[left.end_char : right.start_char]
                if len(between) <= _FARTHEST:
                    yield from _matches(left, right, between)


def _matches(left: Span, right: Span, between: str) -> Iterator[Relation]:
    for pattern in PATTERNS:
        head, tail = (left, right) if pattern.head_first else (right, left)
        if _may(head, pattern.relation, tail) and pattern.words.fullmatch(between):
            yield _stated(head, pattern.relation, tail, right, pattern.confidence)


def _of_the_proposal(doc: Doc) -> Iterator[Relation]:
    """Give what is proposed its task, data sets and metrics."""
    subject = main_subject(doc)
    if subject is None:
        return
    spans = list(doc.spans.get(SPANS, ()))
    task = next((span for span in spans if span.label_ == "Task"), None)
    if task is not None:
        yield _stated(subject, "usedFor", task, task, 0.5)
    for span in spans:
        if span.label_ in OWN_SCOPE and not _TRAINING.search(
            raw_text(doc),
            max(0, span.start_char - 40),
            span.start_char,
        ):
            relation, confidence = OWN_SCOPE[span.label_]
            yield _stated(subject, relation, span, span, confidence)


def _by_name(doc: Doc) -> Iterator[Relation]:
    """Read variants off names: one that ends in another of its kind is a special case of it."""
    first = {normal_form(span.text): span for span in reversed(list(doc.spans.get(SPANS, ())))}
    for form, head in first.items():
        words = form.split(" ")
        endings = (" ".join(words[cut:]) for cut in range(1, len(words)))
        tail = next((first[ending] for ending in endings if ending in first), None)
        if tail is not None and _may(head, "variantOf", tail):
            yield _stated(head, "variantOf", tail, head, SUFFIX_CONFIDENCE)


def _may(head: Span, relation: RelationType, tail: Span) -> bool:
    return allowed(cast("EntityType", head.label_), relation, cast("EntityType", tail.label_))


def _stated(head: Span, relation: RelationType, tail: Span, where: Span, confidence: float) -> Relation:
    """Make the relation; it is never surer than the mentions that it joins."""
    sure = min(confidence, float(head._.confidence), float(tail._.confidence))
    return Relation(head.id_, relation, tail.id_, (evidence_of(where),), sure)


def evidence_of(span: Span) -> Evidence:
    """Return the sentence of a span as character offsets, without white space at its ends."""
    starts = span.doc._.sentence_starts
    number = bisect_right(starts, span.start_char)
    start = starts[number - 1]
    text = raw_text(span.doc)[start : starts[number] if number < len(starts) else None]
    return Evidence(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))


def sentences_with_mentions(doc: Doc) -> list[list[Span]]:
    """Return the mentions of each sentence that has any, in order."""
    grouped: dict[int, list[Span]] = {}
    starts = doc._.sentence_starts
    for span in doc.spans.get(SPANS, ()):
        grouped.setdefault(bisect_right(starts, span.start_char), []).append(span)
    return list(grouped.values())


def main_subject(doc: Doc) -> Span | None:
    """Return the first mention of what the paper is about.

    That is the model or method that it proposes, the most mentioned one; where none is, the first that its title names.
    """
    systems: list[Span] = [span for span in doc.spans.get(SPANS, ()) if span.label_ in {"Model", "Method"}]
    proposed = {entity.key for entity in doc._.entities if entity.proposed}
    spans = [span for span in systems if span.id_ in proposed]
    if not spans:
        title_end = raw_text(doc).find("\n")
        return next((span for span in systems if span.end_char <= title_end), None)
    counts = Counter(span.id_ for span in spans)
    return min(spans, key=lambda span: (-counts[span.id_], span.start))


@Language.factory("kg_relations")
def make_relations(nlp: Language, name: str) -> Relations:
    """Make the component for a pipeline."""
    return Relations()
