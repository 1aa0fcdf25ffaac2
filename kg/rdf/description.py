"""What a build says of itself to catalogues: VoID and DCAT 3, in Turtle.

The data set is the run, named for what the graph holds, as in N-Quads. Every other node of the description is a
fragment of it, so that there are no blank nodes; files are addressed relative to the description.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, VOID, XSD

from kg.iris import paper_iri, slug
from kg.rdf.context import context
from kg.rdf.ontology import PKG
from kg.rdf.rows import name_run, opened
from kg.rdf.statistics import statistics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph import Graph, Stored
    from kg.rdf.statistics import Statistics

SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
_PREFIXES = {"dcat": DCAT, "dcterms": DCTERMS, "foaf": FOAF, "prov": PROV, "spdx": SPDX, "void": VOID, "xsd": XSD}
_IANA = "https://www.iana.org/assignments/media-types/"
_MEDIA = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".parquet": "application/vnd.apache.parquet",
    ".html": "text/html",
    ".json": "application/json",
}
_FORMATS = "http://www.w3.org/ns/formats/"
_TITLE = "Knowledge graph of {papers:,} papers"
_DESCRIPTION = (
    "Tasks, methods, models, data sets, metrics and reported results read from the abstracts of {papers:,} papers by "
    "{extractor}, with the sentence that each statement was read in. It errs as its confidences say. The abstracts "
    "belong to whoever wrote them."
)
_EXAMPLES = """
    SELECT iri FROM (
        SELECT iri, row_number() OVER (PARTITION BY type ORDER BY papers DESC, name, iri) AS n FROM entities
    ) WHERE n = 1 ORDER BY iri
"""
_EXAMPLE_PAPER = "SELECT min(id) AS id FROM papers"


def describe(graph: Graph, files: Mapping[str, Stored]) -> bytes:
    """Describe a graph in Turtle: title, figures by class and property, examples, and the files that it comes in.

    Args:
        graph: Any graph.
        files: The files beside the description, by name.

    Raises:
        BuildFolderError: The base or an entity of the graph is not a valid IRI, or a table is missing or damaged.
    """
    with opened(graph) as session:
        told, run = statistics(session), rdflib.URIRef(name_run(session))
        examples = session.table(_EXAMPLES).column("iri").to_pylist()
        papers = [paper for paper in session.table(_EXAMPLE_PAPER).column("id").to_pylist() if paper is not None]
    made = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in _PREFIXES.items():
        made.bind(prefix, str(namespace))
    _about(made, run, graph)
    _figures(made, run, told)
    for iri in (*examples, *(paper_iri(paper, graph.manifest.base) for paper in papers)):
        made.add((run, VOID.exampleResource, rdflib.URIRef(iri)))
    for name, stored in sorted(files.items()):
        _file(made, run, name, stored)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return made.serialize(format="turtle", encoding="utf-8")


def _about(made: rdflib.Graph, run: rdflib.URIRef, graph: Graph) -> None:
    base, extractor = graph.manifest.base, graph.manifest.extractor
    told = {"papers": graph.manifest.counts.get("papers", 0), "extractor": extractor}
    agent = rdflib.URIRef(f"{base}extractor/{slug(extractor)}")
    for kind in (VOID.Dataset, DCAT.Dataset):
        made.add((run, RDF.type, kind))
    made.add((run, DCTERMS.title, rdflib.Literal(_TITLE.format(**told), lang="en")))
    made.add((run, DCTERMS.description, rdflib.Literal(_DESCRIPTION.format(**told), lang="en")))
    made.add((run, DCTERMS.conformsTo, rdflib.URIRef(PKG.removesuffix("#"))))
    made.add((run, DCTERMS.identifier, rdflib.Literal(str(run))))
    made.add((run, DCTERMS.creator, agent))
    made.add((run, PROV.wasAttributedTo, agent))
    made.add((run, VOID.uriSpace, rdflib.Literal(base)))
    made.add((agent, RDF.type, PROV.SoftwareAgent))
    made.add((agent, RDF.type, FOAF.Agent))
    made.add((agent, FOAF.name, rdflib.Literal(extractor)))


def _figures(made: rdflib.Graph, run: rdflib.URIRef, told: Statistics) -> None:
    counts = {
        VOID.triples: told.total,
        VOID.distinctSubjects: told.subjects,
        VOID.entities: told.subjects,
        VOID.classes: len(told.classes),
        VOID.properties: len(told.triples),
    }
    for predicate, count in counts.items():
        made.add((run, predicate, rdflib.Literal(count)))
    for namespace in told.vocabularies:
        made.add((run, VOID.vocabulary, rdflib.URIRef(namespace)))
    for name, count in told.classes.items():
        part = run + f"#class={name}"
        made.add((run, VOID.classPartition, part))
        made.add((part, VOID["class"], rdflib.URIRef(context()[name].iri)))
        made.add((part, VOID.entities, rdflib.Literal(count)))
    for name, count in told.triples.items():
        part = run + f"#property={name}"
        made.add((run, VOID.propertyPartition, part))
        made.add((part, VOID.property, rdflib.URIRef(context()[name].iri)))
        made.add((part, VOID.triples, rdflib.Literal(count)))
        made.add((part, VOID.distinctSubjects, rdflib.Literal(told.having[name])))


def _file(made: rdflib.Graph, run: rdflib.URIRef, name: str, stored: Stored) -> None:
    plain = name.removesuffix(".gz")
    media = next((kind for ending, kind in _MEDIA.items() if plain.endswith(ending)), "application/octet-stream")
    file, checksum, address = run + f"#file={name}", run + f"#sha256={name}", rdflib.URIRef(name)
    made.add((run, DCAT.distribution, file))
    made.add((file, RDF.type, DCAT.Distribution))
    made.add((file, DCTERMS.title, rdflib.Literal(name)))
    made.add((file, DCAT.accessURL, address))
    made.add((file, DCAT.downloadURL, address))
    made.add((file, DCAT.mediaType, rdflib.URIRef(_IANA + media)))
    made.add((file, DCAT.byteSize, rdflib.Literal(stored.bytes, datatype=XSD.nonNegativeInteger)))
    made.add((file, SPDX.checksum, checksum))
    made.add((checksum, RDF.type, SPDX.Checksum))
    made.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    made.add((checksum, SPDX.checksumValue, rdflib.Literal(stored.sha256, datatype=XSD.hexBinary)))
    if name != plain:
        made.add((file, DCAT.compressFormat, rdflib.URIRef(_IANA + "application/gzip")))
    if media in {"text/turtle", "application/n-triples"}:
        made.add((run, VOID.dataDump, address))
        form = "Turtle" if media == "text/turtle" else "N-Triples"
        made.add((run, VOID.feature, rdflib.URIRef(_FORMATS + form)))
