"""The graph as users hold it: the tables, and the doors of every room as methods."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg import graph as graph_room
from kg.graph import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from kg.analyze import (
        Card,
        Claims,
        Communities,
        Leaderboard,
        Lineage,
        Neighbourhood,
        Overview,
        PapersAbout,
        Trends,
    )
    from kg.analyze.lineage import Ancestry
    from kg.analyze.paths import By
    from kg.analyze.trends import Of
    from kg.graph import Diff, Frame
    from kg.types import EntityType, RelationType
    from kg.view import View


class Graph(graph_room.Graph):
    """A knowledge graph: open one with :func:`kg.load`, make one with :func:`kg.build`.

    Attributes:
        run: What was done, where :func:`kg.build`, :func:`kg.add` or :func:`kg.remove` have just written the folder;
            None where they had nothing to do.
    """

    run: graph_room.Run | None = None

    def to_networkx(self, *, simple: bool = False, projection: EntityType | None = None, **choices: Any) -> Any:
        """Project to NetworkX, all or a part; see :func:`kg.graph.to_networkx` for the choices.

        Args:
            simple: Join the edges between each two nodes: a ``DiGraph``, see :func:`kg.graph.simplified`.
            projection: The entities of this type alone, joined where papers mention them together: a ``Graph``, see
                :func:`kg.analyze.projection`; of the other choices only ``min_papers`` is one then.
            choices: What to take.

        Returns:
            A ``networkx.MultiDiGraph``, unless one of the others is asked for.

        Raises:
            KgError: A choice is none, or contradicts another.
        """
        if projection is not None:
            from kg.analyze import projection as projected_to

            return projected_to(self, projection, **choices)
        projected = graph_room.to_networkx(self, **choices)
        return graph_room.simplified(projected) if simple else projected

    def to_igraph(self, **choices: Any) -> Any:
        """Project to igraph; see :func:`kg.graph.to_igraph`.

        Raises:
            MissingExtra: igraph is not installed.
        """
        return graph_room.to_igraph(self, **choices)

    @classmethod
    def from_networkx(cls, projected: nx.MultiDiGraph[str]) -> Self:
        """Restore a graph that was projected with ``everything=True``.

        Raises:
            KgError: The projection does not hold the whole graph.
        """
        restored = graph_room.from_networkx(projected)
        return cls(restored.manifest, {name: restored.table(name) for name in graph_room.SCHEMAS})

    def query(self, sparql: str, **arguments: str | float) -> Frame:
        """Run a SPARQL query and return its rows; arguments are values of variables that it selects.

        Raises:
            QueryRefused: It does not parse, or asks for the network, files or updates.
        """
        from kg.rdf import query

        return query(self, sparql, arguments)

    def ask(self, name: str, /, **arguments: str | float) -> Frame:
        """Run one of the named queries of ``ontology/queries``; see :func:`kg.rdf.run_named`.

        Raises:
            QueryRefused: There is no such query, or an argument is missing, unknown or of no use.
            KgError: Nothing has a name that was given.
        """
        from kg.rdf import run_named

        return run_named(self, name, **arguments)

    def diff(self, old: graph_room.Graph) -> Diff:
        """Tell what differs between this graph and an older build; see :func:`kg.graph.diff`."""
        return graph_room.diff(old, self)

    def leaderboard(self, dataset: str, metric: str | None = None, limit: int | None = None) -> Leaderboard:
        """Collect the figures reported on a data set; see :func:`kg.analyze.leaderboard`.

        Raises:
            KgError: No data set, or no metric, is called so.
        """
        from kg.analyze import leaderboard

        return leaderboard(self, dataset, metric, limit)

    def claims(self, entity: str, limit: int | None = None, evidence: int | None = None) -> Claims:
        """Collect what papers say of an entity; see :func:`kg.analyze.claims`.

        Raises:
            KgError: No entity is called so.
        """
        from kg.analyze import claims

        return claims(self, entity, limit, evidence)

    def card(self, entity: str, limit: int | None = 10, evidence: int | None = 2) -> Card:
        """Collect what there is to know of an entity; see :func:`kg.analyze.card`.

        Raises:
            KgError: No entity is called so.
        """
        from kg.analyze import card

        return card(self, entity, limit, evidence)

    def neighbours(
        self,
        entity: str,
        hops: int = 1,
        limit: int = 100,
        *,
        types: Sequence[str] | None = None,
        relations: Sequence[str] | None = None,
        min_confidence: float = 0,
        min_support: int = 1,
    ) -> Neighbourhood:
        """Collect what is around an entity; see :func:`kg.analyze.neighbours`.

        Raises:
            KgError: There is no such entity, type or relation, or there are too many or too few hops.
        """
        from kg.analyze import neighbours

        return neighbours(
            self,
            entity,
            hops,
            limit,
            types=types,
            relations=relations,
            min_confidence=min_confidence,
            min_support=min_support,
        )

    def overview(self) -> Overview:
        """Count what the graph holds; see :func:`kg.analyze.overview`."""
        from kg.analyze import overview

        return overview(self)

    def papers_about(self, entity: str, limit: int = 20, offset: int = 0, **choices: Any) -> PapersAbout:
        """List the papers that mention an entity, the newest first; see :func:`kg.analyze.papers_about`.

        Raises:
            KgError: No entity is called so.
        """
        from kg.analyze import papers_about

        return papers_about(self, entity, limit, offset, **choices)

    def evidence(self, head: str, relation: str, tail: str) -> Frame:
        """Return the papers that state a relation between two entities; see :func:`kg.analyze.evidence`.

        Raises:
            KgError: There is no such entity, or no such relation.
        """
        from kg.analyze import evidence

        return evidence(self, head, relation, tail)

    def gaps(
        self, relation: RelationType = "usedFor", entity: str | None = None, *, limit: int = 20, **choices: Any
    ) -> Frame:
        """Find pairs that structure predicts and nobody reports; see :func:`kg.analyze.gaps`.

        Raises:
            KgError: No entity is called so, or no fact has this relation.
        """
        from kg.analyze import gaps

        return gaps(self, relation, entity, limit=limit, **choices)

    def foresight(self, relation: RelationType, year: int, *, sample: int = 2000) -> Frame:
        """Check the predictor behind :meth:`gaps` on the year after ``year``; see :func:`kg.analyze.foresight`.

        Raises:
            KgError: There is nothing to check it on.
        """
        from kg.analyze import foresight

        return foresight(self, relation, year, sample=sample)

    def communities(self, *, resolution: float = 1.0, least: int = 3) -> Communities:
        """Find what belongs together; see :func:`kg.analyze.communities`.

        Raises:
            KgError: A number is too small.
        """
        from kg.analyze import communities

        return communities(self, resolution=resolution, least=least)

    def lineage(self, entity: str, relation: Ancestry = "variantOf", **choices: Any) -> Lineage:
        """Follow kinds or parts up and down, as trees; see :func:`kg.analyze.lineage`.

        Raises:
            KgError: No entity is called so.
        """
        from kg.analyze import lineage

        return lineage(self, entity, relation, **choices)

    def path(self, source: str, target: str, *, by: By = "strength") -> Frame:
        """Find the chain of facts that links two entities; see :func:`kg.analyze.path`.

        Raises:
            KgError: An entity is not there, or nothing links the two.
        """
        from kg.analyze import path

        return path(self, source, target, by=by)

    def centrality(self, type: EntityType | None = None, **choices: Any) -> Frame:  # noqa: A002 - the word a user knows
        """Measure how entities stand in the graph; see :func:`kg.analyze.centrality`."""
        from kg.analyze import centrality

        return centrality(self, type, **choices)

    def cooccurrence(self, left: EntityType = "Method", right: EntityType = "Task", **choices: Any) -> Frame:
        """Find pairs that papers mention together; see :func:`kg.analyze.cooccurrence`."""
        from kg.analyze import cooccurrence

        return cooccurrence(self, left, right, **choices)

    def uptake(self, type: EntityType | None = None, **choices: Any) -> Frame:  # noqa: A002 - as above
        """Find what a paper introduced and later papers took up; see :func:`kg.analyze.uptake`."""
        from kg.analyze import uptake

        return uptake(self, type, **choices)

    def similar(self, entity: str, *, limit: int = 10, min_papers: int = 2) -> Frame:
        """Find entities that stand among the same neighbours; see :func:`kg.analyze.similar`.

        Raises:
            KgError: No entity is called so.
        """
        from kg.analyze import similar

        return similar(self, entity, limit=limit, min_papers=min_papers)

    def similar_papers(self, paper: str, *, limit: int = 10) -> Frame:
        """Find papers that speak of the same things; see :func:`kg.analyze.similar_papers`.

        Raises:
            KgError: There is no such paper.
        """
        from kg.analyze import similar_papers

        return similar_papers(self, paper, limit=limit)

    def trends(self, of: Of = "entities", **choices: Any) -> Trends:
        """Find what takes a growing or a shrinking share of the papers; see :func:`kg.analyze.trends`.

        Raises:
            KgError: A period is none, or no two periods have papers.
        """
        from kg.analyze import trends

        return trends(self, of, **choices)

    def view(self, around: str | None = None, hops: int = 2) -> View:
        """Draw the most important part of the graph, or the surroundings of one entity: a notebook shows the result.

        Args:
            around: The name, alias or IRI of an entity.
            hops: How far to go from it.

        Returns:
            The page; ``.save(path)`` writes it to a file that any browser opens, offline.

        Raises:
            KgError: No entity is called ``around``; the message names near ones.
        """
        from kg.view import graph_view

        return graph_view(self, around=around, hops=hops)

    def explore(self, path: str | Path, *, most_nodes: int | None = None) -> Path:
        """Write the explorer, a page to search and walk through the graph, and return its path.

        Args:
            path: The file to write; any browser opens it, offline.
            most_nodes: The most entities to take in; as many as a browser handles well by default.

        Raises:
            KgError: The file cannot be written.
        """
        from kg.view import MOST_NODES, write_explorer

        write_explorer(self, Path(path), most_nodes=MOST_NODES if most_nodes is None else most_nodes)
        return Path(path)

    def report(self, path: str | Path, *, check: bool | None = None) -> Path:
        """Write the report of the build, a page to read or print, and return its path.

        Unlike the report.html of the folder it tells how long each step took, and whether the RDF holds to its shapes.

        Args:
            path: The file to write.
            check: Whether to check the shapes, which takes a thirtieth of a second for each paper (2,000 papers: a
                minute) and pySHACL; by default for up to :data:`kg.view.CHECKED` papers, where pySHACL is installed.

        Raises:
            MissingExtra: The shapes are to be checked and pySHACL is not installed.
            KgError: The file cannot be written.
        """
        from kg.view import CHECKED, write_report

        if check is None:
            check = self.manifest.counts.get("papers", 0) <= CHECKED and find_spec("pyshacl") is not None
        runs = [self.run] if self.run else graph_room.read_history(self.folder) if self.folder else []
        found = None
        if check:
            from kg.rdf import validate

            found = validate(self)
        write_report(self, Path(path), run=runs[-1] if runs else None, found=found)
        return Path(path)

    def export(self, format: str, path: str | Path, **options: object) -> Path:  # noqa: A002 - the word a user knows
        """Write the graph in another format and return the path; see :func:`kg.export.export`.

        Raises:
            KgError: There is no such format, it has no such option, or the path cannot be written.
        """
        from kg.export import export

        export(self, format, Path(path), **options)
        return Path(path)


def load(folder: str | Path) -> Graph:
    """Open a build folder.

    Raises:
        BuildFolderError: It is not one, or is damaged.
    """
    settle(Path(folder))
    return Graph.open(Path(folder))
