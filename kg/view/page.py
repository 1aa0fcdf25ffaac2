"""graph.html: a part of the graph to look at, in one file that asks the network for nothing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kg.phrases import PLURALS, WORDS
from kg.types import ENTITY_TYPES, RELATION_TYPES
from kg.view.atlas import atlas
from kg.view.choose import choose
from kg.view.inline import View
from kg.view.look import DASHES, SHAPES
from kg.view.network import network
from kg.view.payload import payload
from kg.view.render import graph_html, write_page
from kg.view.rows import rows
from kg.view.safe import clean, script_json
from kg.view.summary import PageSummary, count

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph
    from kg.view.choose import Choice
    from kg.view.rows import Rows


def write_graph_page(
    graph: Graph, path: Path, *, around: str | None = None, hops: int = 2, limit: int = 500
) -> PageSummary:
    """Write graph.html to ``path``; equal graphs give equal bytes.

    Args:
        graph: Any graph, an empty one too.
        path: The file to write.
        around: An IRI, name or alias to stay near; the most important entities of the whole graph when not given.
        hops: How far to go from ``around``, along relations in either direction.
        limit: The most entities to show.

    Raises:
        KgError: No entity is called ``around`` (the message names near matches), or the file cannot be written.
    """
    choice = choose(graph, around=around, hops=hops, limit=limit)
    write_page(path, _view(graph, choice, hops).html)
    return PageSummary(len(choice.shown), len(choice.shown.ends), choice.of_nodes, choice.of_edges)


def graph_page(graph: Graph, *, around: str | None = None, hops: int = 2, limit: int = 500) -> str:
    """Return the text of graph.html, see :func:`write_graph_page`."""
    return graph_view(graph, around=around, hops=hops, limit=limit).html


def graph_view(graph: Graph, *, around: str | None = None, hops: int = 2, limit: int = 500) -> View:
    """Return graph.html as a view that a notebook shows, see :func:`write_graph_page`."""
    return _view(graph, choose(graph, around=around, hops=hops, limit=limit), hops)


def _view(graph: Graph, choice: Choice, hops: int) -> View:
    shown = rows(graph, choice)
    title = _title(shown, graph)
    places = atlas(choice.shown, [row["name"] for row in shown.entities], choice.centre)
    drawn = network(shown, places)
    data: dict[str, Any] = {"nodes": drawn.nodes, "edges": drawn.edges, "options": drawn.options}
    data |= payload(graph, shown) | {"centre": shown.centre}
    html = graph_html(
        title=title,
        scope=scope(choice, hops),
        whole=choice.whole,
        types=_type_legend(shown),
        relations=_relation_legend(shown),
        data=script_json(data),
    )
    return View(title, html)


def _title(shown: Rows, graph: Graph) -> str:
    if shown.centre is not None:
        return "Around " + clean(shown.entities[shown.centre]["name"], 80)
    papers = count(graph, "papers")
    return f"What {papers:,} paper{'s say' if papers != 1 else ' says'}"


def scope(choice: Choice, hops: int) -> str:
    """Say how much of the graph the page shows, and by what it was chosen.

    ``2 of 3,214 entities, the most mentioned and connected; 0 of 1 relations between entities, the best supported``
    """
    nodes, edges = len(choice.shown), len(choice.shown.ends)
    how = ""
    if choice.reached is not None:
        how = f", the nearest of {choice.reached:,} within {hops} hop{'s' * (hops != 1)}"
    elif nodes < choice.of_nodes:
        how = ", the most mentioned and connected"
    best = ", the best supported" if edges < choice.of_edges else ""
    entities = f"{nodes:,} of {choice.of_nodes:,} entities{how}"
    return f"{entities}; {edges:,} of {choice.of_edges:,} relations between entities{best}"


def _type_legend(shown: Rows) -> list[dict[str, Any]]:
    counts = Counter(row["type"] for row in shown.entities)
    present = [kind for kind in ENTITY_TYPES if counts[kind]]
    return [{"key": k, "name": PLURALS[k], "shape": SHAPES[k], "count": counts[k]} for k in present]


def _relation_legend(shown: Rows) -> list[dict[str, Any]]:
    counts = Counter(edge["relation"] for edge in shown.edges)
    present = [relation for relation in RELATION_TYPES if counts[relation]]
    return [
        {"key": r, "name": WORDS[r][0], "dashes": " ".join(map(str, DASHES[r])) or "none", "count": counts[r]}
        for r in present
    ]
