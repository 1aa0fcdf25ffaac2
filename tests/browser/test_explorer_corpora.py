"""explorer.html of papers as they come: those that paperkg ships, and the saved pages beside the checkout."""

from __future__ import annotations

import csv
import gzip
import io
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.view.explorer import MOST_NODES
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
    "ai-papers": SHARED / "corpora" / "ai-papers.jsonl.gz",
}
PAPERS = 10_000
"""How many of ai-papers: their graph fills a page, with 10,000 entities of 40,000 and 50,000 relations of 65,000."""


@pytest.fixture(params=CORPORA)
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    corpus = CORPORA[request.param]
    if not corpus.exists():
        pytest.skip(f"needs the real input in {corpus}")
    if corpus.suffix == ".gz":
        with gzip.open(corpus, "rb") as lines:
            corpus = tmp_path / "papers.jsonl"
            corpus.write_bytes(b"".join(islice(lines, PAPERS)))
    kg.build([corpus], tmp_path / "out", jobs=2)
    return tmp_path / "out"


def test_real_papers_can_be_searched_walked_filtered_and_saved(built: Path, open_page: Opener) -> None:
    graph = kg.load(built)
    counts = min(len(graph.table("entities")), MOST_NODES), len(graph.table("entities"))
    whole = "{:,} of {:,} entities".format(*counts)
    page = ready(open_page((built / "explorer.html").read_text(encoding="utf-8")))
    assert whole in scope(page)
    assert ("kg serve" in page.locator("#panel").inner_text()) == (counts[0] < counts[1])

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
    assert whole not in scope(page)
    box(page, "Models").check()

    facts = list(csv.DictReader(io.StringIO(saved(page, "Facts (CSV)").decode())))
    assert {"Vision Transformer", "variant of", "Transformer"} <= {cell for row in facts for cell in row.values()}
    page.evaluate(AXE.read_text("utf-8"))
    for state in ("", "node=model/vision-transformer", "view=entities", "view=facts", "view=boards"):
        go(page, state)
        assert violations(page) == [], state
