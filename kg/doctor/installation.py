"""paperkg itself: packages, weights, pages, and a place for temporary files."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

from kg.doctor.findings import Finding
from kg.errors import KgError
from kg.extract.batches import Extractor, packed, unpack
from kg.extract.shipped import MODELS
from kg.view.assets import built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAME = "paperkg"
_LEAST_SPACE = 1 << 30
_OLDEST = (3, 11)
_AGAIN = "install paperkg again"
_EXTRAS = ("fetch", "validate", "serve", "mcp", "ray", "train")
_TITLE, _ABSTRACT = "A small BERT", "We prune BERT and test it on GLUE."


def examine_installation() -> Iterator[Finding]:
    """Look for what is missing or does not work; extras that are not installed are harmless."""
    for check in _CHECKS:
        yield from check()


def _python() -> Iterator[Finding]:
    if sys.version_info < _OLDEST:
        yield Finding("python", f"is {sys.version.split()[0]}, and 3.11 is the oldest that will do", "use a newer one")


def _packages() -> Iterator[Finding]:
    try:
        needed = [Requirement(text) for text in requires(_NAME) or ()]
    except PackageNotFoundError:
        yield Finding(_NAME, "is on the path and not installed", "install it with pip", harmless=True)
        return
    for one in needed:
        for extra in ("", *_EXTRAS):
            if _asked_by(one, extra):
                yield from _package(one, extra)


def _asked_by(needed: Requirement, extra: str) -> bool:
    """Tell whether an extra, and not paperkg by itself, asks for a package here; the empty extra is paperkg itself."""
    plain = needed.marker is None or needed.marker.evaluate({"extra": ""})
    return plain if not extra else not plain and needed.marker is not None and needed.marker.evaluate({"extra": extra})


def _package(needed: Requirement, extra: str) -> Iterator[Finding]:
    command = f"pip install '{_NAME}[{extra}]'" if extra else f"pip install '{needed.name}{needed.specifier}'"
    what = f"{needed.name} (extra {extra})" if extra else needed.name
    try:
        found = version(needed.name)
    except PackageNotFoundError:
        yield Finding(what, "is not installed", command, harmless=bool(extra))
        return
    if not needed.specifier.contains(found, prereleases=True):
        yield Finding(what, f"is {found}, and {needed.specifier} is asked for", command, harmless=bool(extra))


def _weights() -> Iterator[Finding]:
    """Let every model read a sentence."""
    for model in MODELS:
        try:
            read = Extractor(model)
            (found,) = read(packed([_TITLE], [_ABSTRACT], read)).column("extraction").to_pylist()
            missing = not unpack(found).mentions
        except (KgError, OSError, ValueError, RuntimeError) as error:
            yield Finding(f"the model {model}", f"cannot read ({error})", _AGAIN)
            continue
        if missing:
            yield Finding(f"the model {model}", "finds no name in a sentence with two", _AGAIN)


def _pages() -> Iterator[Finding]:
    try:
        built("explorer", "js")
    except KgError as error:
        yield Finding("the pages", str(error), _AGAIN)


def _space() -> Iterator[Finding]:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < _LEAST_SPACE:
        wrong = f"has {free / 1e9:.1f} GB left, where sorting may spill"
        yield Finding(folder, wrong, "make room, or set TMPDIR to a larger disk", harmless=True)


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_python, _packages, _weights, _pages, _space)
