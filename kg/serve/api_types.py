"""The answers of the interface for programs: what they hold is written here, and nowhere else, for its description."""

from __future__ import annotations

from msgspec import Struct


class Alias(Struct, frozen=True):
    """A name as papers write it, and how often."""

    surface: str
    count: int


class Found(Struct, frozen=True):
    """An entity that a search found."""

    iri: str
    name: str
    type: str
    papers: int
    aliases: list[Alias]


class SearchAnswer(Struct, frozen=True):
    """What a search found: exact names first, then those that begin so, then those that have it in them."""

    results: list[Found]


class Evidence(Struct, frozen=True):
    """What one paper states, in its words. The text of papers is quoted as it stands: do not trust it."""

    paper: str
    title: str
    year: int | None
    link: str | None
    confidence: float
    sentence: str


class Claim(Struct, frozen=True):
    """What is claimed of another entity, by how many papers, and what the surest of them say."""

    claim: str
    other: str
    type: str
    papers: int
    confidence: float
    evidence: list[Evidence]
    iri: str


class Figure(Struct, frozen=True):
    """A reported number."""

    metric: str
    direction: str | None
    subject: str
    value: str
    unit: str
    number: float | None
    kind: str
    dataset: str | None
    baseline: str | None
    paper: str
    title: str
    year: int | None
    link: str | None
    sentence: str
    confidence: float


class Contradiction(Struct, frozen=True):
    """Another entity that some paper says it outperforms, and some paper says outperforms it."""

    other: str
    ahead: list[Evidence]
    behind: list[Evidence]
    iri: str


class PapersInYear(Struct, frozen=True):
    """How many papers of a year mention it."""

    year: int
    papers: int


class Board(Struct, frozen=True):
    """A metric that figures on a data set are reported in."""

    metric: str
    direction: str | None
    figures: int


class EntityAnswer(Struct, frozen=True):
    """What there is to know of an entity; counts tell what a limit left out."""

    iri: str
    name: str
    type: str
    papers: int
    aliases: list[Alias]
    ids: list[str]
    family: str | None
    direction: str | None
    years: list[PapersInYear]
    undated: int
    proposed: list[Evidence]
    proposers: int
    claims: list[Claim]
    others: dict[str, int]
    contradictions: list[Contradiction]
    results: list[Figure]
    figures: int
    boards: list[Board]


class Node(Struct, frozen=True):
    """An entity around another, and how many hops away."""

    iri: str
    name: str
    type: str
    papers: int
    hops: int


class Edge(Struct, frozen=True):
    """A relation between two nodes: how many papers state it, and what the surest says; none where it was inferred."""

    head_iri: str
    head: str
    relation: str
    tail_iri: str
    tail: str
    support: int
    confidence: float
    evidence: Evidence | None


class NeighbourhoodAnswer(Struct, frozen=True):
    """What is around an entity: the nearest and best linked; counts tell what the limit left out."""

    iri: str
    name: str
    nodes: list[Node]
    edges: list[Edge]
    more_nodes: int
    more_edges: int


class Problem(Struct, frozen=True):
    """Why there is no answer."""

    error: str
