from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from kg.errors import KgError
from kg.view import View, graph_page, graph_view
from tests.view.made import made

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph


class Frame(HTMLParser):
    """The tags of a fragment."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def frame(view: View) -> dict[str, str | None]:
    """The attributes of the one tag that a notebook is handed."""
    ((tag, attributes),) = Frame(view._repr_html_()).tags
    assert tag == "iframe"
    return attributes


def test_a_notebook_is_handed_the_whole_page_in_a_frame_without_an_origin(five: Graph) -> None:
    attributes = frame(graph_view(five, around="birdbert", hops=1))
    assert attributes["srcdoc"] == graph_page(five, around="birdbert", hops=1)
    assert attributes["title"] == "Around BirdBERT"
    assert "allow-same-origin" not in str(attributes["sandbox"])
    assert "src" not in attributes


def test_a_hostile_title_stays_in_its_attribute() -> None:
    name = "\"><script>alert(1)</script><iframe srcdoc='"
    attributes = frame(graph_view(made([(name, "Model"), ("b", "Model")], [(name, "outperforms", "b")]), around=name))
    assert attributes["title"] == f"Around {name}"


def test_it_saves_what_it_shows(five: Graph, tmp_path: Path) -> None:
    view = graph_view(five)
    assert view.save(tmp_path / "v.html").read_text() == view.html
    assert repr(view) == "<View: What 5 papers say; save(path) writes it, a notebook shows it>"
    with pytest.raises(KgError, match="cannot be written"):
        view.save(tmp_path / "missing" / "v.html")
