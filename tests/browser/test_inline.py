"""graph.view() as a notebook shows it: a frame in somebody else's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.view import graph_view
from tests.corpus import FIVE, graph_of
from tests.view.made import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from kg.view import View

    Opener = Callable[..., Page]

pytestmark = pytest.mark.browser


def notebook(view: View) -> str:
    return f"<!doctype html><title>notebook</title><h1>Out[1]:</h1>{view._repr_html_()}"


def test_the_graph_is_drawn_and_answers_in_its_frame(open_page: Opener) -> None:
    page = open_page(notebook(graph_view(graph_of(FIVE), around="LeafNet", hops=1)))
    frame = page.frame_locator("iframe")
    assert frame.locator("#panel h2").inner_text() == "LeafNet"
    frame.locator("#search").fill("plantv")
    frame.locator("#search").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "PlantVillage"
    assert page.locator("iframe").bounding_box()["height"] == 622  # type: ignore[index]


def test_the_frame_cannot_reach_the_notebook(open_page: Opener) -> None:
    name = "\"><script>parent.__pwned = 1</script><img src=x onerror='parent.__pwned = 2'>"
    page = open_page(notebook(graph_view(made([(name, "Model"), ("b", "Model")], [(name, "outperforms", "b")]))))
    frame = page.frames[1]
    frame.wait_for_selector("#panel .go")
    assert frame.evaluate("(() => { try { return parent.document.title } catch (error) { return error.name } })()") == (
        "SecurityError"
    )
    assert page.evaluate("typeof window.__pwned") == "undefined"
    assert page.title() == "notebook"
