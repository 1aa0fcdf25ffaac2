"""The explorer of 10,000 nodes beside graph.html (pyvis) of 1,000, in the same browser with software rendering."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from kg.view import graph_page
from tests.bench.test_speed import show
from tests.browser.conftest import chromium, opening
from tests.browser.test_explorer import html
from tests.view.made import planted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, CDPSession, Page

__all__ = ["chromium"]

RECORD = """() => {
    const told = { frames: [], tasks: [] };
    window.told = told;
    new PerformanceObserver((list) => told.tasks.push(...list.getEntries().map((task) => task.duration)))
        .observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now) => { told.frames.push(now - last); last = now; requestAnimationFrame(frame); };
    requestAnimationFrame(frame);
}"""


STEPS = 40


@dataclass(frozen=True)
class Drag:
    """Milliseconds between frames while the map is dragged, the page's longest task, and its processor time a frame.

    Other work on the machine lengthens the first two, not the third.
    """

    frames: list[float]
    longest: float
    busy: float

    def __str__(self) -> str:
        ordered = sorted(self.frames)
        return (
            f"frames {median(ordered):.0f} ms (95 %: {ordered[int(0.95 * len(ordered))]:.0f} ms), "
            f"longest task {self.longest:.0f} ms, {self.busy:.1f} ms of the page's own thread a frame"
        )


def dragged(page: Page, canvas: str) -> Drag:
    box: Any = page.locator(canvas).first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(RECORD)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = busy(session)
    for step in range(STEPS):
        page.mouse.move(x + 120 * ((step % 20) / 20 - 0.5), y + 2 * step)
    spent = busy(session) - before
    page.mouse.up()
    told = page.evaluate("() => window.told")
    return Drag(told["frames"][2:], max(told["tasks"], default=0.0), spent / len(told["frames"]))


def busy(session: CDPSession) -> float:
    """Milliseconds that the page's own thread has worked since the session began, in processor time."""
    told = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(told["TaskDuration"])


def mark(page: Page, name: str) -> float:
    page.wait_for_function("(name) => performance.getEntriesByName(name).length > 0", arg=name, timeout=120_000)
    return float(page.evaluate("(name) => performance.getEntriesByName(name)[0].startTime", name))


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Any) -> Iterator[Callable[..., Page]]:
    with opening(chromium, tmp_path) as open_:
        open_("<!doctype html><title>to wake the browser</title>")
        yield open_


def test_ten_thousand_nodes_beside_a_pyvis_page_of_a_thousand(open_page: Callable[..., Page]) -> None:
    graph = planted(200, 50, extra=6)
    explorer = html(graph)
    page = open_page(explorer)
    first, ready = mark(page, "kg-drawn"), mark(page, "kg-interactive")
    mark(page, "kg-complete")
    page.wait_for_timeout(1000)
    ours = dragged(page, "#stage")
    print(f"\nexplorer.html, 10,000 nodes, {page.locator('#scope').inner_text()}: {len(explorer) / 1e6:.1f} MB")
    print(f"  interactive {ready:.0f} ms after opening, first frame by {first:.0f} ms; dragged: {ours}")
    other = open_page(graph_page(graph, limit=1000))
    other.wait_for_function("() => typeof network === 'object' && document.querySelector('canvas') !== null")
    opened = float(other.evaluate("() => performance.now()"))
    other.wait_for_timeout(1000)
    theirs = dragged(other, ".vis-network canvas")
    print(f"graph.html (pyvis), 1,000 nodes: drawn {opened:.0f} ms after opening; dragged: {theirs}")
    show(
        "frame time of pyvis with 1,000 nodes / of the explorer with 10,000",
        median(theirs.frames) / median(ours.frames),
    )
    show("thread time a frame: pyvis with 1,000 nodes / the explorer with 10,000", theirs.busy / ours.busy)
    assert ours.longest < 200 or ours.longest < theirs.longest


def test_the_page_of_a_build(open_page: Callable[..., Page]) -> None:
    """``KG_BENCH_FOLDER=DIR``: how long its explorer.html takes to open, and to drag."""
    if "KG_BENCH_FOLDER" not in os.environ:
        pytest.skip("name a build folder in KG_BENCH_FOLDER")
    text = Path(os.environ["KG_BENCH_FOLDER"], "explorer.html").read_text(encoding="utf-8")
    page = open_page(text)
    times = {name: round(mark(page, f"kg-{name}")) for name in ("interactive", "drawn", "complete")}
    page.wait_for_timeout(1000)
    drag = dragged(page, "#stage")
    print(
        f"\n{page.locator('#scope').inner_text()}: {len(text) / 1e6:.1f} MB; ms after opening {times}; dragged: {drag}"
    )
    assert times["interactive"] <= times["complete"]
