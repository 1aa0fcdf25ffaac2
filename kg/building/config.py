"""What a build can be told, and what a later one takes over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from kg.errors import BuildFolderError
from kg.graph import fault
from kg.iris import BASE
from kg.papers.inputs import CORRECTIONS
from kg.papers.problems import Problem
from kg.resolve import Corrections, all_beside, beside, parse, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Manifest


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What a build can be told.

    Attributes:
        model: The extractor, a name of ``kg.extract.MODELS``.
        min_confidence: The least confidence that a mention may have, or a table of least confidences by kind, see
            :func:`kg.thresholds.thresholds`; None takes the ones chosen in training.
        base: The IRI that all nodes' IRIs begin with; ends with a slash.
        corrections: A file of a user's corrections, see :mod:`kg.resolve.corrections`; by default corrections.tsv
            beside the inputs, where there is one. In the manifest of a build, the copy of it in the folder.
        strict: Stop at the first record that cannot be read, instead of reporting and skipping it.
        page_nodes: The most nodes that graph.html draws.
    """

    model: str = "fast"
    min_confidence: float | dict[str, float] | None = None
    base: str = BASE
    corrections: str | None = None
    strict: bool = False
    page_nodes: int = 500


class Told(NamedTuple):
    """What a user says of names.

    Attributes:
        corrections: What is to be obeyed.
        text: How it was written; None where nothing was.
        source: The file that it was read from.
        kept: Whether an earlier build obeyed it, and told of what had no effect.
        ignored: What lies beside the inputs and says something else.
    """

    corrections: Corrections = Corrections()
    text: str | None = None
    source: str = ""
    kept: bool = False
    ignored: tuple[Problem, ...] = ()


def corrected(config: Config, inputs: tuple[str, ...]) -> tuple[Config, Told]:
    """Read the corrections, those named or those beside the inputs, and say in the configuration that there are some.

    Raises:
        CorrectionsError: They cannot be read or contradict each other, or there are several beside the inputs.
    """
    path = Path(config.corrections) if config.corrections else beside(inputs)
    if path is None:
        return config, Told()
    return msgspec.structs.replace(config, corrections=CORRECTIONS), _told(path)


def same_config(folder: Path, old: Manifest, inputs: tuple[str, ...] = ()) -> tuple[Config, Told]:
    """Take over the configuration of a build and its corrections, for one of its papers and those of further inputs.

    Args:
        folder: The build.
        old: Its manifest.
        inputs: What is added; corrections beside it count where the build has none.

    Raises:
        BuildFolderError: Another version of paperkg wrote it, and it cannot be read, or its corrections are damaged.
        CorrectionsError: As for :func:`corrected`.
    """
    try:
        config = msgspec.convert(old.config, Config)
    except msgspec.ValidationError as error:
        raise BuildFolderError(f"the configuration of the build cannot be read ({error}): use kg build") from None
    if not config.corrections:
        return corrected(config, inputs)
    path, expected = folder / CORRECTIONS, old.files.get(CORRECTIONS)
    wrong = "is not there: an older paperkg built this" if expected is None else fault(path, expected)
    if wrong:
        raise BuildFolderError(f"{path} {wrong}; build the folder again from its inputs with kg build")
    told = _told(path)
    return config, told._replace(kept=True, ignored=tuple(_others(told, inputs)))


def _told(path: Path) -> Told:
    text = text_of(path)
    return Told(parse(text.splitlines(), str(path)), text, str(path))


def _others(told: Told, inputs: tuple[str, ...]) -> Iterator[Problem]:
    for path in all_beside(inputs):
        if text_of(path) != told.text:
            said = "is not obeyed: the graph keeps the corrections that it was built with"
            yield Problem(path.as_posix(), 0, said, "use kg build to obey it")
