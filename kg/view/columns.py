"""What explorer.html holds, column by column: the contract with the program that draws it (``app/src/model/data.ts``).

A table is a struct of equally long lists; rows of other tables are named by their place. A million numbers in a few
lists are small, quick to write and quick to parse, where a million objects are not.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

VERSION = 1
NO_NODE, NOT_SHOWN = -1, -2
"""What stands for a node where the paper names none, and where it names one that the page does not have."""


class Links(Struct, frozen=True, omit_defaults=True):
    """Pages beside this one, as relative links."""

    report: str | None = None
    graph: str | None = None


class Meta(Struct, frozen=True):
    """What the page is of: ``nodes`` and ``edges`` are on it, of ``of_nodes`` and ``of_edges`` in the graph.

    Of these edges no paper states ``of_inferred``: they were read from the names.
    """

    title: str
    base: str
    extractor: str
    paperkg: str
    papers: int
    nodes: int
    edges: int
    statements: int
    of_nodes: int
    of_edges: int
    of_inferred: int
    of_statements: int
    budget: int
    links: Links


class RelationWords(Struct, frozen=True):
    """A relation's name, and the phrases that read it from either end."""

    key: str
    forward: str
    backward: str


class NodeColumns(Struct, frozen=True):
    """The entities, the most important first.

    Attributes:
        iri: Without the base where it begins with the base.
        name: The usual name.
        type: Places in ``Core.types``.
        papers: How many papers mention it.
        degree: How many distinct relations it has in the whole graph, on the page or not.
        x: Across, to the right.
        y: Down.
        community: Places in ``Core.communities``.
        aliases: Other spellings, the commonest first.
        years: Flat for each: year, papers that mention it, year, papers and so on.
        direction: Of a metric: whether more is better, where that is known.
        proposed: Places in ``Detail.papers``: who proposes it, the earliest first.
        ids: What it is called elsewhere, as "wikidata:Q42".
    """

    iri: list[str]
    name: list[str]
    type: list[int]
    papers: list[int]
    degree: list[int]
    x: list[int]
    y: list[int]
    community: list[int]
    aliases: list[list[str]]
    years: list[list[int]]
    direction: list[Literal["higher", "lower"] | None]
    proposed: list[list[int]]
    ids: list[list[str]]


class EdgeColumns(Struct, frozen=True):
    """The distinct relations, the best supported first.

    Attributes:
        source: Places in the nodes.
        target: Places in the nodes.
        relation: Places in ``Core.relations``.
        support: How many papers state it.
        confidence: The surest statement's.
        first: The year of the earliest paper that states it, 0 where unknown.
        last: The year of the latest.
        years: Flat for each: year, papers that state it, year, papers and so on.
        inferred: 1 where no paper states it: it was read from the names.
        ev: Where its statements begin; one more than there are edges.
    """

    source: list[int]
    target: list[int]
    relation: list[int]
    support: list[int]
    confidence: list[float]
    first: list[int]
    last: list[int]
    years: list[list[int]]
    inferred: list[int]
    ev: list[int]


class StatementColumns(Struct, frozen=True):
    """Who states the edges, in which words: for each edge the surest few, ``text`` a place in ``Detail.texts``.

    Statements stand in the order of the edges; :class:`EdgeColumns` has where those of an edge begin.
    """

    paper: list[int]
    confidence: list[float]
    text: list[int]


class PaperColumns(Struct, frozen=True):
    """The papers that anything on the page is read in."""

    id: list[str]
    title: list[str]
    year: list[int | None]
    url: list[str | None]


class ResultColumns(Struct, frozen=True):
    """Reported numbers; ``dataset`` and ``baseline`` may be :data:`NO_NODE` or :data:`NOT_SHOWN`."""

    subject: list[int]
    metric: list[int]
    dataset: list[int]
    baseline: list[int]
    value: list[str]
    unit: list[str | None]
    number: list[float | None]
    kind: list[int]
    paper: list[int]
    confidence: list[float]
    text: list[int]


class CommunityColumns(Struct, frozen=True):
    """Communities by size: a name, how many nodes, and the disc in which they lie."""

    name: list[str]
    size: list[int]
    x: list[int]
    y: list[int]
    r: list[int]


class Core(Struct, frozen=True):
    """All that is needed to draw; ``version`` is raised when a program for old columns could misread the new ones."""

    version: int
    meta: Meta
    types: list[str]
    relations: list[RelationWords]
    kinds: list[str]
    nodes: NodeColumns
    edges: EdgeColumns
    communities: CommunityColumns


class Detail(Struct, frozen=True):
    """The sentences, papers and results: most of the bytes, and not needed before something is opened."""

    statements: StatementColumns
    texts: list[str]
    papers: PaperColumns
    results: ResultColumns


class Payload(Struct, frozen=True):
    """Both: a page holds them apart, the core before the program and the detail after it."""

    core: Core
    detail: Detail
