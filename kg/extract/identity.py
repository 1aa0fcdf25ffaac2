"""Which mentions of one abstract are one entity, what it is called, and whether this paper introduces it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from kg.extract.component import SPANS, Component
from kg.iris import slug
from kg.names import normal_form, plain
from kg.types import LocalEntity

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CUE = re.compile(
    r"\b(?:we|this (?:paper|work|article|study)|our (?:paper|work))\b[^.]{0,60}?"
    r"\b(?:propose|present|introduce|develop|design|devise|release|construct|build|create|describe|contribute)\w*\b",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|titled|entitled|namely|our|proposed)\s+[\"'`“‘]*$", re.IGNORECASE
)
_NEW = re.compile(r"^\s*(?:\([^)]*\))?\s*,\s*an?\s+(?:\w+[ ,]+){0,3}?(?:novel|new|simple|first)\b", re.IGNORECASE)
_PROPOSABLE = frozenset({"Method", "Model", "Dataset"})
_REACH = 110


class Identity(Component[list[tuple[LocalEntity, list[Span]]]]):
    """Group mentions by type and normal form, and join an abbreviation to what it stands for."""

    def compute(self, doc: Doc) -> list[tuple[LocalEntity, list[Span]]]:
        """Return the entities in order of first mention, each with its mentions."""
        short_to_long = {normal_form(short.text): normal_form(long.text) for long, short in doc._.abbreviations}
        groups: dict[tuple[str, str], list[Span]] = defaultdict(list)
        for span in doc.spans.get(SPANS, ()):
            form = normal_form(span.text)
            groups[span.label_, short_to_long.get(form, form)].append(span)
        introduced = _introduced(doc)
        taken: Counter[str] = Counter()
        return [(_entity(kind, form, spans, introduced, taken), spans) for (kind, form), spans in groups.items()]

    def write(self, doc: Doc, found: list[tuple[LocalEntity, list[Span]]]) -> None:
        """Set ``doc._.entities``, and the key of its entity as the ``id_`` of every mention."""
        doc._.entities = [entity for entity, _ in found]
        keyed = sorted((_keyed(span, entity.key) for entity, spans in found for span in spans), key=lambda s: s.start)
        doc.spans[SPANS] = keyed
        doc.set_ents(keyed)


def _keyed(span: Span, key: str) -> Span:
    """Copy a span with an id: a span that has been put into a group cannot be changed in place."""
    copy = Span(span.doc, span.start, span.end, label=span.label_, span_id=key)
    copy._.confidence = span._.confidence
    return copy


def _entity(kind: str, form: str, spans: list[Span], introduced: set[int], taken: Counter[str]) -> LocalEntity:
    counts = Counter(span.text for span in spans)
    shaped = [text for text in counts if normal_form(text) == form] or list(counts)
    name = plain(min(shaped, key=lambda text: (-counts[text], text))) or shaped[0]
    key = slug(form)
    taken[key] += 1
    key = key if taken[key] == 1 else f"{key}-{kind.lower()}"
    proposed = any(span.start in introduced for span in spans)
    confidence = max(float(span._.confidence) for span in spans)
    return LocalEntity(key, kind, name, proposed, confidence)  # type: ignore[arg-type]


def _introduced(doc: Doc) -> set[int]:
    """Return the first tokens of the mentions that the text presents as new."""
    text = doc.text
    title_end = max(text.find("\n"), 0)
    spans = [span for span in doc.spans.get(SPANS, ()) if span.label_ in _PROPOSABLE]
    found = {span.start for span in spans if span.start_char == 0 and text[span.end_char :].lstrip().startswith(":")}
    found |= {span.start for span in spans if _NAMING.search(text, max(0, span.start_char - 24), span.start_char)}
    found |= {span.start for span in spans if _NEW.match(text[span.end_char : span.end_char + 60])}
    for cue in _CUE.finditer(text, title_end):
        after = [
            s
            for s in spans
            if cue.end() <= s.start_char <= cue.end() + _REACH and "." not in text[cue.end() : s.start_char]
        ]
        found |= {span.start for span in after[:1]}
    return found


@Language.factory("kg_identity")
def make_identity(nlp: Language, name: str) -> Identity:  # noqa: ARG001 - spaCy's signature
    """Make the component for a pipeline."""
    return Identity()
