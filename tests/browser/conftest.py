"""A headless Chromium with the network cut. What a page asks for, or complains of, fails the test that opened it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
)


def find_chromium() -> str:
    """The browser's path; tests skip without one, or fail where ``KG_REQUIRE_BROWSER=1`` asks for it."""
    found = os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    reason = f"needs a browser: none of {', '.join(NAMES)} on the path, and KG_CHROMIUM names none"
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser, for as long as these tests last: while it is open, Playwright keeps an event loop that runs."""
    path = find_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did besides showing itself."""

    own: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        if route.request.url == self.own:
            route.continue_()
        else:
            self.asked.append(route.request.url)
            route.abort()

    def dialog(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


@contextmanager
def opening(chromium: Browser, folder: Path) -> Iterator[Callable[..., Page]]:
    """A function that opens a page from its text in a context of its own; in the end all must have been content."""
    opened: list[tuple[Any, Watch]] = []

    def open_(text: str, **options: Any) -> Page:
        file = folder / f"page{len(opened)}.html"
        file.write_bytes(text.encode())
        watch = Watch(file.as_uri())
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(10_000)
        context.route("**/*", watch.route)
        opened.append((context, watch))
        page = context.new_page()
        page.on("console", watch.console)
        page.on("pageerror", lambda error: watch.complaints.append(str(error)))
        page.on("dialog", watch.dialog)
        page.goto(watch.own)
        return page

    yield open_
    for context, watch in opened:
        context.close()
        assert watch.asked == [], "the page asked for something"
        assert watch.complaints == []


@pytest.fixture
def open_page(chromium: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page from its text; in the end it must have asked for nothing and be content."""
    with opening(chromium, tmp_path) as open_:
        yield open_
