"""The papers behind a graph: those that mention a thing, newest first, and some of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyarrow as pa

from kg.analyze.cited import CITED, linked
from kg.asked import at_least
from kg.extract.boundaries import sentence_starts
from kg.graph import Frame, locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph

_MENTIONING = pa.schema([*CITED, ("proposed", pa.bool_()), ("confidence", pa.float64()), ("sentence", pa.string())])
_ABOUT = """
    WITH met AS (
        SELECT paper, bool_or(proposed) AS proposed, max(confidence) AS confidence, min(start) AS start
        FROM mentions WHERE entity = $1 GROUP BY paper
    )
    SELECT paper, title, year, url, arxiv, doi, proposed, confidence, start, count(*) OVER () AS total
    FROM met JOIN papers ON met.paper = papers.id WHERE (proposed OR NOT $2)
        AND ($3 IS NULL OR year >= $3) AND ($4 IS NULL OR year <= $4)
    ORDER BY year DESC NULLS LAST, confidence DESC, paper LIMIT $5 OFFSET $6
"""
_BY_ID = """
    SELECT id AS paper, title, abstract, year, venue, authors, doi, arxiv, url FROM papers
    WHERE list_contains($1, id) OR list_contains($1, arxiv) OR list_contains($1, doi) ORDER BY id
"""
_ENTITIES = """
    SELECT paper, list({'name': name, 'type': type, 'proposed': proposed, 'iri': iri} ORDER BY start, name, iri)
        AS entities
    FROM (SELECT paper, entity, min(start) AS start, bool_or(proposed) AS proposed FROM mentions
        WHERE list_contains($1, paper) GROUP BY paper, entity) AS met JOIN entities ON met.entity = entities.iri
    GROUP BY paper
"""
_ENTITY = pa.struct([("name", pa.string()), ("type", pa.string()), ("proposed", pa.bool_()), ("iri", pa.string())])
_WHOLE = pa.schema(
    [
        *CITED,
        ("abstract", pa.string()),
        ("venue", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("doi", pa.string()),
        ("arxiv", pa.string()),
        ("entities", pa.list_(_ENTITY)),
    ]
)


@dataclass(frozen=True, slots=True)
class PapersAbout:
    """Papers that mention an entity.

    Attributes:
        name: The entity's name.
        iri: Its IRI.
        papers: One page of them, the newest first: columns paper, title, year, link, proposed (whether it introduces
            the entity), confidence, and the sentence that first names it.
        total: How many there are on all pages; 0 on a page behind the last.
    """

    name: str
    iri: str
    papers: Frame
    total: int


def papers_about(
    graph: Graph,
    entity: str,
    limit: int = 20,
    offset: int = 0,
    *,
    proposing: bool = False,
    since: int | None = None,
    until: int | None = None,
) -> PapersAbout:
    """List the papers that mention an entity.

    Args:
        graph: Any graph.
        entity: The name, alias or IRI of an entity.
        limit: The most papers to return.
        offset: How many to pass over.
        proposing: Only those that introduce the entity.
        since: Only papers of this year and later.
        until: Only papers of this year and before.

    Raises:
        KgError: There is no such entity; the message names near ones.
    """
    at_least(1, limit=limit)
    at_least(0, offset=offset)
    iri = locate(graph, entity)
    (name,) = graph.sql("SELECT name FROM entities WHERE iri = $1", [iri])["name"]
    rows = list(graph.sql(_ABOUT, [iri, proposing, since, until, limit, offset]))
    texts = graph.texts(row["paper"] for row in rows)
    said = [{**linked(row), "sentence": sentence_at(texts[row["paper"]], row["start"])} for row in rows]
    return PapersAbout(name, iri, Frame(pa.Table.from_pylist(said, _MENTIONING)), rows[0]["total"] if rows else 0)


def papers_by_id(graph: Graph, ids: Iterable[str]) -> Frame:
    """Return papers whole, with the entities they mention in the order of the text; ordered by id.

    Args:
        graph: Any graph.
        ids: Ids of the graph (``arxiv:1706.03762``), arXiv ids, DOIs, or IRIs of papers; what is none is passed over.

    Returns:
        The columns paper, title, year, link, abstract, venue, authors, doi, arxiv, and entities: name, type,
        proposed, iri of each.
    """
    wanted = sorted({_id(graph, one) for one in ids})
    rows = [{**linked(row), "doi": row["doi"], "arxiv": row["arxiv"]} for row in graph.sql(_BY_ID, [wanted])]
    met = {row["paper"]: row["entities"] for row in graph.sql(_ENTITIES, [[row["paper"] for row in rows]])}
    return Frame(pa.Table.from_pylist([{**row, "entities": met.get(row["paper"], [])} for row in rows], _WHOLE))


def sentence_at(text: str, place: int) -> str:
    r"""Return the sentence of a text that a character stands in.

    >>> sentence_at("A title\nWe propose LeafNet. It works.", 21)
    'We propose LeafNet.'
    """
    starts = [*sentence_starts(text), len(text)]
    start = max(one for one in starts if one <= place)
    return text[start : min((one for one in starts if one > place), default=len(text))].strip()


def _id(graph: Graph, text: str) -> str:
    """Read the id that an IRI was made of (see kg.iris.paper_iri); anything else stays as it is."""
    prefix = f"{graph.manifest.base}paper/"
    if not text.startswith(prefix):
        return text
    scheme, _, name = text.removeprefix(prefix).partition("-")
    return f"{unquote(scheme)}:{unquote(name)}"
