"""What the ontology says of terms elsewhere, and the SSSOM table that says why, agree; the table is valid SSSOM.

SSSOM: https://mapping-commons.github.io/sssom/spec-formats-tsv/.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
import rdflib
from rdflib.namespace import RDFS, SKOS

from kg.rdf import PKG
from kg.rdf.ontology import read

if TYPE_CHECKING:
    from rdflib.term import Node

UPWARD = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
ASKED = {"schema", "fabio", "dcat", "prov", "skos", "mls", "cskg", "lpwc"}
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
"""The slots of a mapping between entities that the SSSOM schema requires."""

LINES = read("mappings.sssom.tsv").splitlines()
HEADER = [line.removeprefix("# ") for line in LINES if line.startswith("#")]
PREFIXES = dict(line.strip().split(": ", 1) for line in HEADER[HEADER.index("curie_map:") + 1 :])
ROWS = list(csv.DictReader((line for line in LINES if not line.startswith("#")), delimiter="\t"))


def expand(curie: str) -> rdflib.URIRef:
    prefix, _, name = curie.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + name)


def test_mappings_are_the_same_in_ontology_and_sssom(ontology: rdflib.Graph) -> None:
    listed = [tuple(expand(row[slot]) for slot in REQUIRED[:3]) for row in ROWS]
    written: set[tuple[Node, Node, Node]] = {
        (s, p, o)
        for p in UPWARD
        for s, o in ontology.subject_objects(p)
        if isinstance(o, rdflib.URIRef) and not o.startswith(PKG)
    }
    assert set(listed) == written
    assert len(listed) == len(written), "a mapping stands twice"


def test_the_table_has_the_metadata_and_columns_of_sssom() -> None:
    metadata = dict(line.split(": ", 1) for line in HEADER[: HEADER.index("curie_map:")] if ": " in line)
    assert metadata["mapping_set_id"].startswith("https://w3id.org/paperkg/ontology")
    assert metadata["license"] == "https://www.apache.org/licenses/LICENSE-2.0"
    assert f'owl:versionInfo "{metadata["mapping_set_version"]}"' in read("paperkg.ttl")
    assert {*REQUIRED, "subject_label", "object_label", "author_label", "confidence", "comment"} == ROWS[0].keys()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['subject_id']} {row['object_id']}")
def test_every_mapping_is_whole_and_says_why(ontology: rdflib.Graph, row: dict[str, str]) -> None:
    assert all(row[slot].strip() for slot in row)
    assert None not in row, "a cell too many"
    assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    assert row["subject_label"] == str(ontology.value(expand(row["subject_id"]), RDFS.label))
    assert 0 < float(row["confidence"]) <= 1
    definition, _, reason = row["comment"].partition(":")
    assert definition.strip(), "what the definition there says"
    assert reason.strip() or ";" in definition, "why the predicate fits"


def test_prefixes_are_declared_used_and_those_of_the_ontology() -> None:
    used = {row[slot].partition(":")[0] for row in ROWS for slot in REQUIRED}
    assert used == set(PREFIXES)
    assert used >= ASKED
    for prefix in used - {"semapv"}:
        assert f"@prefix {prefix}: <{PREFIXES[prefix]}> ." in read("paperkg.ttl")
