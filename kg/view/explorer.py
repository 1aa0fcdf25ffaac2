"""explorer.html: the graph, or as much of it as a browser likes, in one file that asks the network for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.phrases import WORDS
from kg.types import ENTITY_TYPES, RELATION_TYPES, RESULT_KINDS
from kg.view.atlas import atlas
from kg.view.choose import choose
from kg.view.columns import VERSION, Core, Detail, Links, Meta, Payload, RelationWords
from kg.view.nodes import drawn_table, edge_columns, entity_table, node_columns, shown_table
from kg.view.quotes import Pool, cited, results, sentences, statements
from kg.view.render import explorer_html, write_page
from kg.view.safe import packed
from kg.view.summary import PageSummary, count

if TYPE_CHECKING:
    from pathlib import Path

    from kg.analyze import EdgeList
    from kg.graph import Graph
    from kg.view.choose import Choice

MOST_NODES = 10_000
"""The most entities that a page takes: more would make it slow to open; see docs/benchmarks.md."""
EDGES_A_NODE = 5
"""The most relations for each of them, on average."""
_ALONE = Links()


def write_explorer(graph: Graph, path: Path, *, most_nodes: int = MOST_NODES, links: Links = _ALONE) -> PageSummary:
    """Write explorer.html to ``path``; equal graphs give equal bytes.

    Args:
        graph: Any graph, an empty one too.
        path: The file to write.
        most_nodes: The most entities to show, with five times as many relations; the page says what it leaves out.
        links: Pages beside this one.

    Raises:
        KgError: The file cannot be written, no node is asked for, or the program of the page was never built.
    """
    payload = explorer_payload(graph, most_nodes=most_nodes, links=links)
    meta = payload.core.meta
    write_page(path, explorer_html(title=meta.title, core=packed(payload.core), detail=packed(payload.detail)))
    return PageSummary(meta.nodes, meta.edges, meta.of_nodes, meta.of_edges)


def explorer_payload(
    graph: Graph,
    *,
    most_nodes: int = MOST_NODES,
    around: str | None = None,
    hops: int = 1,
    links: Links = _ALONE,
    edges: EdgeList | None = None,
) -> Payload:
    """Collect what the explorer shows; equal graphs give equal payloads.

    Args:
        graph: Any graph, an empty one too.
        most_nodes: The most entities to show; the page says how many it leaves out.
        around: An IRI, name or alias to stay near; the whole graph when not given.
        hops: How far to go from ``around``.
        links: Pages beside this one.
        edges: What :func:`kg.analyze.edge_list` made of the graph, where that is at hand.

    Raises:
        KgError: No node is asked for, or no entity is called ``around``.
    """
    density = EDGES_A_NODE * most_nodes / max(1, min(most_nodes, count(graph, "entities")))
    choice = choose(graph, limit=most_nodes, edges_a_node=density, around=around, hops=hops, inferred=True, edges=edges)
    papers, texts = Pool(), Pool()
    shown, drawn = shown_table(choice.shown), drawn_table(choice.shown)
    entities = entity_table(graph, shown)
    places = atlas(choice.shown, entities["name"].to_pylist(), choice.centre)
    said, stated = statements(graph, drawn, papers, texts)
    told = results(graph, shown, papers, texts)
    core = Core(
        version=VERSION,
        meta=_meta(graph, choice, len(stated), most_nodes, links),
        types=list(ENTITY_TYPES),
        relations=[RelationWords(key, *WORDS[key]) for key in RELATION_TYPES],
        kinds=list(RESULT_KINDS),
        nodes=node_columns(graph, choice, entities, places, papers),
        edges=edge_columns(graph, choice.shown, drawn, stated),
        communities=places.communities,
    )
    return Payload(core, Detail(statements=said, texts=sentences(texts), papers=cited(graph, papers), results=told))


def _meta(graph: Graph, choice: Choice, statements: int, budget: int, links: Links) -> Meta:
    manifest, papers = graph.manifest, count(graph, "papers")
    return Meta(
        title=f"What {papers:,} paper{'s say' if papers != 1 else ' says'}",
        base=manifest.base,
        extractor=manifest.extractor,
        paperkg=manifest.paperkg,
        papers=papers,
        nodes=len(choice.shown),
        edges=len(choice.shown.ends),
        statements=statements,
        of_nodes=choice.of_nodes,
        of_edges=choice.of_edges,
        of_inferred=choice.of_inferred,
        of_statements=count(graph, "relations"),
        budget=budget,
        links=links,
    )
