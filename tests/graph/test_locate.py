"""What somebody types finds the entity that is meant, or says which are near."""

from __future__ import annotations

import msgspec
import pytest

from kg.errors import KgError
from kg.graph import Graph, assemble, locate
from kg.resolve import resolve
from tests.corpus import FIVE, graph_of


@pytest.mark.parametrize(
    "text", ["LeafNet", "leafnet", " LeafNet\t", "kg:model/leafnet", "https://w3id.org/paperkg/model/leafnet"]
)
def test_an_entity_is_located_by_name_or_iri(five: Graph, text: str) -> None:
    assert locate(five, text) == "https://w3id.org/paperkg/model/leafnet"


def test_an_entity_is_located_by_alias(five: Graph) -> None:
    assert locate(five, "ViTs") == "https://w3id.org/paperkg/model/vision-transformer"


@pytest.mark.parametrize("text", ["", "%", "' OR 1=1 --", "x" * 5000])
def test_odd_names_are_unknown_too(five: Graph, text: str) -> None:
    with pytest.raises(KgError, match="no entity is called"):
        locate(five, text)


def test_short_iris_are_of_the_base_of_the_graph() -> None:
    found = resolve([FIVE[0].extraction], "http://e.org/")
    manifest = msgspec.structs.replace(graph_of([]).manifest, base="http://e.org/")
    graph = Graph(manifest, assemble([FIVE[0].paper], [FIVE[0].extraction], found))
    assert locate(graph, "kg:model/leafnet") == "http://e.org/model/leafnet"


def test_in_an_empty_graph_nothing_is_near() -> None:
    with pytest.raises(KgError, match="the graph has none"):
        locate(graph_of([]), "BERT")


def test_a_type_narrows_the_search(five: Graph) -> None:
    assert locate(five, "songbench", "Dataset") == "https://w3id.org/paperkg/dataset/songbench"
    with pytest.raises(KgError, match=r"no Metric is called 'SongBench': near it are .*\(Metric\)"):
        locate(five, "SongBench", "Metric")
    with pytest.raises(KgError, match="no Metric is called"):
        locate(five, "https://w3id.org/paperkg/dataset/songbench", "Metric")
