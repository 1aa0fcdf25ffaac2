"""Train the named-entity recogniser of the pipeline with ``spacy train`` on gold annotations.

One abstract in ten is set aside to choose the best step; nothing that is reported as a figure is ever seen.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.cli.train import train as spacy_train
from spacy.tokens import Span
from spacy.training import Example
from spacy.util import registry

import kg.extract.tokenizer  # noqa: F401 - the config names it
from kg.train.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language

    from kg.train.gold import Gold

CONFIG = Path(__file__).with_name("ner.cfg")
HELD_OUT_SHARE = 10


def train_ner(gold: Path, output: Path, *, max_steps: int | None = None) -> Path:
    """Train on ``gold`` and write the best model to ``output/model-best``.

    Args:
        gold: Annotated abstracts, JSON Lines.
        output: A folder for the model and the last step.
        max_steps: Fewer steps than the config says, for a trial.

    Returns:
        The folder of the best model, which ``spacy.load`` reads.
    """
    overrides: dict[str, object] = {"paths.gold": str(gold)}
    if max_steps:
        overrides |= {"training.max_steps": max_steps, "training.eval_frequency": max_steps}
    spacy_train(CONFIG, output, overrides=overrides)
    return output / "model-best"


@registry.readers("kg.Gold.v1")  # type: ignore[untyped-decorator]
def make_reader(path: str, *, held_out: bool) -> Callable[[Language], Iterator[Example]]:
    """Read the training part or the held-out slice of a gold file as spaCy examples, shuffled once by a fixed seed."""

    def read(nlp: Language) -> Iterator[Example]:
        chosen = [gold for gold in read_gold(Path(path)) if gold.held_out(HELD_OUT_SHARE) == held_out]
        random.Random(7).shuffle(chosen)  # noqa: S311 - an order, not a secret
        for gold in chosen:
            yield to_example(nlp, gold)

    return read


def to_example(nlp: Language, gold: Gold) -> Example:
    """Make a spaCy example; a span that no tokens spell out (one in thousands) is left out."""
    reference = nlp.make_doc(gold.text)
    spans = (reference.char_span(start, end, label=kind) for start, end, kind, _ in gold.spans())
    reference.set_ents([span for span in spans if isinstance(span, Span)])
    return Example(nlp.make_doc(gold.text), reference)
