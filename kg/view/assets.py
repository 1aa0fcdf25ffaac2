"""The built scripts and styles of the TypeScript pages, as text; ``hatch_build.py`` makes them from ``kg/view/app``."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.errors import KgError

if TYPE_CHECKING:
    from markupsafe import Markup

from kg.view.safe import inline

Page: TypeAlias = Literal["explorer", "query"]


def built(page: Page, kind: Literal["js", "css", "html"]) -> Markup:
    """Return a part of a page, ready for embedding: its script, its style, or the markup that both expect.

    >>> "id=" in built("explorer", "html")
    True

    Raises:
        KgError: This copy of paperkg was never built; the message says how.
    """
    return inline(built_text(page, kind))


def built_text(page: Page, kind: Literal["js", "css", "html"]) -> str:
    """Return the same as a file of its own.

    Raises:
        KgError: This copy of paperkg was never built; the message says how.
    """
    try:
        return files("kg.view").joinpath("built", f"{page}.{kind}").read_text("utf-8")
    except FileNotFoundError:
        remedy = "run `python hatch_build.py` in the checkout, or install paperkg with pip"
        raise KgError(f"the {page} page was not built into this copy of paperkg: {remedy}") from None
