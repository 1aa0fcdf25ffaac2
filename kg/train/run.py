"""One TOML a run: from gold annotations to the folder of weights that the extractor loads."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
import spacy

from kg.errors import KgError
from kg.extract.component import SPANS
from kg.extract.pipeline import BEHIND_NER
from kg.train.gold import read_gold
from kg.train.ner import HELD_OUT_SHARE, train_ner

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.train.gold import Gold


class TrainConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to train on and where to; paths count from the TOML file.

    Attributes:
        gold: Annotated abstracts, JSON Lines.
        output: The folder of weights to write; what is in it is replaced.
        version: The version that the weights carry; it is part of every cache key.
        max_steps: Fewer steps than ``ner.cfg`` says, for a trial.
    """

    gold: str
    output: str
    version: str
    max_steps: int | None = None


def read_config(path: Path) -> TrainConfig:
    """Read a run's TOML.

    Raises:
        KgError: It cannot be read, or a key is missing, unknown or of another type.
    """
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), TrainConfig)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KgError(f"{path} is no training configuration ({error}): see kg/train/shipped.toml") from None


def train(path: Path) -> Path:
    """Train what the TOML at ``path`` describes; return the folder of weights.

    Raises:
        KgError: The configuration is wrong.
        PaperFormatError: The gold cannot be read.
    """
    config = read_config(path)
    gold, output = path.parent / config.gold, path.parent / config.output
    held_out = [one for one in read_gold(gold) if one.held_out(HELD_OUT_SHARE)]
    with TemporaryDirectory() as folder:
        recogniser = train_ner(gold, Path(folder), max_steps=config.max_steps)
        nlp = assemble_pipeline(recogniser, held_out, config.version)
    nlp.to_disk(output)
    return output


def assemble_pipeline(recogniser: Path, held_out: list[Gold], version: str) -> Language:
    """Put our components behind a trained recogniser; what it scored where is taken out of its metadata."""
    nlp = spacy.load(recogniser)
    for name in BEHIND_NER:
        nlp.add_pipe(name)
    confidence = type_precision(nlp, held_out)
    nlp.remove_pipe("kg_mentions")
    nlp.add_pipe("kg_mentions", before="kg_identity", config={"confidence": confidence})
    nlp.meta.pop("performance", None)
    nlp.meta.update(name="paperkg", version=version, description="Tasks, methods, models, data sets and metrics")
    return nlp


def type_precision(nlp: Language, golds: list[Gold]) -> dict[str, float]:
    """Measure how often a mention of each type is right on abstracts set aside from training, to two digits."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for doc, gold in nlp.pipe(((gold.text, gold) for gold in golds), as_tuples=True):
        wanted = {span[:3] for span in gold.spans()}
        for span in doc.spans[SPANS]:
            found[span.label_] += 1
            right[span.label_] += (span.start_char, span.end_char, span.label_) in wanted
    return {kind: round(right[kind] / found[kind], 2) for kind in sorted(found)}
