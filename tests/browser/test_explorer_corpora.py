"""explorer.html of papers as they come: those that paperkg ships, and the saved pages beside the checkout."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from tests.browser.test_explorer import AXE, box, go, heading, ready, saved, scope, violations, walk_of
from tests.conftest import SHARED

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    Opener = Callable[..., Page]

pytestmark = pytest.mark.browser
CORPORA = {
    "sample": Path(kg.__file__).with_name("data") / "sample.jsonl",
    "hf-papers": SHARED / "corpora" / "hf-papers",
}


@pytest.mark.parametrize("corpus", CORPORA)
def test_real_papers_can_be_searched_walked_filtered_and_saved(corpus: str, open_page: Opener, tmp_path: Path) -> None:
    if not CORPORA[corpus].exists():
        pytest.skip(f"needs the real input in {CORPORA[corpus]}")
    graph = kg.build([CORPORA[corpus]], tmp_path / "out")
    count = len(graph.table("entities"))
    page = ready(open_page((tmp_path / "out" / "explorer.html").read_text(encoding="utf-8")))
    assert f"{count:,} of {count:,} entities" in scope(page)

    page.keyboard.press("Control+k")
    page.keyboard.type("vision transfrmer")
    page.keyboard.press("Enter")
    assert heading(page) == "Vision Transformer"
    assert page.locator("#panel blockquote, #panel .facts p").count() > 0
    page.get_by_role("button", name="Walk from here").click()
    assert walk_of(page) == ["Whole map", "Vision Transformer"]
    page.get_by_role("button", name="Undo").click()

    go(page, "path=model/bert~dataset/imagenet-1k")
    assert heading(page) == "Shortest path"
    go(page, "")
    box(page, "Models").uncheck()
    assert f"{count:,} of" not in scope(page)
    box(page, "Models").check()

    facts = list(csv.DictReader(io.StringIO(saved(page, "Facts (CSV)").decode())))
    assert {"Vision Transformer", "variant of", "Transformer"} <= {cell for row in facts for cell in row.values()}
    page.evaluate(AXE.read_text("utf-8"))
    for state in ("", "node=model/vision-transformer", "view=entities", "view=facts", "view=boards"):
        go(page, state)
        assert violations(page) == [], state
