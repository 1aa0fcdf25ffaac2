"""What the site has that no page of docs/ holds: generated pages, and files of the repository that pages link to.

MkDocs calls these functions (https://www.mkdocs.org/dev-guide/plugins/#events) as mkdocs.yml tells it to.
"""

from __future__ import annotations

import importlib
import posixpath
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from build import build
from mkdocs.structure.files import File
from typer.cli import get_docs_for_click

from kg.cli import app

if TYPE_CHECKING:
    from types import ModuleType

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
OUTSIDE = ("CONTRIBUTING.md", "CHANGELOG.md", "output/README.md")
"""Pages that stand elsewhere in the repository."""
ROOMS = (
    *("kg", "kg.analyze", "kg.graph", "kg.types", "kg.papers", "kg.extract", "kg.resolve", "kg.rdf", "kg.export"),
    *("kg.view", "kg.serve", "kg.fetch", "kg.errors"),
)
"""Modules with a page of reference each, of all that is public in them."""

_LINK = re.compile(r"\]\(([^)#\s:]+)(#[^)\s]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are generated, those that stand elsewhere, and what any of them links to."""
    made = {f"reference/{room}.md": reference(room) for room in ROOMS}
    made |= {"reference/commands.md": commands(), "terms.html": terms()}
    for name, content in made.items():
        files.append(File.generated(config, name, content=content))
    for name in OUTSIDE:
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    for name in sorted(linked(files)):
        files.append(File.generated(config, name, abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead links between docs/ and the rest of the repository to where the site has their target; colour sessions."""
    markdown = markdown.replace("```python\n>>> ", "```pycon\n>>> ")
    return _LINK.sub(lambda link: f"]({_moved(page.file, link[1])}{link[2] or ''})", markdown)


def commands() -> str:
    """Describe every command as its ``--help`` does."""
    command: Any = typer.main.get_command(app)
    for one in command.commands.values():
        one.short_help = one.help.split("\n\n")[0]
    return get_docs_for_click(obj=command, ctx=typer.Context(command), name="kg", title="Commands")


def reference(room: str) -> str:
    """Ask for the docstrings of a module and of all that is public in it."""
    module = importlib.import_module(room)
    named = [_defined(module, name) for name in getattr(module, "__all__", ())]
    named = [name for name in named if name.rpartition(".")[0] not in set(ROOMS) - {room}]
    head = f"# {room}\n\n::: {room}\n" + (
        "    options: {members: false, show_root_toc_entry: false}\n" if named else ""
    )
    options = f"    options: {{show_root_heading: true, inherited_members: {str(room == 'kg').lower()}}}\n"
    return "\n".join([head, *(f"::: {name}\n{options}" for name in named)])


def _defined(module: ModuleType, name: str) -> str:
    """Return the full name of a thing: of a class or function where it is defined, else where it is offered.

    A function often has the name of its module, ``kg.analyze.trends``, and only the longer name is its own.
    """
    found = getattr(module, name)
    known = hasattr(found, "__qualname__") and str(getattr(found, "__module__", "")).startswith("kg")
    return f"{found.__module__}.{found.__qualname__}" if known else f"{module.__name__}.{name}"


def terms() -> str:
    """Make the page with every term of the ontology."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "terms.html"
        build(page)
        return page.read_text(encoding="utf-8")


def linked(files: Files) -> set[str]:
    """Find the files outside docs/ that pages link to."""
    pages = [file for file in files if file.is_documentation_page()]
    found = {_place(file, link[1]) for file in pages for link in _LINK.finditer(file.content_string)}
    return {name for name in found if (ROOT / name).is_file() and files.get_file_from_path(_served(name)) is None}


def _place(file: File, target: str) -> str:
    """Return the path in the repository that a link of a page means."""
    folder = "" if file.src_uri in OUTSIDE else "docs"
    return posixpath.normpath(posixpath.join(folder, posixpath.dirname(file.src_uri), target))


def _served(name: str) -> str:
    """Return the path in the site of a file of the repository: docs/ is its root."""
    return name.removeprefix("docs/")


def _moved(file: File, target: str) -> str:
    name = _place(file, target)
    known = (ROOT / name).is_file()
    return posixpath.relpath(_served(name), posixpath.dirname(file.src_uri) or ".") if known else target
