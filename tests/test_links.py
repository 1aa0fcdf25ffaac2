"""A link is a web link or none."""

from __future__ import annotations

import pytest

from kg.links import paper_link, web_link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://a.b", "java\nscript:x", "data:text/html,x", "file:///etc/passwd",
        "vbscript:x", "//a.b/c", "a.b", "https:///x", "http://", "", None, "https://a.b/\x00", "https://[x",
    ],
)  # fmt: skip
def test_what_is_no_web_link_is_no_link(url: str | None) -> None:
    assert web_link(url) is None


@pytest.mark.parametrize("url", ["https://a.b/c?d=e#f", "http://a.b", "HTTPS://a.b/"])
def test_web_links_stay(url: str) -> None:
    assert web_link(url) == url


@pytest.mark.parametrize(
    ("url", "arxiv", "doi", "link"),
    [
        ("https://e.org/1", "1706.03762", "10.1/x", "https://e.org/1"),
        ("file:///etc/passwd", None, "10.1/x", "https://doi.org/10.1/x"),
        (None, "1706.03762\n", None, None),
        (None, None, None, None),
    ],
)
def test_the_link_of_a_paper(url: str | None, arxiv: str | None, doi: str | None, link: str | None) -> None:
    assert paper_link({"url": url, "arxiv": arxiv, "doi": doi}) == link
