"""What the tests of this room share."""

from __future__ import annotations

import pytest
import rdflib

from kg.rdf.ontology import read


@pytest.fixture(scope="package")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(data=read("paperkg.ttl"), format="turtle")
