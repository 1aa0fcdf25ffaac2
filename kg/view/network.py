"""The pyvis network of a page: nodes with shapes, sizes and fixed places, directed edges, options without physics.

pyvis holds the lists; its own template is not used: it loads from a CDN and can show titles as HTML.
No node or edge gets a ``title``: vis-network would write it with ``innerHTML``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.view.look import DASHES, SHAPES
from kg.view.safe import clean

if TYPE_CHECKING:
    from pyvis.network import Network

    from kg.view.atlas import Atlas
    from kg.view.rows import Rows

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "tooltipDelay": 1_000_000_000,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "arrowStrikethrough": False,
        "font": {"size": 0},
        "hoverWidth": 1,
        "selectionWidth": 2,
        "smooth": {"enabled": True, "type": "curvedCW", "roundness": 0.12},
    },
}
"""vis-network's options; labels are drawn by ``static/labels.js``, which never lets two overlap."""

_LONGEST_LABEL = 30
_PARALLEL_BEND = 0.16


def network(rows: Rows, atlas: Atlas) -> Network:
    """Make the pyvis network of what was chosen, in its places: nodes and edges numbered in its order."""
    from pyvis.network import Network  # noqa: PLC0415 - brings IPython along, half a second that only this page pays

    drawn = Network(directed=True)
    drawn.set_options(json.dumps(OPTIONS))
    number = {row["iri"]: index for index, row in enumerate(rows.entities)}
    _add_nodes(drawn, rows, atlas)
    _add_edges(drawn, rows, number)
    return drawn


def _add_nodes(drawn: Network, rows: Rows, atlas: Atlas) -> None:
    spots = zip(rows.entities, atlas.radii.tolist(), atlas.places.tolist(), strict=True)
    for number, (row, size, (x, y)) in enumerate(spots):
        label = clean(row["name"], _LONGEST_LABEL) or "?"
        drawn.add_node(number, label, SHAPES[row["type"]], group=row["type"], size=size, x=x, y=y)


def _add_edges(drawn: Network, rows: Rows, number: dict[str, int]) -> None:
    """Add the edges; a second relation between the same two nodes bends further, so that both can be clicked."""
    seen: dict[tuple[str, str], int] = {}
    for index, edge in enumerate(rows.edges):
        pair = (edge["head"], edge["tail"])
        seen[pair] = earlier = seen.get(pair, -1) + 1
        more: dict[str, Any] = {"dashes": DASHES[edge["relation"]]} if DASHES[edge["relation"]] else {}
        if earlier:
            more["smooth"] = {"type": "curvedCW", "roundness": 0.12 + _PARALLEL_BEND * earlier}
        width = round(2 + min(edge["support"] - 1, 8) * 0.5, 1)
        drawn.add_edge(number[pair[0]], number[pair[1]], id=index, relation=edge["relation"], width=width, **more)
