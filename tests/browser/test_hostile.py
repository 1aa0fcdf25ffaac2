"""Names and titles that try to be more than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.view import graph_page, report_page
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


def assert_inert(page: Page) -> None:
    page.wait_for_timeout(100)
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.locator("main img, main iframe, main script, main b, [onerror], [onload], [onmouseover]").count() == 0
    hrefs = page.locator("a[href]").evaluate_all("(links) => links.map((link) => link.protocol)")
    assert set(hrefs) <= {"https:", "http:"}
