"""A build under way, which the steps hand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from kg.api import Graph
from kg.graph import FOLDER_VERSION, Manifest
from kg.resolve import Resolution

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from kg.building.config import Config
    from kg.papers import FieldNames, Problem
    from kg.progress import Progress
    from kg.resolve import Corrections
    from kg.types import Extraction, Paper


@dataclass
class Job:
    """What was asked for, and what the steps have made so far.

    Attributes:
        folder: The build that is there, perhaps; it is read, never written.
        stage: Where the new build is written.
        version: The version of paperkg that builds.
    """

    inputs: tuple[str, ...]
    folder: Path
    stage: Path
    config: Config
    fields: FieldNames | None
    progress: Progress
    jobs: int
    told: Corrections
    version: str
    problems: list[Problem] = field(default_factory=list)
    entries: int = 0
    papers: list[Paper] = field(default_factory=list)
    extractions: list[Extraction] = field(default_factory=list)
    extractor: str = ""
    resolution: Resolution = field(default_factory=Resolution)
    tables: dict[str, pa.Table] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def manifest(self) -> Manifest:
        """Describe the build as it stands."""
        return Manifest(
            folder_version=FOLDER_VERSION,
            paperkg=self.version,
            extractor=self.extractor,
            base=self.config.base,
            inputs=self.inputs,
            config=msgspec.to_builtins(self.config),
            counts=self._counts(),
            seconds=self.seconds,
            skipped=tuple(self.problems),
        )

    def graph(self) -> Graph:
        """Open the tables of this build."""
        return Graph(self.manifest(), self.tables)

    def _counts(self) -> dict[str, int]:
        rows = {name: table.num_rows for name, table in self.tables.items()}
        types: dict[str, int] = {}
        if "entities" in self.tables:
            for row in self.tables["entities"].group_by("type").aggregate([([], "count_all")]).to_pylist():
                types[row["type"]] = row["count_all"]
        return {"entries": self.entries, "skipped": len(self.problems), **rows, **dict(sorted(types.items()))}
