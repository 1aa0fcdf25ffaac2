"""Tools about tasks, methods, models, data sets and metrics. Their docstrings are what clients read to choose one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from kg.analyze import card, claims, evidence, leaderboard, neighbours, overview
from kg.graph import find
from kg.serve.mcp import answers
from kg.serve.mcp.parameters import Claim, Entity, Limit, Offset, Quotes, Relation, Short
from kg.serve.mcp.source import Source
from kg.types import EntityType, RelationType

_ALIASES = 5


class EntityTools:
    """Looks entities up in a graph."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def graph_overview(self) -> answers.Overview:
        """Tell what this graph of research papers holds. Ask it first, to learn what can be asked.

        How many papers, of which years; how many tasks, methods, models, data sets and metrics, with the best known of
        each; how many statements of each relation.
        """
        found = overview(self._source.graph())
        years = found.years["year"]
        counts = {name: getattr(found, name) for name in ("papers", "results", "extractor", "base")}
        told = {"types": list(found.types), "relations": list(found.relations)}
        first, last = (min(years), max(years)) if years else (None, None)
        return answers.Overview.of({**counts, **told, "first_year": first, "last_year": last})

    def search(
        self,
        text: Annotated[str, Field(min_length=1, max_length=500, description="A name, or a part of one.")],
        type: Annotated[EntityType | None, Field(description="Only entities of this type.")] = None,  # noqa: A002
        limit: Limit = 10,
        offset: Offset = 0,
    ) -> answers.Matches:
        """Find tasks, methods, models, data sets and metrics by name or alias.

        Exact names come first, then those that begin with the text, then those that contain it; widespread ones first.
        The text is taken as it stands: it is no pattern and no question. Use the IRI of what you find with the other
        tools where several things have the same name.
        """
        found = find(self._source.graph(), text, limit, offset, type=type)
        entities = [{**row, "aliases": _aliases(row)} for row in found.entities]
        return answers.Matches.of({"total": found.total, "offset": offset, "entities": entities})

    def entity(
        self,
        entity: Entity,
        limit: Annotated[int, Field(ge=1, le=50, description="The most rows of each kind of claim.")] = 3,
        quotes: Quotes = 1,
    ) -> answers.Card:
        """Tell what there is to know of one entity: its names, its papers, what is said of it, its results.

        That is: names, well-known ids, papers by year, the papers that introduced it, what papers say of it (used for,
        part of, variant of, evaluated on, outperforms, …), and its reported numbers. Each fact has the sentences it was
        read in, with paper and link; totals counts how many more there are. For more facts ask claims, for all papers
        that mention it papers_about.
        """
        found = card(self._source.graph(), entity, limit, quotes).to_dict()
        return answers.Card.of({**found, "aliases": _aliases(found, 2 * _ALIASES), "totals": _totals(found)})

    def claims(
        self,
        entity: Entity,
        only: Annotated[list[Claim] | None, Field(description="Only these kinds of claims.")] = None,
        limit: Limit = 10,
        quotes: Quotes = 1,
    ) -> answers.Claims:
        """Tell what papers say of one entity: more facts, of the kinds that matter, than entity gives.

        Contradictions come first: others that some paper says it outperforms, and some paper says outperform it. An
        empty list means that no two papers of this graph disagree so.
        """
        found = claims(self._source.graph(), entity, limit, quotes).to_dict()
        shown = [row for row in found["claims"] if only is None or row["claim"] in only]
        return answers.Claims.of({**found, "claims": shown, "totals": _totals(found)})

    def neighbours(
        self,
        entity: Entity,
        *,
        hops: Annotated[int, Field(ge=1, le=3, description="How far to go.")] = 1,
        types: Annotated[list[EntityType] | None, Field(description="Only entities of these types.")] = None,
        relations: Annotated[list[RelationType] | None, Field(description="Only these relations.")] = None,
        min_support: Annotated[
            int, Field(ge=0, description="Only relations that so many papers state; 0 takes inferred ones too.")
        ] = 1,
        min_confidence: Annotated[float, Field(ge=0, le=1, description="Only relations stated this surely.")] = 0,
        limit: Annotated[
            int, Field(ge=1, le=50, description="The most entities; relations are three times as many.")
        ] = 15,
    ) -> answers.Neighbourhood:
        """Show what is around an entity: the nearest and best linked others, and the relations among all of them.

        Each relation has the number of papers that state it and one sentence. It reads from left to right: LeafNet
        usedFor plant disease classification. Ask evidence for all papers behind a relation.
        """
        found = neighbours(
            self._source.graph(),
            entity,
            hops,
            limit,
            types=types,
            relations=relations,
            min_support=min_support,
            min_confidence=min_confidence,
        )
        return answers.Neighbourhood.of(found.to_dict())

    def evidence(
        self, head: Entity, relation: Relation, tail: Entity, limit: Limit = 10, offset: Offset = 0
    ) -> answers.Evidence:
        """List the papers that state one relation between two entities, with the sentences that say so.

        The surest come first; offsets say where the sentences stand. The relation has a direction: A outperforms B is
        not B outperforms A. No rows mean that no paper of this graph states it, not that it is false.
        """
        found = evidence(self._source.graph(), head, relation, tail)
        page = [*found][offset : offset + limit]
        edge = {"head": head, "relation": relation, "tail": tail}
        return answers.Evidence.of({**edge, "total": len(found), "offset": offset, "statements": page})

    def leaderboard(
        self,
        dataset: Entity,
        metric: Annotated[Short | None, Field(description="Only the figures of this metric.")] = None,
        metrics: Annotated[int, Field(ge=1, le=50, description="The most metrics to show figures of.")] = 5,
        limit: Limit = 10,
    ) -> answers.Leaderboard:
        """List the figures that papers report on a data set, best first within each of the commonest metrics.

        totals names all metrics that are reported. What is best depends on the metric's direction, where it is known.
        Gains, reductions and factors over a baseline stand apart. The figures are read from abstracts: setups differ
        between papers, and a subject may be a variant.
        Quote the sentence with the number.
        """
        found = leaderboard(self._source.graph(), dataset, metric, limit).to_dict()
        totals = [{"metric": name, "figures": figures} for name, figures in found["metrics"].items()]
        common = {row["metric"] for row in totals[:metrics]}
        figures = [row for row in found["figures"] if row["metric"] in common]
        return answers.Leaderboard.of({**found, "figures": figures, "totals": totals})


def _aliases(row: dict[str, Any], most: int = _ALIASES) -> list[str]:
    """Return the other names of an entity."""
    return [one["surface"] for one in row["aliases"] or () if one["surface"] != row["name"]][:most]


def _totals(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"claim": claim, "others": others} for claim, others in found["others"].items()]
