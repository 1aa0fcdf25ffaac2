"""docs/queries.md is made of the queries and of what they answer on the sample: it is written here, and compared.

``KG_UPDATE_GOLDEN=1 pytest tests/rdf/test_queries_page.py`` writes it anew.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.frame import text_of
from kg.iris import BASE
from kg.rdf import TOPICS, named_queries, run_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Frame, Graph
    from kg.rdf import NamedQuery

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"
SHOWN, WIDEST = 3, 70
INTRODUCTION = """# Questions and their queries

<!-- Written by tests/rdf/test_queries_page.py from ontology/queries and the sample graph. -->

{count} questions come with paperkg as SPARQL, in [ontology/queries](../ontology/queries/leaderboard.rq). Each file runs
as it stands in any SPARQL 1.1 engine: its arguments are examples in blocks like `VALUES ?dataset {{ "imagenet" }}`, and
[examples.ttl](../ontology/queries/examples.ttl) describes all of them in SHACL. `kg query --list` lists them; with
`--show` a query is printed, with the arguments that are given, instead of run; `Graph.ask` runs one from Python.

Things are named by any of their names, in any case; of several things of one name, the one that most papers mention is
meant. Arguments in brackets can be left out. The answers here are of the sample of `kg demo`, the first {shown} rows
of each.
"""


def test_the_page_shows_what_the_queries_answer(sample: Graph) -> None:
    made = "\n".join(lines(sample)) + "\n"
    if os.environ.get("KG_UPDATE_GOLDEN") == "1":
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made


def lines(graph: Graph) -> Iterator[str]:
    yield INTRODUCTION.format(count=len(named_queries()), shown=SHOWN).strip()
    for topic in TOPICS:
        yield f"\n## {topic}"
        for query in named_queries().values():
            if query.topic == topic:
                yield from question(graph, query)


def question(graph: Graph, query: NamedQuery) -> Iterator[str]:
    given = {one.name: one.shown for one in query.arguments if one.required}
    yield f"\n### {query.name}\n\n{query.description}\n"
    for one in query.arguments:
        yield f"- `{one.name if one.required else f'[{one.name}]'}`: {one.description}, as in `{one.shown}`"
    arguments = "".join(f" --arg {shlex.quote(f'{name}={value}')}" for name, value in given.items())
    yield f"{chr(10) if query.arguments else ''}`kg query output --name {query.name}{arguments}`\n"
    yield from table(run_named(graph, query.name, **given))


def table(answer: Frame) -> Iterator[str]:
    yield f"| {' | '.join(answer.columns)} |"
    yield f"|{' --- |' * len(answer.columns)}"
    for row in answer.head(SHOWN):
        yield f"| {' | '.join(cell(value) for value in row.values())} |"
    if len(answer) > SHOWN:
        yield f"\n… {len(answer) - SHOWN} more"


def cell(value: object) -> str:
    text = text_of(value).replace(BASE, "kg:").replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
