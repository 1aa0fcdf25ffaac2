"""What is served as it lies there: our style and icon, the pages of the build folder."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, PlainTextResponse, Response

from kg.serve.errors import NotFound
from kg.serve.pages.render import stylesheet
from kg.serve.site import DATA, FILES, site_of

if TYPE_CHECKING:
    from starlette.requests import Request

_KEPT = {"Cache-Control": "max-age=3600"}
OWN_POLICY = {"Content-Security-Policy": "frame-ancestors 'none'"}
"""These pages carry a stricter policy than the server's in themselves, for the scripts within them."""


def site_css(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Send the style of the pages."""
    return Response(stylesheet(), media_type="text/css", headers=_KEPT)


def icon_svg(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Send the icon."""
    icon = files("kg.serve").joinpath("static", "icon.svg").read_bytes()
    return Response(icon, media_type="image/svg+xml", headers=_KEPT)


def robots_txt(request: Request) -> Response:  # noqa: ARG001 - as Starlette calls it
    """Ask robots to leave alone what is work."""
    return PlainTextResponse("User-agent: *\nDisallow: /sparql\nDisallow: /search\nDisallow: /api/\n", headers=_KEPT)


def built_page(request: Request) -> Response:
    """Send a page that the build wrote.

    Raises:
        NotFound: The build folder has no such page.
    """
    site, name = site_of(request), request.url.path.strip("/")
    if name not in site.pages or site.graph.folder is None:
        raise NotFound(f"the build folder has no {FILES[name]}")
    return FileResponse(site.graph.folder / FILES[name], media_type="text/html", headers=OWN_POLICY)


def data_file(request: Request) -> Response:
    """Send a file of the build folder: its description, or one of those that this names.

    Raises:
        NotFound: The build folder has no such file.
    """
    folder, name = site_of(request).graph.folder, request.url.path.strip("/")
    if folder is None or not (folder / name).is_file():
        raise NotFound(f"the build folder has no {name}")
    return FileResponse(folder / name, media_type=DATA[name])
