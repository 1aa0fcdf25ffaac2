"""The pages of ``kg serve`` in a browser: hostile titles stay text, nothing outside is asked, every width fits."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyarrow as pa
import pytest

from kg.graph import SCHEMAS, Graph, write_tables
from kg.rdf import write_turtle
from kg.serve import Limits, create_app
from kg.view import write_explorer
from tests.browser.test_hostile import HOSTILE
from tests.corpus import FIVE, Annotated, graph_of
from tests.serve.conftest import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
INERT = "Executing inline event handler violates"
"""What Chromium says of markup that a sanitizer parses in a document where nothing can run; see the last test."""

MODELS = "SELECT ?model ?name { ?model a pkg:Model ; skos:prefLabel ?name }"
LINKS = ("javascript:window.__pwned=10", "data:text/html,<script>1</script>", "https://a.b/'\"><x>")


def annotated(number: int, name: str) -> Annotated:
    """A paper that speaks of a hostile name, in a hostile title."""
    text = f"{name} outperforms the plain model by 3 BLEU on PlantVillage. "
    entities = {
        "h": ("Model", name, [name], True),
        "p": ("Model", "plain model", ["plain model"], False),
        "b": ("Metric", "BLEU", ["BLEU"], False),
        "d": ("Dataset", "PlantVillage", ["PlantVillage"], False),
    }
    results = [("h", "b", "d", "3", "<i>%</i>", "gain", "p")]
    return Annotated(f"arxiv:{number:05}", name, text * 2, 2020, entities, [("h", "outperforms", "p")], results)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder in which all that papers say is hostile."""
    named = [name for name in HOSTILE if name[0].isalnum() or name[0] in "<{\"'&"]
    graph = graph_of([*FIVE, *(annotated(number, name[:500]) for number, name in enumerate(named))])
    papers = graph.table("papers").to_pylist()
    for number, paper in enumerate(papers):
        paper |= {"url": LINKS[number % 3], "venue": HOSTILE[3], "authors": [HOSTILE[0]]}
    folder = tmp_path_factory.mktemp("hostile")
    tables = {name: graph.table(name) for name in SCHEMAS} | {"papers": pa.Table.from_pylist(papers, SCHEMAS["papers"])}
    write_tables(tables, folder)
    graph.manifest.write(folder)
    with (folder / "graph.ttl").open("wb") as stream:
        write_turtle(Graph(graph.manifest, tables), stream)
    write_explorer(Graph(graph.manifest, tables), folder / "explorer.html", most_nodes=3)
    return folder


@pytest.fixture(scope="module")
def address(hostile: Path) -> Iterator[str]:
    with running(create_app(hostile, limits=Limits(workers=1, seconds=60))) as found:
        yield found


@contextmanager
def opened(chromium: Browser, address: str, **options: object) -> Iterator[Page]:
    """A page that in the end has asked for nothing elsewhere and has complained of nothing."""
    asked, complaints = [], []
    context = chromium.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert [said for said in complaints if INERT not in said and "GL Driver Message" not in said] == []


def paths(folder: Path) -> list[str]:
    """The pages of all hostile names and papers, and of lists that show them."""
    base = Graph.open(folder).manifest.base
    hostile = "SELECT iri FROM entities WHERE type = 'Model' AND list_contains([a.surface FOR a IN aliases], name)"
    iris = Graph.open(folder).sql(f"{hostile} AND NOT regexp_matches(name, '^[A-Za-z0-9 -]+$')")["iri"]
    papers = [f"/paper/arxiv-{number:05}" for number in range(6)]
    lists = [
        "/model/plain-model",
        "/model/plain-model?papers",
        "/model/plain-model?claim=outperforms:to",
        "/metric/bleu",
    ]
    searches = ["/", "/search", "/search?q=%3Cscript%3E", "/search?q=%22%3E%3Cimg%20src%3Dx%3E"]
    return [*searches, *lists, *papers, *(f"/{iri.removeprefix(base)}" for iri in iris)]


def test_hostile_names_stay_text(chromium: Browser, address: str, hostile: Path) -> None:
    with opened(chromium, address) as page:
        for path in paths(hostile):
            answer = page.goto(address + path)
            assert answer
            assert (answer.status, "script-src" in answer.headers["content-security-policy"]) == (200, False), path
            assert page.evaluate("typeof window.__pwned") == "undefined", path
            assert (
                page.locator("script, main img, main iframe, main i, [onerror], [onload], [onmouseover]").count() == 0
            )
            protocols = page.locator("a[href]").evaluate_all("(links) => links.map((link) => link.protocol)")
            assert set(protocols) <= {"https:", "http:"}, path
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path


