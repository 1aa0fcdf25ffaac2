"""The reference page of the ontology opens without a network, jumps to terms, and fits a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_link_of_the_contents_leads_to_the_term(open_page: Callable[..., Page], ontology_page: str) -> None:
    shown = open_page(ontology_page)
    shown.click("#toc >> text=outperformed by")
    assert shown.url.endswith("#outperformedBy")
    box = shown.locator("#outperformedBy").bounding_box()
    assert box is not None
    assert -1 <= box["y"] < 800
    assert shown.title() == "paperkg ontology"


def test_a_narrow_window_needs_no_scrolling_sideways(open_page: Callable[..., Page], ontology_page: str) -> None:
    shown = open_page(ontology_page, viewport={"width": 400, "height": 800})
    assert shown.evaluate("document.documentElement.scrollWidth") <= 400
