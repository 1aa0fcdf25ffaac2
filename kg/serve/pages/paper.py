"""The page of a paper: its abstract with the names that were read in it, and what it states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.links import paper_link
from kg.phrases import WORDS
from kg.serve.pages.render import page
from kg.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.pages.address import Address

_PAPER = "SELECT * FROM papers WHERE id = $1"
_MENTIONS = """
    SELECT start, "end", entities.type, iri, name, proposed FROM mentions JOIN entities ON entity = iri
    WHERE paper = $1 ORDER BY start, "end" DESC, iri
"""
_RELATIONS = """
    SELECT relation, heads.iri AS head, heads.name AS head_name, tails.iri AS tail, tails.name AS tail_name,
        confidence, evidence
    FROM relations JOIN entities AS heads ON head = heads.iri JOIN entities AS tails ON tail = tails.iri
    WHERE paper = $1 ORDER BY confidence DESC, head_name, relation, tail_name
"""
_RESULTS = """
    SELECT results.*, subjects.name AS subject_name, metrics.name AS metric_name, sets.name AS dataset_name,
        baselines.name AS baseline_name
    FROM results JOIN entities AS subjects ON subject = subjects.iri JOIN entities AS metrics ON metric = metrics.iri
        LEFT JOIN entities AS sets ON dataset = sets.iri LEFT JOIN entities AS baselines ON baseline = baselines.iri
    WHERE paper = $1 ORDER BY confidence DESC, subject_name, metric_name, value
"""


def paper_page(request: Request, found: Address, alternates: Sequence[tuple[str, str]]) -> Response:
    """Show a paper."""
    site = site_of(request)
    sql = site.graph.sql
    (paper,) = sql(_PAPER, [found.paper])
    mentions = list(sql(_MENTIONS, [found.paper]))
    text = f"{paper['title']}\n{paper['abstract']}"
    met: set[str] = set()
    relations = [
        {**row, "words": WORDS[row["relation"]][0]} for row in quotes(text, sql(_RELATIONS, [found.paper]), met)
    ]
    results = list(quotes(text, sql(_RESULTS, [found.paper]), met))
    return page(
        site,
        "paper",
        iri=found.iri,
        paper=paper,
        link=paper_link(paper),
        title=list(marked(text, mentions, 0, len(paper["title"]))),
        abstract=list(marked(text, mentions, len(paper["title"]) + 1, len(text))),
        relations=relations,
        results=results,
        alternates=alternates,
    )


def quotes(text: str, rows: Iterable[dict[str, Any]], met: set[str]) -> Iterator[dict[str, Any]]:
    """Give rows with the words that they were read in, each with the fragment of its passage where it first comes.

    >>> row = {"evidence": [{"start": 0, "end": 3}]}
    >>> [one["said"] for one in quotes("Use BERT.", [row, row], set())]
    [[('Use', 'char=0,3')], [('Use', None)]]
    """
    for row in rows:
        said = []
        for span in row["evidence"] or ():
            fragment = f"char={span['start']},{span['end']}"
            said.append((text[span["start"] : span["end"]], None if fragment in met else fragment))
            met.add(fragment)
        yield {**row, "said": said}


def marked(
    text: str, mentions: Sequence[dict[str, Any]], start: int, end: int
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Cut a stretch of text where names begin and end; each piece comes with the mention that it is, or None.

    >>> list(marked("Use BERT.", [{"start": 4, "end": 8, "name": "BERT"}], 0, 9))
    [('Use ', None), ('BERT', {'start': 4, 'end': 8, 'name': 'BERT'}), ('.', None)]
    """
    place = start
    for mention in mentions:
        if place <= mention["start"] and mention["end"] <= end:
            yield from [(text[place : mention["start"]], None)] if place < mention["start"] else []
            yield text[mention["start"] : mention["end"]], mention
            place = mention["end"]
    if place < end:
        yield text[place:end], None
