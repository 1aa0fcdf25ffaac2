"""The page of an entity: its names, when it was written about, what is said of it and in which words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.analyze import card, leaderboard
from kg.phrases import WORDS
from kg.serve.pages.chart import chart
from kg.serve.pages.entity_lists import fact_list, paper_list
from kg.serve.pages.render import page
from kg.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from kg.analyze import Card
    from kg.graph import Graph
    from kg.serve.pages.address import Address

_ROWS, _QUOTED, _FIGURES = 8, 1, 10
_SIDES = {
    words: (relation, side)
    for relation, pair in WORDS.items()
    for side, words in zip(("from", "to"), pair, strict=True)
}
"""The relation and the side that a claim ("has part") is read from."""

_WEB = {"wikidata": "https://www.wikidata.org/wiki/", "arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}


def entity_page(request: Request, found: Address, alternates: Sequence[tuple[str, str]]) -> Response:
    """Show an entity, or one of its long lists: ``?claim=`` or ``?papers``."""
    if "claim" in request.query_params:
        return fact_list(request, found)
    if "papers" in request.query_params:
        return paper_list(request, found)
    site = site_of(request)
    told = card(site.graph, found.iri, _ROWS, _QUOTED)
    return page(
        site,
        "entity",
        card=told,
        claims=_claims(told),
        boards=_boards(site.graph, told),
        years=chart(told.years),
        ids=[(one, _known(one)) for one in told.ids],
        aliases=[row for row in told.aliases if row["surface"] != told.name],
        alternates=alternates,
    )


def _claims(told: Card) -> list[dict[str, Any]]:
    """Group the facts by what they claim."""
    return [
        {"words": words, "side": ":".join(_SIDES[words]), "rows": list(rows), "of": told.said.others[words]}
        for words, rows in groupby(told.said.claims, key=lambda row: row["claim"])
    ]


def _boards(graph: Graph, told: Card) -> list[dict[str, Any]]:
    """Give the leaderboards of a data set, one for each metric."""
    if told.type != "Dataset":
        return []
    board = leaderboard(graph, told.iri, limit=_FIGURES)
    groups = groupby(board.figures, key=lambda row: row["metric"])
    return [{"metric": metric, "rows": list(rows), "of": board.metrics[metric]} for metric, rows in groups]


def _known(curie: str) -> str | None:
    """Return where a well-known thing is described.

    >>> _known("wikidata:Q24901201"), _known("x:y")
    ('https://www.wikidata.org/wiki/Q24901201', None)
    """
    prefix, _, name = curie.partition(":")
    return _WEB[prefix] + name if prefix in _WEB else None