def test_hostile_names_are_shown_as_they_are(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.goto(f"{address}/search?q=window.__pwned")
        shown = page.locator("td.name a").all_inner_texts()
        assert HOSTILE[0] in shown
        page.get_by_role("link", name=HOSTILE[0], exact=True).click()
        assert page.locator("h1").inner_text() == HOSTILE[0]
        assert HOSTILE[0] in page.title()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_stays_narrow(chromium: Browser, address: str, scheme: str) -> None:
    with opened(chromium, address, viewport={"width": 390, "height": 800}, color_scheme=scheme) as page:
        for path in ("", "search?q=a", "model/plain-model", "paper/arxiv-00002", "ontology", "query"):
            page.goto(f"{address}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") == 390, path


def test_one_walks_from_the_search_to_the_sentence(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.goto(address)
        page.get_by_role("searchbox").fill("leafnet")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="LeafNet", exact=True).click()
        assert page.get_by_role("heading", name="Used for").is_visible()
        page.get_by_role("link", name="LeafNet: A Vision Transformer").first.click()
        assert page.url.endswith("/paper/arxiv-2101.00001")
        page.locator(".abstract").get_by_role("link", name="PlantVillage").click()
        assert page.locator("h1").inner_text() == "PlantVillage"


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_the_query_page_asks_our_endpoint_and_nobody_else(chromium: Browser, address: str, bypass_csp: bool) -> None:  # noqa: FBT001
    """Hostile results stay text in YASGUI's table by its own doing, and by our policy."""
    with opened(chromium, address, bypass_csp=bypass_csp) as page:
        page.goto(f"{address}/query")
        page.locator("[data-example='most-used']").click()
        page.locator(".yasr_response_chip").get_by_text(re.compile(r"\d+ result")).wait_for()
        page.goto("about:blank")
        page.goto(f"{address}/query#query={quote(MODELS)}&endpoint=https%3A%2F%2Fexample.org%2Fsparql")
        page.locator(".dataTable tbody tr").first.wait_for()
        page.locator(".yasr_response_chip").get_by_text(re.compile(r"\d+ results")).wait_for()
        assert HOSTILE[0] in page.locator(".dataTable").inner_text()
        page.locator(".tableFilter").fill("script")
        page.locator(".dataTable th").nth(2).click()
        assert page.evaluate("typeof window.__pwned") == "undefined"
        assert page.locator(".yasr :is(img, iframe, script, [onerror], [onload])").count() == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_a_result_leads_to_the_page_of_the_thing(chromium: Browser, address: str, width: int) -> None:
    with opened(chromium, address, viewport={"width": width, "height": 800}) as page:
        page.goto(f"{address}/query#query=SELECT%20%3Fset%20%7B%20%3Fset%20a%20pkg%3ADataset%20%7D%20LIMIT%203")
        link = page.locator(".dataTable a.iri").first
        link.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        with page.context.expect_page() as found:
            link.click()
        found.value.wait_for_url(f"{address}/*/*")


def test_the_explorer_may_ask_this_server(chromium: Browser, address: str) -> None:
    asks = "fetch(`${document.querySelector('meta[name=kg-api]').content}neighbourhood?name=LeafNet`)"
    with opened(chromium, address) as page:
        page.goto(f"{address}/explorer")
        assert page.evaluate(f"{asks}.then((answer) => answer.json()).then((told) => told.nodes.name.length)") > 3
        assert page.evaluate("typeof window.__pwned") == "undefined"


def test_the_explorer_fetches_what_its_page_left_out(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.goto(f"{address}/explorer")
        page.wait_for_function("() => performance.getEntriesByName('kg-complete').length > 0")
        counts = page.locator("#legend fieldset:first-of-type .toggle:not([hidden]) small")
        assert sum(map(int, counts.all_inner_texts())) == 3
        page.locator("#panel .begin .go").first.click()
        note = page.locator("#panel .note", has_text="This page holds")
        assert re.search(r"holds \d+ of \d+ facts", note.inner_text())
        assert str(note.get_by_role("link").get_attribute("href")).startswith(f"{address}/")
        page.locator("#search input").fill("birdb")
        page.locator("#search [role=option]", has_text="BirdBERT").click()
        page.wait_for_function("() => document.querySelector('#panel h2')?.innerText === 'BirdBERT'")
        assert page.locator("#trail li").all_inner_texts() == ["Whole map", "BirdBERT"]
        assert "evaluated on" in page.locator("#panel").inner_text()
        assert sum(map(int, counts.all_inner_texts())) > 3
        page.locator("#panel .go", has_text="SongBench").first.click()
        page.get_by_role("button", name="Open its neighbours").click()
        page.wait_for_function("() => document.querySelectorAll('#trail li').length === 3")


def heading_is(page: Page, name: str) -> None:
    page.wait_for_function("(name) => document.querySelector('#panel h2')?.innerText === name", arg=name)


def test_what_the_page_left_out_can_end_a_path_be_linked_to_and_come_first(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.goto(f"{address}/explorer#path=dataset/plantvillage~")
        to = page.get_by_role("combobox", name="To", exact=True)
        to.fill("birdbert")
        to.press("Enter")
        page.wait_for_function("() => location.hash.includes('path=dataset/plantvillage~model/birdbert')")
        assert page.locator("#panel h2").inner_text() == "Shortest path"
        assert not page.locator("#trail").is_visible()

        page.goto("about:blank")
        page.goto(f"{address}/explorer#node=model/birdbert&walk=model/birdbert~dataset/songbench&not=usedFor")
        heading_is(page, "BirdBERT")
        assert page.locator("#trail li").all_inner_texts() == ["Whole map", "BirdBERT", "SongBench"]
        assert "walk=model/birdbert~dataset/songbench" in page.url
        assert "Not on this page" not in page.locator("#toast").inner_text()

        exact = {"iri": "https://w3id.org/paperkg/model/plain-model", "name": "LeafNest", "type": "Model", "papers": 1}
        page.route("**/api/search?*", lambda route: route.fulfill(json={"results": [{**exact, "aliases": []}]}))
        page.locator("#search input").fill("leafnest")
        page.keyboard.press("Enter")  # LeafNet is a guess, and there at once
        heading_is(page, "plain model")


def test_a_server_that_is_gone_is_seen_to_be_gone(chromium: Browser, address: str) -> None:
    with opened(chromium, address) as page:
        page.goto(f"{address}/explorer#node=dataset/plantvillage")
        page.wait_for_function("() => performance.getEntriesByName('kg-complete').length > 0")
        page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
        page.get_by_role("button", name="Walk from here").click()
        page.wait_for_function("() => document.querySelector('#live').innerText.startsWith('PlantVillage opened')")
        assert "the server does not answer" in page.locator("#toast").inner_text()
        assert page.locator("#toast p").is_visible()
