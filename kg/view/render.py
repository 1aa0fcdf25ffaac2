"""From data and our own files to the text of a page: Jinja with autoescape, scripts and styles inlined and hashed."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.errors import KgError
from kg.view.assets import built
from kg.view.safe import inline, policy

if TYPE_CHECKING:
    from pathlib import Path

    from markupsafe import Markup

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_OURS = ("data", "theme", "labels", "panel", "search", "legend", "table", "main")


@cache
def _environment() -> Environment:
    loader = PackageLoader("kg.view")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def static(name: str) -> str:
    """Return one of our own scripts or styles, as text.

    >>> "--task" in static("page.css")
    True
    """
    return files("kg.view").joinpath("static", name).read_text("utf-8")


def vis_network() -> Markup:
    """Return the vis-network script that the pyvis package ships, without the pointer to a map that is not there."""
    script = files("pyvis").joinpath(*_VIS.split("/")).read_text("utf-8")
    return inline(script.partition("//# sourceMappingURL")[0])


def graph_html(**data: Any) -> str:
    """Write graph.html."""
    style = inline(static("page.css") + static("graph.css"))
    library, ours = vis_network(), inline("".join(static(f"{name}.js") for name in _OURS))
    rules = policy(scripts=(library, ours), styles=(style,))
    page = _environment().get_template("graph.html.j2")
    return page.render(policy=rules, style=style, library=library, script=ours, **data)


def report_html(**data: Any) -> str:
    """Write report.html: no script at all."""
    style = inline(static("page.css") + static("report.css"))
    return _environment().get_template("report.html.j2").render(policy=policy(styles=(style,)), style=style, **data)


def explorer_html(*, title: str, core: str, detail: str) -> str:
    """Write explorer.html around its data, both parts as :func:`kg.view.safe.packed` made them."""
    script, style, body = built("explorer", "js"), built("explorer", "css"), built("explorer", "html")
    rules = policy(scripts=(script,), styles=(style,))
    page = _environment().get_template("explorer.html.j2")
    return page.render(policy=rules, title=title, style=style, body=body, core=core, detail=detail, script=script)


def write_page(path: Path, text: str) -> None:
    """Write a page.

    Raises:
        KgError: The file cannot be written.
    """
    try:
        path.write_bytes(text.encode())
    except OSError as error:
        raise KgError(f"{path} cannot be written ({error.strerror}): name a file in a folder that exists") from None
