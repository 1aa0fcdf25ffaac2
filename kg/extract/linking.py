"""What the components that link share: an abstract as links see it, drawn once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from spacy.language import Language

from kg.extract.calibration import Calibration
from kg.extract.component import SPANS, Component, raw_text
from kg.extract.heads import Heads, Words
from kg.extract.links import TYPES
from kg.extract.sketch import Sketch, sketch
from kg.extract.weighing import Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.extract.numbers import Number
    from kg.types import Evidence, LocalEntity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Linkable:
    """An abstract as links see it.

    Args:
        sketch: Its words, mentions, entities and numbers.
        numbers: The numbers, as written.
        words: The vectors of the words.
        entities: The entities, in the order in which the sketch counts them.
        sentences: The characters of each sentence.
    """

    sketch: Sketch
    numbers: Sequence[Number]
    words: Words
    entities: Sequence[LocalEntity]
    sentences: Sequence[Evidence]

    def evidence(self, *numbers: int) -> tuple[Evidence, ...]:
        """The sentences with these *numbers*, in order, each once."""
        return tuple([self.sentences[number] for number in sorted(set(numbers))])

    def sure(self, score: float, *ends: int) -> float:
        """The confidence of a link: *score*, but never more than that of what it joins."""
        return round(min([score, *[self.entities[end].confidence for end in ends]]), 4)


class Linking(Weighed, Component[T]):
    """A component that links, with the heads for it and the curves of their confidence.

    Args:
        folder: Where ``heads.npz`` and ``settings.json`` are.
    """

    files: ClassVar[tuple[str, ...]] = ("heads.npz", "settings.json")

    def __init__(self, folder: Path) -> None:
        Component.__init__(self)
        self.use(folder)

    def load(self, folder: Path) -> None:
        """Read the weights."""
        self.heads = Heads.load(folder / "heads.npz")
        self.calibration = Calibration(self.settings["calibration"])


class Links(Component[Linkable]):
    """Draw each document for the components that link."""

    def compute(self, doc: Doc) -> Linkable:
        """Return what may be linked."""
        text, reading, entities = raw_text(doc), doc._.reading, doc._.entities
        index = {entity.key: number for number, entity in enumerate(entities)}
        mentions = [(span.start_char, span.end_char, index[span.id_]) for span in doc.spans.get(SPANS, ())]
        types = [TYPES.index(entity.type) for entity in entities]
        drawn, numbers, sentences = sketch(text, reading.encoded.starts, mentions, types, doc._.sentence_starts)
        return Linkable(drawn, numbers, Words(reading.vectors), entities, sentences)

    def write(self, doc: Doc, found: Linkable) -> None:
        """Set ``doc._.linkable``."""
        doc._.linkable = found


@Language.factory("kg_links")
def make_links(nlp: Language, name: str) -> Links:
    """Make the component for a pipeline."""
    return Links()
