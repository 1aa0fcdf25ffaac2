"""The shapes speak of our terms only, and of all that is written."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import SH

from kg.rdf import PKG
from kg.rdf.ontology import TERMS, read
from tests.rdf.more import exported, more


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")


def test_shapes_speak_of_our_terms_only_and_of_all_that_is_written(shapes: rdflib.Graph) -> None:
    ours = {str(o).removeprefix(PKG) for o in shapes.objects() if str(o).startswith(PKG)}
    assert ours <= set(TERMS)
    paths = {str(path) for path in shapes.objects(None, SH.path)}
    assert {str(p) for p in exported(more()).predicates()} == paths
