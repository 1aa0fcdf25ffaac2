"""A build under way, which the steps hand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import msgspec

from kg.api import Graph
from kg.building.engines import engine_of
from kg.extract.batches import Extractor
from kg.graph import FOLDER_VERSION, Manifest
from kg.resolve import Resolution
from kg.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.building.config import Config, Told
    from kg.building.extractions import Extractions
    from kg.building.workplace import Workplace
    from kg.extract.batches import Reader
    from kg.extract.workers import Engine
    from kg.graph import Stored
    from kg.papers import FieldNames, Problem
    from kg.progress import Progress


class How(TypedDict, total=False):
    """How to build: nothing here but ``reader`` changes what comes of it.

    Attributes:
        jobs: How many processes read papers; 1 by default.
        memory: What DuckDB may hold before it spills to disk, as "4GB"; by default :data:`kg.scratch.MEMORY`.
        engine: Where papers are read: a name of :data:`kg.building.ENGINES`, or such a function.
        reader: What reads papers, in place of the extractor that the configuration names.
        progress: Called with a step's name, how many items are done, and of how many if that is known.
    """

    jobs: int
    memory: str
    engine: Engine | str
    reader: Reader
    progress: Progress


class Texts(NamedTuple):
    """How many texts were read: in this build, in one before that did not come to its end, in the one that is there."""

    read: int
    resumed: int
    known: int


@dataclass
class Job:
    """What was asked for, and what the steps have made so far.

    Attributes:
        place: Where to build.
        config: What to build.
        told: A user's corrections.
        how: How to build it.
        version: The version of paperkg that builds.
        inputs: What to read.
        fields: How fields are named in it.
        strict: Whether to stop at the first record that cannot be read.
        old: The manifest of the build that is there.
        keep: Whether its papers are kept beside those of the inputs.
        without: Of these, the ids of papers to leave out.
        read_from: The inputs, now or earlier, that its papers came from.
        problems: What could not be read.
        warnings: What was of no effect.
        extractions: What was read in each paper.
    """

    place: Workplace
    config: Config
    told: Told
    how: How
    version: str
    inputs: tuple[str, ...] = ()
    fields: FieldNames | None = None
    strict: bool = False
    old: Manifest | None = None
    keep: bool = False
    without: frozenset[str] = frozenset()
    read_from: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    entries: int = 0
    recipe: str = ""
    made: bool = False
    complete: bool = True
    texts: Texts = field(default_factory=lambda: Texts(0, 0, 0))
    resolution: Resolution = field(default_factory=Resolution)
    rows: dict[str, int] = field(default_factory=dict)
    changes: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    extractions: Extractions = field(init=False)

    def __post_init__(self) -> None:
        floor = thresholds(self.config.min_confidence).floor
        engine = self.how.get("engine", "local")
        self.reader: Reader = self.how.get("reader") or Extractor(self.config.model, floor)
        self.engine = engine_of(engine, self.how.get("jobs", 1)) if isinstance(engine, str) else engine
        self.progress: Progress = self.how.get("progress") or (lambda *_: None)

    @property
    def stage(self) -> Path:
        """Where the new build is written."""
        return self.place.stage

    def manifest(self, files: Mapping[str, Stored] | None = None) -> Manifest:
        """Describe the build as it stands."""
        return Manifest(
            folder_version=FOLDER_VERSION,
            paperkg=self.version,
            extractor=self.reader.name,
            base=self.config.base,
            inputs=self.read_from,
            config=msgspec.to_builtins(self.config),
            counts={"entries": self.entries, "skipped": len(self.problems), **self.rows},
            files=dict(files or {}),
            recipe=self.recipe if self.complete else "",
            skipped=tuple(self.problems),
        )

    def graph(self) -> Graph:
        """Open what is built so far."""
        return Graph(self.manifest(), {}, self.stage)
