"""The pages say what the tables say, at the addresses of the IRIs, in the format that is asked for."""

from __future__ import annotations

import shutil
from html import unescape
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import parse
from rdflib import Graph as RdflibGraph
from rdflib import URIRef
from rdflib.namespace import RDF, VOID
from starlette.testclient import TestClient

from kg.building.describe import write_descriptions
from kg.iris import BASE, paper_iri
from kg.rdf import PKG
from kg.serve import Limits, create_app
from kg.serve.formats import GRAPHS
from kg.serve.pages.address import SUFFIXES
from kg.serve.sending import MAX_ROWS
from kg.types import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.graph import Graph

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LEAFNET = "/model/leafnet"


def html(client: TestClient, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "<script" not in answer.text
    assert " style=" not in answer.text
    return answer.text


def test_the_first_page_counts_and_leads_on(client: TestClient, five: Graph) -> None:
    text = html(client, "/")
    assert "What 5 papers say" in text
    for kind in ENTITY_TYPES:
        assert f"<b>{five.manifest.counts.get(kind, 0)}</b>" in text or kind not in five.manifest.counts
    assert 'href="/model/leafnet"' in text
    assert 'href="/report"' not in text


def test_searching(client: TestClient) -> None:
    text = html(client, "/search?q=vit")
    assert 'href="/model/vision-transformer"' in text
    assert "Vision Transformer" in text
    assert "Nothing is called so" in html(client, "/search?q=%3Cb%3Ezzz")
    assert "&lt;b&gt;zzz" in html(client, "/search?q=%3Cb%3Ezzz")
    assert "PlantVillage" in html(client, "/search?type=Dataset")
    assert "PlantVillage" not in html(client, "/search?type=model")


@pytest.mark.parametrize("query", ["type=nonsense", "page=0", "page=x", "page=99999999999", f"q={'x' * 300}", "page=²"])
def test_what_cannot_be_searched_for(client: TestClient, query: str) -> None:
    assert "That did not work" in html(client, f"/search?{query}", 400)
    assert client.get(f"/search?{query}").status_code == 400


def test_an_entity(client: TestClient) -> None:
    text = html(client, LEAFNET)
    for said in ("LeafNet", "Used for", "plant disease classification", "91.4%", "2 papers", "Proposed in"):
        assert said in text
    assert "LeafNet reaches a top-1 accuracy of 91.4% on PlantVillage" in text
    assert 'href="/paper/arxiv-2101.00001"' in text
    assert "<code>https://w3id.org/paperkg/model/leafnet</code>" in text
    assert 'aria-label="2021: 1, 2022: 1"' in text


def test_a_data_set_has_its_leaderboard(client: TestClient) -> None:
    text = html(client, "/dataset/songbench")
    assert "higher is better" in text
    assert text.index("75.2") < text.index(">71 ")


def test_the_long_lists_of_an_entity(client: TestClient) -> None:
    text = html(client, f"{LEAFNET}?claim=partOf:to")
    for said in ("Has part", "window attention", "magnitude pruning"):
        assert said in text
    assert "window attention" not in html(client, f"{LEAFNET}?claim=partOf:from")
    assert "ResNet-50" in html(client, f"{LEAFNET}?claim=comparedWith:from")
    assert "Pruning Vision Transformers" in html(client, f"{LEAFNET}?papers")
    assert client.get(f"{LEAFNET}?claim=nonsense").status_code == 400
    assert client.get(f"{LEAFNET}?papers&page=2").status_code == 200


def test_a_paper_links_the_names_in_it(client: TestClient) -> None:
    text = html(client, "/paper/arxiv-2101.00001")
    assert (
        '<a class="mention model proposed" href="/model/leafnet" title="Model: LeafNet, proposed here">LeafNet</a>'
        in text
    )
    assert "What it states" in text
    assert "Figures it reports" in text
    assert "https://arxiv.org/abs/2101.00001" in text
    assert "Does &lt;b&gt;masking&lt;/b&gt; help?" in html(client, "/paper/title-00000000000000a4")


def test_a_paper_with_a_slash_in_its_name(client: TestClient) -> None:
    path = paper_iri("doi:10.5555/birdsong.3").removeprefix(BASE)
    assert "%2F" in path
    for address in (f"/{path}", "/paper/doi-10.5555/birdsong.3", f"/{path}.ttl"):
        assert client.get(address, headers=HTML).status_code == 200


def test_a_record_shows_its_properties(client: TestClient) -> None:
    found = client.get("/sparql", params={"query": "SELECT ?x { ?x a pkg:Statement } LIMIT 1"}).json()
    path = found["results"]["bindings"][0]["x"]["value"].removeprefix(BASE)
    text = html(client, f"/{path}")
    assert "pkg:confidence" in text
    assert 'href="/ontology#confidence"' in text


def asked(client: TestClient, query: str) -> list[str]:
    """The values of ?x."""
    rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
    return [row["x"]["value"] for row in rows]


def test_evidence_is_found_at_its_address(client: TestClient) -> None:
    for passage in asked(client, "SELECT DISTINCT ?x { ?s pkg:evidence ?x }"):
        document = passage.partition("#")[0].removeprefix(BASE)
        graph = RdflibGraph().parse(data=client.get(f"/{document}.nt").text, format="nt")
        for name in ("text", "start", "end"):
            assert (URIRef(passage), URIRef(PKG + name), None) in graph
        fragment = passage.partition("#")[2]
        assert html(client, f"/{document}").count(f' id="{fragment}"') == 1


@pytest.mark.parametrize("kind", ["Statement", "Result"])
def test_a_record_shows_words_and_names(client: TestClient, kind: str) -> None:
    leading = "{ ?r (pkg:head|pkg:tail|pkg:subject|pkg:metric)/skos:prefLabel ?x }"
    titled = "{ ?r prov:wasDerivedFrom/dcterms:title ?x }"
    for record in asked(client, f"SELECT ?x {{ ?x a pkg:{kind} ; pkg:evidence ?e }} LIMIT 3"):
        text = unescape(html(client, f"/{record.removeprefix(BASE)}"))
        for name in asked(client, f"SELECT ?x {{ VALUES ?r {{ <{record}> }} {leading} UNION {titled} }}"):
            assert f">{name}</bdi>" in text
        for words in asked(client, f"SELECT ?x {{ <{record}> pkg:evidence/pkg:text ?x }}"):
            assert f">“{words}”</bdi>" in text
        for passage in asked(client, f"SELECT ?x {{ <{record}> pkg:evidence ?x }}"):
            assert f'href="/{passage.removeprefix(BASE)}"' in text


def test_rdf_that_is_cut_says_so_and_has_its_own_first(client: TestClient, folder: Path) -> None:
    own = {quad.triple for quad in parse(client.get(f"{LEAFNET}.nt").content, GRAPHS["application/n-triples"])}
    own = {triple for triple in own if triple.subject.value == BASE + LEAFNET[1:]}
    assert MAX_ROWS not in client.get(f"{LEAFNET}.nt").headers
    app = create_app(folder, limits=Limits(workers=1, rows=len(own) + 1))
    with TestClient(app, base_url="http://localhost") as other:
        answer = other.get(f"{LEAFNET}.nt")
        assert answer.headers[MAX_ROWS] == str(len(own) + 1)
        assert own < {quad.triple for quad in parse(answer.content, GRAPHS["application/n-triples"])}
        assert "the first of more" in html(
            other, f"/{asked(other, 'SELECT ?x { ?x a prov:SoftwareAgent }')[0].removeprefix(BASE)}"
        )


def iris(five: Graph) -> list[str]:
    papers = [paper_iri(paper) for paper in five.table("papers")["id"].to_pylist()]
    return [*five.table("entities")["iri"].to_pylist(), *papers]


def test_every_node_is_at_the_path_of_its_iri(client: TestClient, five: Graph) -> None:
    for iri in iris(five):
        path = f"/{iri.removeprefix(BASE)}"
        assert iri in html(client, path) or "/paper/" in path
        graph = RdflibGraph().parse(data=client.get(f"{path}.nt").text, format="nt")
        assert (URIRef(iri), None, None) in graph


@pytest.mark.parametrize("media_type", list(GRAPHS)[:4])
def test_a_node_in_every_format(client: TestClient, media_type: str) -> None:
    answer = client.get(LEAFNET, headers={"accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    read = {quad.triple for quad in parse(answer.content, GRAPHS[media_type])}
    assert any(triple.predicate.value == f"{PKG}head" for triple in read), "what is said of it is there too"
    ending = next(ending for ending, kind in SUFFIXES.items() if kind == media_type)
    assert client.get(LEAFNET + ending).content == answer.content
    assert f'<{LEAFNET}{ending}>; rel="alternate"; type="{media_type}"' in answer.headers["link"]


def test_what_is_not_there(client: TestClient) -> None:
    for path in (
        "/model/none",
        "/paper/none",
        "/statement/none",
        "/statement/0123456789",
        "/x/y",
        "/none",
        "/model/",
    ):
        answer = client.get(path)
        assert (answer.status_code, "Accept" in answer.headers["vary"]) == (404, True), path
        assert "That did not work" in html(client, path, 404)
    refused = client.get("/model/leafnet", headers={"accept": "image/png"})
    assert (refused.status_code, "Accept" in refused.headers["vary"]) == (406, True)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../etc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fmanifest.json",
        "/report/../manifest.json",
        "/statement/..%2f..%2fmanifest.json",
        "/paper/..%2f..%2f..%2fetc%2fpasswd",
        "/explorer/../../etc/passwd",
        "/static/site.css%00.html",
        "/model/leafnet%0d%0aset-cookie:%20a=b",
    ],
)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_the_ontology(client: TestClient) -> None:
    text = html(client, "/ontology")
    assert '<div id="outperforms">' in text
    assert "A quantity that is measured to judge a system." in text
    for media_type in list(GRAPHS)[:4]:
        answer = client.get("/ontology", headers={"accept": media_type})
        assert len(list(parse(answer.content, GRAPHS[media_type]))) > 200
    assert client.get("/ontology", headers={"accept": "image/png"}).status_code == 406


@pytest.fixture
def described(five: Graph, folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    """A server of a folder that has its description."""
    copied = shutil.copytree(folder, tmp_path / "copy")
    write_descriptions(five, copied)
    with TestClient(create_app(copied, limits=Limits(workers=1)), base_url="http://localhost") as other:
        yield other


def test_the_data_set_is_described(described: TestClient) -> None:
    assert described.get("/.well-known/void", follow_redirects=False).headers["location"] == "/void"
    written = described.get("/dataset.ttl")
    assert written.headers["content-type"].split(";")[0] == "text/turtle"
    told = RdflibGraph().parse(data=written.text, format="turtle", publicID="http://localhost/dataset.ttl")
    (run,) = told.subjects(RDF.type, VOID.Dataset)
    for path in ("/void", f"/{str(run).removeprefix(BASE)}", f"/{str(run).removeprefix(BASE)}.ttl"):
        answer = described.get(path)
        assert answer.content == described.get(path).content
        assert "Accept" in answer.headers["vary"]
        served = RdflibGraph().parse(data=answer.text, format="turtle")
        assert {*served} - {*told} == {(run, VOID.sparqlEndpoint, URIRef("http://localhost/sparql"))}
        assert {*told} < {*served}
    for dump in told.objects(run, VOID.dataDump):
        assert described.get(str(dump)).status_code == 200
    assert described.get("/croissant.json").json()["@type"] == "sc:Dataset"


def test_what_is_no_description_of_the_data_set(client: TestClient) -> None:
    assert client.get("/void", headers={"accept": "image/png"}).status_code == 406
    assert client.get("/run/0123456789").status_code == 404
    assert client.get("/dataset.ttl").status_code == 404
    assert "sparqlEndpoint" in client.get("/void").text, "it is made where the folder has none"


def test_pages_of_the_build_are_served_as_they_are(client: TestClient, folder: Path, tmp_path: Path) -> None:
    assert client.get("/report").status_code == 404
    copied = shutil.copytree(folder, tmp_path / "copy")
    (copied / "report.html").write_text("<p>a page of the build</p>")
    app = create_app(copied, limits=Limits(workers=1))
    with TestClient(app, base_url="http://localhost") as other:
        answer = other.get("/report")
        assert answer.text == "<p>a page of the build</p>"
        assert answer.headers["content-security-policy"] == "frame-ancestors 'none'"
        assert 'href="/report"' in other.get("/", headers=HTML).text


def test_small_things(client: TestClient) -> None:
    assert "Disallow: /sparql" in client.get("/robots.txt").text
    assert client.get("/static/site.css").headers["content-type"].startswith("text/css")
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg+xml")
