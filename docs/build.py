"""Build the reference page of the ontology: ``python docs/build.py PAGE``; the site has it as terms.html.

pyLODE (https://github.com/RDFLib/pyLODE) lays out labels, definitions, examples, hierarchy, domains and ranges. What it
passes over is told to it as notes: inverses and characteristics of properties, the members of enumerated classes, and
the mappings of ``ontology/mappings.sssom.tsv``. Terms of other vocabularies, which the ontology has to declare, are
left out. The page is one file that asks for nothing from anywhere.
"""

from __future__ import annotations

import csv
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import rdflib
from dominate.tags import meta, style
from pylode.profiles.ontpub import OntPub
from rdflib.namespace import OWL, PROV, RDF, RDFS, SDO, SKOS

from kg.rdf.ontology import PKG, TERMS, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CHARACTERISTICS = {
    OWL.FunctionalProperty: "Functional: it has at most one value.",
    OWL.SymmetricProperty: "Symmetric: it holds in both directions.",
    OWL.IrreflexiveProperty: "Irreflexive: nothing has it to itself.",
}
MAPPED = {
    "rdfs:subClassOf": "Sub-class of",
    "rdfs:subPropertyOf": "Sub-property of",
    "skos:closeMatch": "Close match",
    "skos:broadMatch": "Broader match",
    "skos:narrowMatch": "Narrower match",
    "skos:relatedMatch": "Related match",
}
LANDMARKS = {"content": "main", "toc": "navigation", "pylode": "contentinfo"}
STYLE = """
body { line-height: 1.4; }
#pylode { position: static; transform: none; margin: 1em; color: #555; }
#pylode #p, #pylode #y { color: inherit; }
.entity th, .entity td { padding: .2em .5em .2em 0; vertical-align: top; }
.entity td p, .entity td pre, .entity td ul, .entity dd p { margin: 0; }
.entity td > ul { padding-left: 40px; }
.entity td > ul > li + li { margin-top: .4em; }
.entity pre { font: inherit; white-space: pre-wrap; }
code { font-size: medium; overflow-wrap: anywhere; }
sup { color: #444 !important; }
@media (max-width: 900px) {
  body { padding: 1em; }
  #content { width: auto; margin: 0; }
  #toc { position: static; width: auto; height: auto; }
  .entity th, .entity td { display: block; width: auto; }
}
"""


def build(page: Path) -> None:
    """Write the page."""
    logging.disable(logging.INFO)  # pyLODE sets up logging for all
    document = OntPub(annotated(rdflib.Graph().parse(data=read("paperkg.ttl"), format="turtle")))
    document.fids.update({PKG + name: name for name in TERMS})
    document.doc.set_attribute("lang", "en")
    with document.doc.head:
        meta(name="viewport", content="width=device-width, initial-scale=1")
    html = document.make_html().replace("</head>", f"{style(STYLE)}\n  </head>", 1)
    for name, role in LANDMARKS.items():
        html = html.replace(f'<div id="{name}">', f'<div id="{name}" role="{role}">', 1)
    page.write_text(html + "\n", encoding="utf-8")


def annotated(ontology: rdflib.Graph) -> rdflib.Graph:
    """Put what pyLODE does not show into notes, and give inverses the domain and range that follow."""
    for term, note in [*inverses(ontology), *characteristics(ontology), *individuals(ontology), *mappings()]:
        ontology.add((term, SKOS.note, rdflib.Literal(note)))
    for inverse, term in ontology.subject_objects(OWL.inverseOf):
        for said, turned in ((RDFS.range, RDFS.domain), (RDFS.domain, RDFS.range)):
            for one in set(ontology.objects(term, said)):
                ontology.add((inverse, turned, one))
    for agent in set(ontology.subjects(RDF.type, PROV.Agent)):
        for name in set(ontology.objects(agent, RDFS.label)):
            ontology.add((agent, SDO.name, name))
    return pruned(ontology)


def pruned(ontology: rdflib.Graph) -> rdflib.Graph:
    """Take out terms of others, and what the page would say twice or not at all."""
    for kind in KINDS:
        for term in set(ontology.subjects(RDF.type, kind)):
            if isinstance(term, rdflib.URIRef) and not term.startswith(PKG):
                ontology.remove((term, RDF.type, kind))
    for kind in CHARACTERISTICS:
        ontology.remove((None, RDF.type, kind))
    for enumeration in set(ontology.subjects(OWL.oneOf)):
        ontology.remove((None, OWL.equivalentClass, enumeration))
        ontology.remove((enumeration, None, None))
    ontology.remove((None, RDFS.isDefinedBy, None))
    return ontology


def inverses(ontology: rdflib.Graph) -> Iterator[tuple[Node, str]]:
    """Say of each property what its inverse is."""
    for inverse, term in ontology.subject_objects(OWL.inverseOf):
        yield term, f"Inverse: {link(ontology, inverse)}."
        yield inverse, f"Inverse: {link(ontology, term)}."


def characteristics(ontology: rdflib.Graph) -> Iterator[tuple[Node, str]]:
    """Say what holds of a property always."""
    for kind, note in CHARACTERISTICS.items():
        for term in ontology.subjects(RDF.type, kind):
            yield term, note


def individuals(ontology: rdflib.Graph) -> Iterator[tuple[Node, str]]:
    """List the members of a class that enumerates them."""
    for term in ontology.subjects(RDF.type, OWL.Class):
        members = ontology.value(ontology.value(term, OWL.equivalentClass), OWL.oneOf)
        for member in ontology.items(members) if members else ():
            definition = ontology.value(member, SKOS.definition)
            name = str(member).removeprefix(PKG)
            known = {OWL.Class, OWL.ObjectProperty} & set(ontology.objects(member, RDF.type))
            own = f'<strong id="{name}">pkg:{name}</strong> ({ontology.value(member, RDFS.label)})'
            yield term, f"{link(ontology, member) if known else own}: {definition}"


def mappings() -> Iterator[tuple[Node, str]]:
    """Say what a term has to do with terms of others, and why."""
    lines = read("mappings.sssom.tsv").splitlines()
    prefixes = dict(line[4:].split(": ", 1) for line in lines if line.startswith("#   ") and ": " in line)
    for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
        prefix, _, name = row["object_id"].partition(":")
        other = f"[{row['object_id']}]({prefixes[prefix]}{name})"
        subject = rdflib.URIRef(PKG + row["subject_id"].removeprefix("pkg:"))
        yield subject, f"{MAPPED[row['predicate_id']]}: {other}. {row['comment']}."


def link(ontology: rdflib.Graph, term: Node) -> str:
    """Point to a term of the page."""
    name = str(term).removeprefix(PKG)
    return f"[{ontology.value(term, RDFS.label)}](#{name})"


if __name__ == "__main__":
    build(Path(sys.argv[1]))
