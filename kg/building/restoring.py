"""A build folder from RDF: the tables are read back, and the rest is written as a build writes it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.api import Graph
from kg.building.config import Config
from kg.building.describe import write_descriptions
from kg.building.pages import write_pages
from kg.building.rdf import write_rdf
from kg.errors import BuildFolderError
from kg.graph import SCHEMAS, files_below, measure, write_tables

if TYPE_CHECKING:
    from kg.building.workplace import Workplace


def restore(file: Path, place: Workplace, version: str) -> None:
    """Make a folder of what a file of RDF holds.

    Args:
        file: An export of the profile ``full``, in any format.
        place: Where to build.
        version: The version of paperkg that builds.

    Raises:
        BuildFolderError: The file cannot be read, or does not hold a whole graph.
    """
    from kg.rdf import read_graph

    found = read_graph(Path(file))
    if set(found.manifest.counts) != set(SCHEMAS):
        raise BuildFolderError(
            f"{file} holds statements, but no abstracts and mentions: export it with kg export --profile full"
        )
    write_tables({name: found.table(name) for name in SCHEMAS}, place.stage)
    config = Config(base=found.manifest.base)
    types = Counter(found.table("entities").column("type").to_pylist())
    entries = sum(map(len, found.table("papers").column("sources").to_pylist()))
    counts = {"entries": entries, "skipped": 0, **found.manifest.counts}
    manifest = msgspec.structs.replace(
        found.manifest,
        paperkg=version,
        config=msgspec.to_builtins(config),
        counts=counts | dict(sorted(types.items())),
    )
    graph = Graph(manifest, {}, place.stage)
    write_rdf(graph, place.stage)
    write_descriptions(graph, place.stage)
    write_pages(graph, place.stage, config.page_nodes)
    files = measure(place.stage, files_below(place.stage))
    msgspec.structs.replace(manifest, files=files).write(place.stage)
