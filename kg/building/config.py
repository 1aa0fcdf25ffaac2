"""What a build can be told, and what a later one takes over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.errors import BuildFolderError
from kg.iris import BASE
from kg.resolve import Corrections, beside, read_corrections

if TYPE_CHECKING:
    from kg.graph import Manifest


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What a build can be told.

    Attributes:
        model: The extractor, a name of ``kg.extract.MODELS``.
        min_confidence: The least confidence that a mention may have, or a table of least confidences by kind, see
            :func:`kg.thresholds.thresholds`; None takes the ones chosen in training.
        base: The IRI that all nodes' IRIs begin with; ends with a slash.
        corrections: A file of a user's corrections, see :mod:`kg.resolve.corrections`; by default corrections.tsv
            beside the inputs, where there is one.
        strict: Stop at the first record that cannot be read, instead of reporting and skipping it.
        page_nodes: The most nodes that graph.html draws.
    """

    model: str = "fast"
    min_confidence: float | dict[str, float] | None = None
    base: str = BASE
    corrections: str | None = None
    strict: bool = False
    page_nodes: int = 500


def corrected(config: Config, inputs: tuple[str, ...]) -> tuple[Config, Corrections]:
    """Read the corrections, those named or those beside the inputs, and say in the configuration where they were.

    Raises:
        CorrectionsError: They cannot be read or contradict each other, or there are several beside the inputs.
    """
    path = Path(config.corrections) if config.corrections else beside(inputs)
    if path is None:
        return config, Corrections()
    return msgspec.structs.replace(config, corrections=str(path)), read_corrections(path)


def same_config(old: Manifest, inputs: tuple[str, ...] = ()) -> tuple[Config, Corrections]:
    """Take over the configuration of a build, for one of its papers and those of further inputs.

    Raises:
        BuildFolderError: Another version of paperkg wrote it, and it cannot be read.
        CorrectionsError: As for :func:`corrected`.
    """
    try:
        config = msgspec.convert(old.config, Config)
    except msgspec.ValidationError as error:
        raise BuildFolderError(f"the configuration of the build cannot be read ({error}): use kg build") from None
    if config.corrections and config.corrections == str(beside(old.inputs)):
        config = msgspec.structs.replace(config, corrections=None)
    return corrected(config, (*old.inputs, *inputs))
