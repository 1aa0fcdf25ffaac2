"""Tools about the papers themselves. Their docstrings are what clients read to choose one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from kg.analyze import papers_about, papers_by_id
from kg.iris import paper_iri
from kg.serve.mcp import answers
from kg.serve.mcp.parameters import Entity, Limit, Offset, Short, Year
from kg.serve.mcp.source import Source

_ABSTRACT = 50_000


class PaperTools:
    """Looks papers up in a graph."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def papers_about(
        self,
        entity: Entity,
        *,
        proposing: Annotated[bool, Field(description="Only papers that introduce it.")] = False,
        since: Annotated[Year | None, Field(description="Only papers of this year and later.")] = None,
        until: Annotated[Year | None, Field(description="Only papers of this year and before.")] = None,
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> answers.PapersAbout:
        """List the papers that mention an entity, the newest first, with the sentence that first names it."""
        graph = self._source.graph()
        found = papers_about(graph, entity, limit, offset, proposing=proposing, since=since, until=until)
        told = {"name": found.name, "iri": found.iri, "total": found.total, "offset": offset}
        return answers.PapersAbout.of({**told, "papers": list(found.papers)})

    def papers(
        self,
        ids: Annotated[
            list[Short],
            Field(min_length=1, max_length=20, description="Ids as other tools give them; arXiv ids, DOIs, IRIs."),
        ],
    ) -> answers.Papers:
        """Show papers whole: title, abstract, year, venue, authors, link, and the entities that they mention."""
        graph = self._source.graph()
        known: dict[str, dict[str, Any]] = {}
        for row in papers_by_id(graph, ids):
            names = (row["paper"], row["arxiv"], row["doi"], paper_iri(row["paper"], graph.manifest.base))
            known |= dict.fromkeys(names, row)
        found = {known[one]["paper"]: known[one] for one in ids if one in known}
        unknown = [one for one in dict.fromkeys(ids) if one not in known]
        return answers.Papers.of({"papers": list(found.values()), "unknown": unknown}, longest=_ABSTRACT)
