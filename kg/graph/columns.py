"""What the tables and columns of a build folder mean, in words, for whoever describes them to others."""

from __future__ import annotations

TABLES: dict[str, str] = {
    "papers": "The distinct papers.",
    "mentions": "Every name found in a paper, and the entity that it means.",
    "relations": "Every relation between two entities that a paper states.",
    "results": "Every number that a paper reports.",
    "entities": "The nodes of the graph: one for one thing, however it is written.",
    "merges": "The ledger: which names were held to mean the same, or not, and why.",
    "inferred": "Relations that the names of entities imply, without a paper that states them.",
}

_EVIDENCE = "The spans that say so; offsets count characters of title, line feed and abstract, end exclusive."
_CONFIDENCE = "How sure the extractor is, from 0 to 1."
_PAPER = "The id of the paper."

COLUMNS: dict[str, dict[str, str]] = {
    "papers": {
        "id": "arxiv:…, doi:… or title:… with a hash.",
        "title": "The title, as the source has it.",
        "abstract": "The abstract, as the source has it.",
        "year": "The year of publication.",
        "venue": "Where it was published.",
        "authors": "The names of the authors, in order.",
        "url": "The address of the paper.",
        "keywords": "Keywords, as the source has them.",
        "doi": "The DOI.",
        "arxiv": "The arXiv identifier.",
        "sources": "Where the paper was read: file, record in it (from 1), and what the file calls it.",
    },
    "mentions": {
        "paper": _PAPER,
        "start": "Where the name begins: characters of title, line feed and abstract, from 0.",
        "end": "Where it ends, exclusive.",
        "type": "What it was read as in its abstract: Task, Method, Model, Dataset or Metric.",
        "surface": "The name as written.",
        "entity": "The IRI of the entity that it means.",
        "proposed": "Whether the paper introduces the entity.",
        "confidence": _CONFIDENCE,
    },
    "relations": {
        "head": "The IRI of the entity that the relation starts from.",
        "relation": "One of the nine relations.",
        "tail": "The IRI of the entity that it leads to.",
        "paper": _PAPER,
        "evidence": _EVIDENCE,
        "confidence": _CONFIDENCE,
    },
    "results": {
        "subject": "The IRI of the system that the number is reported for.",
        "metric": "The IRI of the metric.",
        "dataset": "The IRI of the data set, where one is named.",
        "baseline": "The IRI of what a gain, reduction or factor is counted from, where it is named.",
        "value": "The number as written.",
        "number": "The number.",
        "unit": "The unit as written; empty where there is none.",
        "kind": "absolute, gain, reduction or factor.",
        "paper": _PAPER,
        "evidence": _EVIDENCE,
        "confidence": _CONFIDENCE,
    },
    "entities": {
        "iri": "The IRI.",
        "type": "Task, Method, Model, Dataset or Metric, by the vote of all papers.",
        "name": "What people mostly call it.",
        "aliases": "The forms in which papers write it, with the number of mentions of each.",
        "papers": "How many papers mention it.",
        "ids": "CURIEs of well-known things: wikidata:… is the thing, arxiv:… the paper that introduced it.",
        "family": "Of a metric that the table of metrics knows: what it measures.",
        "direction": "Of such a metric: which values are better, higher or lower ones.",
    },
    "merges": {
        "type": "The type of what the right form names.",
        "left": "A normal form.",
        "right": "The normal form, or the type, that it was weighed against.",
        "evidence": "Why the two may be one.",
        "against": "Why they are not; empty where nothing is.",
        "support": "How many abstracts the evidence rests on.",
        "score": "How strong it is, from 0 to 1.",
        "margin": "How far the decision is from the opposite one.",
        "papers": "How many abstracts the decision moves.",
        "same": "The decision.",
        "paper": "The one paper that is decided on, where it is not all.",
    },
    "inferred": {
        "head": "The IRI of the entity that the relation starts from.",
        "relation": "The relation.",
        "tail": "The IRI of the entity that it leads to.",
        "rule": "The rule that inferred it.",
    },
}

KEYS: dict[str, tuple[str, ...]] = {"papers": ("id",), "entities": ("iri",)}
"""The columns that tell the rows of a table apart, where they are few."""

REFERENCES: dict[tuple[str, str], str] = {
    **{(table, "paper"): "papers/id" for table in ("mentions", "relations", "results")},
    **{(table, end): "entities/iri" for table in ("relations", "inferred") for end in ("head", "tail")},
    **{("results", role): "entities/iri" for role in ("subject", "metric", "dataset", "baseline")},
    ("mentions", "entity"): "entities/iri",
}
"""The columns whose values are keys of another table, in every row or in most."""
