"""The long lists of an entity, page by page: everything of which something is claimed, every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.analyze.cited import linked
from kg.graph import SENTENCE
from kg.phrases import WORDS
from kg.serve.errors import RequestRefused
from kg.serve.pages.paging import A_PAGE, paging
from kg.serve.pages.render import page
from kg.serve.site import site_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.pages.address import Address

_ENTITY = "SELECT iri, name, type, papers FROM entities WHERE iri = $1"
_FACTS = f"""
    WITH sides AS (
        SELECT CASE WHEN head = $1 THEN tail ELSE head END AS iri, paper, confidence, evidence FROM relations
        WHERE relation = $2
            AND ($2 = 'comparedWith' AND $1 IN (head, tail) OR CASE WHEN $3 THEN head ELSE tail END = $1)
    ), counted AS (SELECT iri, count(DISTINCT paper) AS papers, max(confidence) AS surest FROM sides GROUP BY iri),
    shown AS (
        SELECT iri, name, type, counted.papers, surest, count(*) OVER () AS of FROM counted JOIN entities USING (iri)
        ORDER BY counted.papers DESC, surest DESC, name, iri LIMIT $4 OFFSET $5
    ), said AS (
        SELECT iri, paper, evidence, confidence FROM sides SEMI JOIN shown USING (iri)
        QUALIFY row_number() OVER (PARTITION BY iri ORDER BY confidence DESC, paper) = 1
    )
    SELECT shown.*, said.paper, said.confidence, title, year, url, arxiv, doi, {SENTENCE} AS sentence
    FROM shown JOIN said USING (iri) JOIN papers ON said.paper = papers.id
    ORDER BY shown.papers DESC, surest DESC, name, iri
"""  # noqa: S608 - constants
_PAPERS = """
    SELECT id AS paper, title, year, venue, url, arxiv, doi, proposed FROM papers JOIN (
        SELECT paper, bool_or(proposed) AS proposed FROM mentions WHERE entity = $1 GROUP BY paper
    ) ON id = paper ORDER BY year DESC NULLS LAST, id LIMIT $2 OFFSET $3
"""


def fact_list(request: Request, found: Address) -> Response:
    """Show all entities of which one thing is claimed, the best supported first, with the surest words for each."""
    site, asked = site_of(request), paging(request)
    text = request.query_params["claim"]
    relation, _, side = text.partition(":")
    for known, (forward, backward) in WORDS.items():
        if known == relation and side in {"from", "to"}:
            words = forward if side == "from" else backward
            parameters = [found.iri, known, side == "from", A_PAGE, asked.offset]
            rows = [linked(row) for row in site.graph.sql(_FACTS, parameters)]
            (entity,) = site.graph.sql(_ENTITY, [found.iri])
            shown = asked.of(rows[0]["of"] if rows else 0)
            return page(site, "facts", entity=entity, words=words, claim=text, rows=rows, paging=shown)
    raise RequestRefused(f"no claim {text[:60]!r}: write a relation, a colon, and from or to, as in usedFor:from")


def paper_list(request: Request, found: Address) -> Response:
    """Show all papers that mention an entity, the newest first."""
    site, asked = site_of(request), paging(request)
    (entity,) = site.graph.sql(_ENTITY, [found.iri])
    rows = [linked(row) for row in site.graph.sql(_PAPERS, [found.iri, A_PAGE, asked.offset])]
    return page(site, "papers", entity=entity, rows=rows, paging=asked.of(entity["papers"]))
