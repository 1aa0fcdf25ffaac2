"""report.html in a browser: readable at every width, printable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from kg.view import report_page
from tests.corpus import FIVE, graph_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opener = Callable[..., Page]

pytestmark = pytest.mark.browser


ONE_WORD = re.compile(r"^\s*[A-Za-z]{3,11}\s*$")
LINES = """(cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top))).size;
}"""


@pytest.mark.parametrize("width", [375, 1280])
def test_it_fits_every_width(open_page: Opener, width: int) -> None:
    page = open_page(report_page(graph_of(FIVE)), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("heading", name="Newest results").is_visible()
    assert page.locator("table").first.get_by_role("columnheader").count() == 2
    for quote in page.locator("q").all():
        box: Any = quote.bounding_box()
        assert box["x"] + box["width"] <= width
    for word in page.locator("th, td", has_text=ONE_WORD).all():
        assert word.evaluate(LINES) == 1, word.inner_text()


def test_it_prints(open_page: Opener) -> None:
    pdf = open_page(report_page(graph_of(FIVE))).pdf()
    assert pdf.startswith(b"%PDF")
