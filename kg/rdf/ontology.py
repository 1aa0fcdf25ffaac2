"""The ontology: the names of its terms, and where its files are.

``ontology/`` is the source. Here are only the names that code needs, and a test compares both ways.

>>> TERMS["usedFor"]
<NamedNode value=https://w3id.org/paperkg/ontology#usedFor>
>>> "pkg:usedFor a owl:ObjectProperty" in read("paperkg.ttl")
True
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.metrics import DIRECTIONS
from kg.types import ENTITY_TYPES, RELATION_TYPES, RESULT_KINDS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kg.types import RelationType

PKG = "https://w3id.org/paperkg/ontology#"

PREFIXES = {
    "pkg": PKG,
    "dcterms": "http://purl.org/dc/terms/",
    "fabio": "http://purl.org/spar/fabio/",
    "prism": "http://prismstandard.org/namespaces/basic/2.0/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that exports declare, and that a query may use without declaring them."""

CLASSES = (
    *("Entity", "System", *ENTITY_TYPES),
    *("Paper", "Passage", "Statement", "Inference", "Result"),
    *("Relation", "ResultKind", "Direction"),
    *("Mention", "EntityType", "Merge", "Record"),
)

INVERSES: dict[RelationType, str] = {
    "usedFor": "addressedBy",
    "partOf": "hasPart",
    "variantOf": "hasVariant",
    "trainedOn": "usedToTrain",
    "evaluatedOn": "usedToEvaluate",
    "measuredBy": "usedToMeasure",
    "benchmarkFor": "hasBenchmark",
    "outperforms": "outperformedBy",
    "comparedWith": "comparedWith",
}
"""What each relation is called when it is read from tail to head; these are not written in exports."""

OBJECT_PROPERTIES = (
    *RELATION_TYPES,
    *(inverse for relation, inverse in INVERSES.items() if inverse != relation),
    *("mentions", "mentionedIn", "proposes", "proposedIn"),
    *("head", "relation", "tail"),
    *("subject", "metric", "dataset", "baseline", "kind"),
    *("direction", "evidence"),
    *("refersTo", "entityType", "writtenAs"),
)
DATATYPE_PROPERTIES = (
    *("family", "rule", "key", "paperCount"),
    *("value", "valueText", "unit", "confidence", "text", "start", "end"),
    *("proposed", "count", "givenUrl", "file", "place"),
    *("leftForm", "rightForm", "ground", "against", "support", "score", "margin", "moves", "same"),
)
INDIVIDUALS = (*RESULT_KINDS, *DIRECTIONS)

TERMS = {name: NamedNode(PKG + name) for name in (*CLASSES, *OBJECT_PROPERTIES, *DATATYPE_PROPERTIES, *INDIVIDUALS)}
"""Every term of the namespace by its local name."""


def folder() -> Traversable:
    """Return the folder of the ontology: inside the installed package, or at the root of a checkout.

    >>> sorted(path.name for path in folder().iterdir() if path.name.endswith(".ttl"))
    ['paperkg.ttl', 'shapes.ttl']
    """
    packaged = resources.files("kg") / "ontology"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "ontology"


def read(name: str) -> str:
    """Return the text of one file of the ontology.

    >>> read("shapes.ttl").startswith("# What every export of paperkg holds to.")
    True
    """
    return (folder() / name).read_text(encoding="utf-8")
