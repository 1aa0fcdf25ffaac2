"""From NetworkX back to tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from kg.errors import KgError
from kg.graph.graph import Graph
from kg.graph.manifest import Manifest
from kg.graph.schema import SCHEMAS
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    import networkx as nx

    Row: TypeAlias = dict[str, Any]


def from_networkx(projected: nx.MultiDiGraph[str]) -> Graph:
    """Restore the graph that ``to_networkx(graph, everything=True)`` projected, perhaps changed since.

    What refers to a node that was taken out goes with it; a result outlives its data set and its baseline.

    Raises:
        KgError: The projection was made without ``everything=True``, so papers and mentions are not in it.
    """
    if "manifest" not in projected.graph:
        raise KgError("from_networkx needs the whole graph: project it with to_networkx(graph, everything=True)")
    found = _rows(projected)
    tables = {name: pa.Table.from_pylist(rows, schema=SCHEMAS[name]) for name, rows in found.items()}
    manifest = msgspec.convert(projected.graph["manifest"], Manifest)
    types = Counter(row["type"] for row in found["entities"])
    counts = {name: types[name] if name in ENTITY_TYPES else count for name, count in manifest.counts.items()}
    counts |= {name: len(rows) for name, rows in found.items() if name in counts}
    return Graph(msgspec.structs.replace(manifest, counts=counts), tables)


def _rows(projected: nx.MultiDiGraph[str]) -> dict[str, list[Row]]:
    """Return the rows of each table."""
    nodes: list[tuple[str, Row]] = list(projected.nodes.items())
    mentions = [row for *_, data in projected.edges(data=True) for row in data.get("mentions", ())]
    statements = [row for row in _statements(projected) if row["paper"] in projected]
    inferred = projected.graph["inferred"]
    return {
        "papers": [data for _, data in nodes if data["type"] == "Paper"],
        "entities": [{"iri": node, **data} for node, data in nodes if data["type"] in ENTITY_TYPES],
        "mentions": sorted(mentions, key=lambda row: (row["paper"], row["start"], row["end"])),
        "relations": sorted(statements, key=lambda row: (row["head"], row["relation"], row["tail"])),
        "results": list(_results(projected, (data for _, data in nodes if data["type"] == "Result"))),
        "merges": projected.graph["merges"],
        "inferred": [row for row in inferred if row["head"] in projected and row["tail"] in projected],
    }


def _statements(projected: nx.MultiDiGraph[str]) -> Iterator[Row]:
    for head, tail, data in projected.edges(data=True):
        for statement in data.get("evidence", ()):
            yield {"head": head, "relation": data["relation"], "tail": tail, **statement}


def _results(projected: nx.MultiDiGraph[str], results: Iterable[Row]) -> Iterator[Row]:
    for row in results:
        if all(row[role] in projected for role in ("subject", "metric", "paper")):
            yield {**row, **{role: row[role] if row[role] in projected else None for role in ("dataset", "baseline")}}
