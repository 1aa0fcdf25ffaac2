r"""The nouns of paperkg: one frozen class each, no input or output.

Offsets count characters (code points) of ``title + "\n" + abstract``, end exclusive, so a mention is always
``paper.text[mention.start:mention.end]``.

>>> paper = Paper(id="title:5f0c", title="A tiny BERT", abstract="We shrink BERT.")
>>> mention = Mention(start=7, end=11, type="Model", entity="e1", surface="BERT")
>>> paper.text[mention.start : mention.end] == mention.surface
True
"""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

EntityType = Literal["Task", "Method", "Model", "Dataset", "Metric"]
RelationType = Literal[
    "usedFor",
    "partOf",
    "variantOf",
    "trainedOn",
    "evaluatedOn",
    "measuredBy",
    "benchmarkFor",
    "outperforms",
    "comparedWith",
]
ResultKind = Literal["absolute", "gain", "reduction", "factor"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
RELATION_TYPES: tuple[RelationType, ...] = get_args(RelationType)
RESULT_KINDS: tuple[ResultKind, ...] = get_args(ResultKind)

_SYSTEMS: frozenset[EntityType] = frozenset({"Method", "Model"})
_ANY: frozenset[EntityType] = frozenset(ENTITY_TYPES)

SIGNATURES: dict[RelationType, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    "usedFor": (_SYSTEMS, frozenset({"Task"})),
    "partOf": (_SYSTEMS, _SYSTEMS),
    "variantOf": (_ANY, _ANY),
    "trainedOn": (_SYSTEMS, frozenset({"Dataset"})),
    "evaluatedOn": (_SYSTEMS, frozenset({"Dataset"})),
    "measuredBy": (_SYSTEMS, frozenset({"Metric"})),
    "benchmarkFor": (frozenset({"Dataset"}), frozenset({"Task"})),
    "outperforms": (_SYSTEMS, _SYSTEMS),
    "comparedWith": (_SYSTEMS, _SYSTEMS),
}
"""Domain and range of every relation; ``variantOf`` also asks for like types, see :func:`allowed`."""


def allowed(head: EntityType, relation: RelationType, tail: EntityType) -> bool:
    """Tell whether the guidelines let ``relation`` run from a ``head`` to a ``tail`` of these types.

    >>> allowed("Model", "usedFor", "Task"), allowed("Task", "usedFor", "Model")
    (True, False)
    >>> allowed("Method", "variantOf", "Model"), allowed("Task", "variantOf", "Model")
    (True, False)
    """
    heads, tails = SIGNATURES[relation]
    like = head == tail or {head, tail} == _SYSTEMS
    return head in heads and tail in tails and (relation != "variantOf" or like)


class Source(Struct, frozen=True, order=True):
    """Where a record was read: the file, its place in it (from 1), and what the file called it, if anything."""

    file: str
    record: int
    id: str | None = None


class Paper(Struct, frozen=True):
    """One paper. ``id`` is ``arxiv:…``, ``doi:…`` or ``title:<hash>``; the text is raw, as the source had it."""

    id: str
    title: str
    abstract: str
    year: int | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    keywords: tuple[str, ...] = ()
    doi: str | None = None
    arxiv: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def text(self) -> str:
        """What the extractor reads and offsets count in: title, a line feed, abstract."""
        return f"{self.title}\n{self.abstract}"


class Mention(Struct, frozen=True, order=True):
    """A name found in a paper's text; ``entity`` is the key of the in-abstract entity that it mentions."""

    start: int
    end: int
    type: EntityType
    entity: str
    surface: str
    confidence: float = 1.0


class LocalEntity(Struct, frozen=True):
    """What one abstract speaks of under one or more surfaces; ``proposed`` when this paper introduces it."""

    key: str
    type: EntityType
    name: str
    proposed: bool = False
    confidence: float = 1.0


class Evidence(Struct, frozen=True, order=True):
    """A span of the paper's text, usually a sentence, that a statement was read in."""

    start: int
    end: int


class Relation(Struct, frozen=True):
    """``head relation tail`` between two entities of one abstract, with the spans that say so."""

    head: str
    relation: RelationType
    tail: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0


class Result(Struct, frozen=True):
    """A number that one abstract reports: value as written (digits only), its unit, and what it is measured on."""

    subject: str
    metric: str
    value: str
    unit: str = ""
    kind: ResultKind = "absolute"
    dataset: str | None = None
    baseline: str | None = None
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0


class Extraction(Struct, frozen=True):
    """All that was read in one paper, and by which extractor."""

    paper: str
    extractor: str
    mentions: tuple[Mention, ...] = ()
    entities: tuple[LocalEntity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()


class Entity(Struct, frozen=True):
    """One node of the graph: a thing, whatever its surfaces, over all papers.

    ``ids`` are CURIEs of well-known things: ``wikidata:…`` is the thing, ``arxiv:…`` the paper that introduced it.
    """

    iri: str
    type: EntityType
    name: str
    aliases: tuple[tuple[str, int], ...]
    papers: int
    ids: tuple[str, ...] = ()


class Merge(Struct, frozen=True):
    """A row of the ledger: two forms, the evidence, what speaks against it, and the decision taken.

    Attributes:
        type: The type of what ``right`` names.
        left: A normal form.
        right: The normal form, or for a vote the type, that it was weighed against.
        evidence: Why the two may be one: spelling, abbreviation, sense, alias table, …
        against: Why they are not: number, size, contrast, type, ambiguous, …; empty where nothing is.
        support: How many abstracts the evidence rests on.
        score: How strong it is, 0 to 1.
        margin: How far the decision is from the opposite one, 0 to 1.
        papers: How many abstracts the decision moves.
        same: The decision.
        paper: The one paper that is decided on, where it is not all.
    """

    type: EntityType
    left: str
    right: str
    evidence: str
    against: str
    support: int
    score: float
    margin: float
    papers: int
    same: bool
    paper: str | None = None


class Inference(Struct, frozen=True):
    """A relation between two nodes that no paper states: read from their names by ``rule``, modifier or version."""

    head: str
    relation: RelationType
    tail: str
    rule: str
