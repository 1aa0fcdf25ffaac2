"""The shapes speak of our terms only, of all that is written, and to people."""

from __future__ import annotations

import pyshacl
import pyshacl.errors
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.metrics import FAMILIES
from kg.rdf import PKG
from kg.rdf.ontology import INDIVIDUALS, TERMS, read
from kg.types import ENTITY_TYPES, RELATION_TYPES
from tests.rdf.more import exported, rich

NS = rdflib.Namespace(PKG)


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")


def listed(shapes: rdflib.Graph, path: rdflib.URIRef) -> set[str]:
    """What the shapes of a property enumerate."""
    lists = [head for shape in shapes.subjects(SH.path, path) for head in shapes.objects(shape, SH["in"])]
    return {str(one).removeprefix(PKG) for head in lists for one in shapes.items(head)}


def test_shapes_speak_of_our_terms_only_and_of_all_that_is_written(shapes: rdflib.Graph) -> None:
    ours = {str(o).removeprefix(PKG) for o in {*shapes.subjects(), *shapes.objects()} if str(o).startswith(PKG)}
    assert ours <= set(TERMS)
    written = exported(rich(), "full")
    assert set(written.predicates()) == {p for p in shapes.objects(None, SH.path) if isinstance(p, rdflib.URIRef)}
    assert set(written.objects(None, RDF.type)) == set(shapes.objects(None, SH.targetClass))


def test_the_shapes_are_valid_shacl(shapes: rdflib.Graph) -> None:
    conforms, _, _ = pyshacl.validate(exported(rich(), "full"), shacl_graph=shapes, meta_shacl=True)
    assert conforms
    broken = rdflib.Graph().parse(
        data=read("shapes.ttl").replace("sh:minCount 1", "sh:minCount 'one'"), format="turtle"
    )
    with pytest.raises(pyshacl.errors.ReportableRuntimeError):
        pyshacl.validate(exported(rich(), "full"), shacl_graph=broken, meta_shacl=True)


def test_enumerations_are_those_of_the_code(shapes: rdflib.Graph) -> None:
    assert listed(shapes, RDF.type) == set(ENTITY_TYPES)
    assert listed(shapes, NS.relation) == set(RELATION_TYPES)
    assert listed(shapes, NS.kind) | listed(shapes, NS.direction) == set(INDIVIDUALS)
    assert listed(shapes, NS.family) == set(FAMILIES)


def test_every_shape_says_what_is_wrong(shapes: rdflib.Graph) -> None:
    properties = set(shapes.subjects(SH.path))
    nodes = {node for p in (SH.closed, SH["or"], SH["class"], SH.disjoint, SH.node) for node in shapes.subjects(p)}
    for shape in properties | nodes:
        if any(shape in set(shapes.items(head)) for head in shapes.objects(None, SH["or"])):
            continue  # an alternative: what it is one of has the message
        (message,) = shapes.objects(shape, SH.message)
        assert 20 < len(str(message)) < 160


def test_exports_stay_closed(shapes: rdflib.Graph) -> None:
    """What a node of a class may have is listed in one shape, which is closed."""
    for target in set(exported(rich(), "full").objects(None, RDF.type)):
        closed = [s for s in shapes.subjects(SH.targetClass, target) if (s, SH.closed, None) in shapes]
        assert len(closed) == 1, target
