"""The step that describes the build to catalogues and loaders of data sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.graph import SCHEMAS, measure

if TYPE_CHECKING:
    from pathlib import Path

    from kg.building.job import Job
    from kg.graph import Graph


def describe(job: Job) -> None:
    """Write ``dataset.ttl`` (VoID and DCAT) and ``croissant.json``."""
    write_descriptions(job.graph(), job.stage)


def write_descriptions(graph: Graph, folder: Path) -> None:
    """Write the descriptions of a graph into its folder."""
    from kg.export import croissant
    from kg.rdf import RDF_FILES
    from kg.rdf import describe as describe_rdf

    names = (*RDF_FILES, *(f"{name}.parquet" for name in SCHEMAS))
    files = measure(folder, (name for name in names if (folder / name).is_file()))
    (folder / "dataset.ttl").write_bytes(describe_rdf(graph, files))
    (folder / "croissant.json").write_bytes(croissant(graph, files))
