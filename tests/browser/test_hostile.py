"""Names and titles that try to be more than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from defusedxml import ElementTree

from kg.view import graph_page, report_page
from tests.browser.test_explorer import html as explorer
from tests.browser.test_explorer import ready
from tests.view.made import TEXT, made, paper, relation

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from kg.graph import Graph

    Opener = Callable[..., Page]

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>window.__pwned = 1</script>",
    "</script><script>window.__pwned = 2</script>",
    "<!--<script>window.__pwned = 3",
    "<img src=x onerror='window.__pwned = 4'>",
    "<svg onload=window.__pwned=5>",
    "\"><iframe srcdoc='<script>parent.__pwned = 6</script>'>",
    "{{ 7 * 7 }}{% raw %}",
    "__proto__",
    "constructor",
    "\u202eevil\u2066 \u0000\u0007\u001b[31m\u2028\u2029",
    "' onmouseover='window.__pwned = 8",
    "javascript:window.__pwned = 9",
    "&lt;b&gt; &amp; <b>bold</b>",
    "x" * 10_000,
    "a\U0001f9ea\u0301 ئەم",
]


@pytest.fixture(scope="module")
def hostile() -> Graph:
    papers = [
        paper(number, title=text, abstract=f"{text} {TEXT}", url=url, arxiv=None)
        for number, (text, url) in enumerate(
            zip(
                HOSTILE,
                ["javascript:window.__pwned=10", "data:text/html,<script>1</script>", "https://a.b/'\"><x>"] * 5,
                strict=True,
            )
        )
    ]
    span = {"start": 0, "end": 20_000}
    names = [(text, "Model") for text in HOSTILE]
    stated = [
        relation(text, "outperforms", HOSTILE[0], number, evidence=[span]) for number, text in enumerate(HOSTILE[1:], 1)
    ]
    mentions = [{"paper": f"arxiv:{n:05}", "entity": f"https://w3id.org/paperkg/x/{t}"} for n, t in enumerate(HOSTILE)]
    return made(names, papers=papers, relations=stated, mentions=mentions)  # type: ignore[arg-type]


def test_hostile_names_stay_text_in_the_graph(open_page: Opener, hostile: Graph) -> None:
    page = open_page(graph_page(hostile))
    for number in range(len(HOSTILE)):
        page.evaluate("(id) => { selectNode(id); view.hovered = id; network.redraw(); }", number)
    for number in range(len(HOSTILE) - 1):
        page.evaluate("(id) => selectEdge(id)", number)
    page.evaluate("setListOpen(true)")
    for typed in ("<", "script", "__proto__", "{{"):
        page.locator("#search").fill(typed)
        assert page.locator("#hits li").count() > 0
    assert_inert(page)


def test_hostile_names_are_shown_as_they_are(open_page: Opener, hostile: Graph) -> None:
    page = open_page(graph_page(hostile))
    page.evaluate("(name) => selectNode(data.entities.findIndex((one) => one.name === name))", HOSTILE[3])
    assert page.locator("#panel h2").inner_text() == HOSTILE[3]
    page.locator("#search").fill("proto")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == "__proto__"


def test_a_page_around_a_hostile_name_has_a_plain_title(open_page: Opener, hostile: Graph) -> None:
    page = open_page(graph_page(hostile, around=HOSTILE[1]))
    assert page.title().startswith("Around </script><script>")
    assert_inert(page)


def test_hostile_names_stay_text_in_the_report(open_page: Opener, hostile: Graph) -> None:
    page = open_page(report_page(hostile))
    assert_inert(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_phone_stays_narrow_with_hostile_names(open_page: Opener, hostile: Graph) -> None:
    page = open_page(graph_page(hostile), viewport={"width": 390, "height": 780})
    page.evaluate("selectNode(data.entities.findIndex((one) => one.name.startsWith('xxx')))")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.evaluate("setListOpen(true)")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_hostile_names_stay_text_in_the_explorer(open_page: Opener, hostile: Graph) -> None:
    page = ready(open_page(explorer(hostile)))
    for name in HOSTILE:
        page.locator("#search input").fill(name[:40])
        page.keyboard.press("Escape")
    for view in ("entities", "facts", "boards", "disputes"):
        page.evaluate("(view) => { location.hash = `#view=${view}`; }", view)
        page.wait_for_selector("#sheet h2")
        assert_inert(page)
    iris = [f"x/{text}" for text in HOSTILE]
    for one, other in zip(iris, [*iris[1:], iris[0]], strict=True):
        for state in ({"node": one}, {"walk": one, "node": one}, {"edge": f"{one}~outperforms~{iris[0]}"}):
            page.evaluate("(state) => { location.hash = `#${new URLSearchParams(state)}`; }", state)
        link = {"view": "compare", "compare": f"{one}~{other}"}
        page.evaluate("(state) => { location.hash = `#${new URLSearchParams(state)}`; }", link)
    assert_inert(page)
    page.evaluate("() => { location.hash = '#view=map'; }")
    page.locator("#tools summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Graph (GEXF)").click()
    ElementTree.parse(str(download.value.path()))


def test_a_phone_stays_narrow_with_hostile_names_in_the_explorer(open_page: Opener, hostile: Graph) -> None:
    page = ready(open_page(explorer(hostile), viewport={"width": 390, "height": 780}))
    for state in ("node=x/__proto__", "view=entities", "view=facts", "view=compare&compare=x/__proto__~x/constructor"):
        page.evaluate("(state) => { location.hash = `#${state}`; }", state)
        page.wait_for_timeout(50)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def assert_inert(page: Page) -> None:
    page.wait_for_timeout(100)
    assert page.evaluate("typeof window.__pwned") == "undefined"
    made = "main img, main iframe, main script, main bdi b, aside img, aside iframe, aside bdi b"
    assert page.locator(f"{made}, [onerror], [onload], [onmouseover]").count() == 0
    hrefs = page.locator("a[href]:not(.skip)").evaluate_all("(links) => links.map((link) => link.protocol)")
    assert set(hrefs) <= {"https:", "http:"}
