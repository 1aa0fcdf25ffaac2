"""From rows to the text of a page: Jinja with autoescape, one frame around all pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from kg.phrases import PLURALS, amount
from kg.view.safe import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.site import Site


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("kg.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"clean": clean, "count": count}
    made.globals |= {"PLURALS": PLURALS, "amount": amount}
    return made


def count(number: int, one: str, more: str | None = None) -> str:
    """Write a number of things.

    >>> count(1, "paper"), count(1200, "paper"), count(2, "entity", "entities")
    ('1 paper', '1,200 papers', '2 entities')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def page(
    site: Site, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **data: Any
) -> HTMLResponse:
    """Write a page.

    Args:
        site: What is served.
        template: The name of the template, without its endings.
        status: The HTTP status.
        headers: Further headers.
        data: What the template shows.
    """
    frame = {"manifest": site.graph.manifest, "pages": site.pages, "typed": "", "alternates": ()}
    paths = {"path": site.path_of, "paper_path": site.path_of_paper}
    text = _environment().get_template(f"{template}.html.j2").render(frame | paths | data)
    return HTMLResponse(text, status, headers)


@cache
def stylesheet() -> str:
    """Return the style of all pages: the colours and type of the pages of kg.view, and what is peculiar to these."""
    own = files("kg.serve").joinpath("static", "site.css").read_text("utf-8")
    return files("kg.view").joinpath("static", "page.css").read_text("utf-8") + own
