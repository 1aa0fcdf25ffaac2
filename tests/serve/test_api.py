"""The interface for programs keeps to its description, and the description names every address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from starlette.routing import Route

from kg.serve.api_types import EntityAnswer, NeighbourhoodAnswer, SearchAnswer
from kg.serve.app import ROUTES
from kg.serve.openapi import description

if TYPE_CHECKING:
    from starlette.testclient import TestClient

UNDESCRIBED = {"/favicon.ico", "/robots.txt", "/.well-known/void"}


def strictly(client: TestClient, path: str, wanted: type[Any]) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return msgspec.json.decode(answer.content, type=wanted)


def test_searching(client: TestClient) -> None:
    found = strictly(client, "/api/search?q=vit&limit=5", SearchAnswer)
    assert found.results[0].name == "Vision Transformer"
    assert {alias.surface for alias in found.results[0].aliases} >= {"ViT", "ViTs"}
    assert strictly(client, "/api/search?q=zzz", SearchAnswer).results == []
    assert strictly(client, "/api/search?q=leaf&type=Task", SearchAnswer).results == []


def test_an_entity(client: TestClient) -> None:
    told = strictly(client, "/api/entity?name=leafnet", EntityAnswer)
    assert (told.name, told.type, told.papers, told.figures) == ("LeafNet", "Model", 2, 1)
    assert told.others["has part"] == 2
    assert "LeafNet reaches a top-1 accuracy" in told.results[0].sentence
    assert strictly(client, f"/api/entity?iri={told.iri}", EntityAnswer) == told


def test_what_is_around(client: TestClient) -> None:
    around = strictly(client, "/api/neighbourhood?name=LeafNet&hops=2&limit=3", NeighbourhoodAnswer)
    assert around.nodes[0].name == "LeafNet"
    assert len(around.nodes) == 4
    assert around.more_nodes > 0
    assert {edge.relation for edge in around.edges}
    assert all(edge.evidence and edge.evidence.sentence for edge in around.edges)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search?limit=0", 400),
        ("/api/search?limit=1000000", 400),
        ("/api/search?limit=%C2%B2", 400),
        ("/api/search?type=nonsense", 400),
        (f"/api/search?q={'x' * 300}", 400),
        ("/api/entity", 400),
        ("/api/entity?name=", 400),
        ("/api/entity?name=zzz", 404),
        (f"/api/entity?name={'x' * 600}", 400),
        ("/api/neighbourhood?name=LeafNet&hops=9", 400),
        ("/api/neighbourhood?iri=http://e.org/", 404),
        ("/api/entity?iri=LeafNet", 404),
        ("/api/entity?iri=", 400),
        ("/api/neighbourhood?iri=leafnet", 404),
        ("/api/explorer/neighbourhood?iri=leafnet", 404),
        ("/api/none", 404),
    ],
)
def test_errors_are_json(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == status
    assert set(answer.json()) == {"error"}


def test_the_description_is_served_and_names_every_address(client: TestClient) -> None:
    assert client.get("/openapi.json").json() == msgspec.json.decode(msgspec.json.encode(description()))
    described = set(description()["paths"])
    addresses = {re.sub(r":\w+", "", route.path) for route in ROUTES if isinstance(route, Route)}
    assert {path for path in addresses - UNDESCRIBED if not path.startswith("/static/")} == described


def test_the_description_names_the_statuses_that_there_are(client: TestClient) -> None:
    paths = description()["paths"]
    for operation in paths["/sparql"].values():
        assert {"200", "400", "406", "413", "415", "500", "503", "504"} == set(operation["responses"])
    for path in ("/void", "/ontology", "/{kind}/{name}", "/run/{name}"):
        assert "406" in paths[path]["get"]["responses"]
    for path in ("/void", "/ontology", "/model/leafnet"):
        assert client.get(path, headers={"accept": "image/png"}).status_code == 406
    assert "limit." not in msgspec.json.encode(paths).decode()


def test_every_reference_of_the_description_leads_somewhere() -> None:
    names = re.findall(r"#/components/schemas/(\w+)", msgspec.json.encode(description()).decode())
    assert set(names) == set(description()["components"]["schemas"])


def test_described_bounds_are_those_that_hold(client: TestClient) -> None:
    for path, operations in description()["paths"].items():
        if not path.startswith("/api/"):
            continue
        for one in operations["get"]["parameters"]:
            if one["schema"].get("type") == "integer":
                for number, refused in (
                    (one["schema"]["maximum"], False),
                    (one["schema"]["maximum"] + 1, True),
                    (0, True),
                ):
                    answer = client.get(path, params={"name": "LeafNet", "q": "x", one["name"]: number})
                    assert (answer.status_code == 400) is refused, (path, one["name"], number)


def test_the_explorer_is_answered_in_its_columns(client: TestClient) -> None:
    told = client.get("/api/explorer/neighbourhood?name=LeafNet").json()
    assert "LeafNet" in told["nodes"]["name"]
    assert len(told["edges"]["source"]) == len(told["edges"]["ev"]) - 1
    assert {"statements", "texts", "papers", "results", "meta"} <= set(told)
    assert client.get("/api/explorer/neighbourhood?name=zzz").status_code == 404
