"""Tools that run SPARQL. Their docstrings are what clients read to choose one."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kg.rdf import named, named_queries
from kg.serve.mcp import answers
from kg.serve.mcp.parameters import Rows, Short
from kg.serve.mcp.queries import Queries

_LONGEST = 50_000


class QueryTools:
    """Asks a graph in SPARQL."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def named_queries(self) -> answers.NamedQueries:
        """List the SPARQL queries that come with paperkg: what each answers, and which arguments it takes."""
        described = [
            {
                "name": query.name,
                "description": query.description,
                "arguments": [
                    {"name": one.name, "required": one.required, "example": one.shown, "description": one.description}
                    for one in query.arguments
                ],
            }
            for query in named_queries().values()
        ]
        return answers.NamedQueries.of({"queries": described})

    async def run_named_query(
        self,
        name: Annotated[Short, Field(description="A name that named_queries lists.")],
        arguments: Annotated[
            dict[str, Short] | None,
            Field(description='What the query takes, as {"dataset": "ImageNet"}; names of things in any case.'),
        ] = None,
        limit: Rows = 100,
    ) -> answers.Table:
        """Run one of the queries that named_queries lists: they are tried, and quicker than SPARQL of your own.

        Names of things are found by any of their names, in any case; search shows what there is.
        """
        return await self._table(named(name).bound(arguments or {}), limit)

    async def sparql(
        self,
        query: Annotated[
            str, Field(min_length=1, max_length=_LONGEST, description="SELECT, ASK, CONSTRUCT, DESCRIBE.")
        ],
        limit: Rows = 100,
    ) -> answers.Table:
        """Run a SPARQL 1.1 query over the RDF of the graph, read-only, for questions that no other tool answers.

        These prefixes need no declaration: pkg: (the ontology), skos:, prov:, dcterms:, schema:, rdf:, rdfs:, xsd:.
        Entities are pkg:Task, pkg:Method, pkg:Model, pkg:Dataset, pkg:Metric with skos:prefLabel and skos:altLabel
        (not pkg:Entity or pkg:System: for several, VALUES ?kind { pkg:Method pkg:Model } ?x a ?kind);
        relations are pkg:usedFor, pkg:partOf, pkg:variantOf, pkg:trainedOn, pkg:evaluatedOn, pkg:measuredBy,
        pkg:benchmarkFor, pkg:outperforms, pkg:comparedWith; a pkg:Paper (dcterms:title, dcterms:issued) pkg:mentions
        and pkg:proposes entities. Who states a relation is a pkg:Statement: pkg:head, pkg:relation, pkg:tail,
        prov:wasDerivedFrom (the paper), pkg:evidence (a passage with pkg:text), pkg:confidence. A number is a
        pkg:Result: pkg:subject, pkg:metric, pkg:dataset, pkg:value, pkg:unit. SERVICE, FROM, LOAD and updates are
        refused, and a query that takes too long is stopped.
        """
        return await self._table(query, limit)

    async def _table(self, text: str, limit: int) -> answers.Table:
        found, more = await self._queries.answer(text, limit)
        return answers.Table.of({"columns": found.columns, "rows": [list(row.values()) for row in found], "more": more})
