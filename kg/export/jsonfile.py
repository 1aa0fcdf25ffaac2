"""Node-link JSON, as D3 and :func:`networkx.node_link_graph` read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.export.files import replacing
from kg.export.flat import edges, nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.graph import Graph


def export_json(graph: Graph, path: Path) -> None:
    """Write one JSON object with ``nodes`` and ``edges``, a node or edge a line."""
    keyed = ({**edge, "key": number} for number, edge in enumerate(edges(graph)))
    with replacing(path) as stream:
        stream.write(b'{"directed": true, "multigraph": true, "graph": {},\n"nodes": [')
        stream.writelines(_items(nodes(graph)))
        stream.write(b'],\n"edges": [')
        stream.writelines(_items(keyed))
        stream.write(b"]}\n")


def _items(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + json.dumps(row, ensure_ascii=False).encode()
