"""How papers are cited in answers: id, title, year, a link, how sure the statement is, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.graph import SENTENCE
from kg.links import paper_link

if TYPE_CHECKING:
    from collections.abc import Mapping

CITED = [("paper", pa.string()), ("title", pa.string()), ("year", pa.int32()), ("link", pa.string())]
"""The columns that say which paper, and where to read it."""

STATED = pa.struct([*CITED, ("confidence", pa.float64()), ("sentence", pa.string())])
"""What one paper states: the paper, how sure the extractor is, and the words."""

STRUCT = (
    "{'paper': paper, 'title': title, 'year': year, 'url': url, 'arxiv': arxiv, 'doi': doi, "
    f"'confidence': confidence, 'sentence': {SENTENCE}}}"
)
"""SQL for the same as a record, of a row of statements joined with its paper."""


def linked(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row that has url, arxiv and doi one link in their place."""
    rest = {name: value for name, value in row.items() if name not in {"url", "arxiv", "doi"}}
    return {**rest, "link": paper_link(row)}
