"""The site builds without a warning, shows all that is public, and asks nothing of the network."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from kg.cli import app

ROOT = Path(__file__).parents[1]
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//|<link\b[^>]*\bhref=["']?(?:https?:)?//"""
)
ROOMS = (
    "kg",
    "kg.analyze",
    "kg.graph",
    "kg.papers",
    "kg.extract",
    "kg.resolve",
    "kg.rdf",
    "kg.export",
    "kg.view",
    "kg.fetch",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_there(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").glob("**/*.md")}
    assert not [page for page in pages if not (site / page).is_file()]
    home = (site / "index.html").read_text(encoding="utf-8")
    assert not [page for page in pages if f'"{page}"' not in home.replace("./", "")], "name it in the nav of mkdocs.yml"


def test_every_command_is_described(site: Path) -> None:
    page = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    commands: Any = typer.main.get_command(app)
    assert [name for name in commands.commands if f'id="kg-{name}"' not in page] == []


@pytest.mark.parametrize("room", ROOMS)
def test_all_that_is_public_is_described(site: Path, room: str) -> None:
    described = "".join(page.read_text(encoding="utf-8") for page in (site / "reference").glob("kg*.html"))
    missing = [
        name for name in importlib.import_module(room).__all__ if not re.search(rf'id="kg\.[\w.]*\b{name}"', described)
    ]
    assert missing == []


def test_nothing_is_fetched(site: Path) -> None:
    for page in site.glob("**/*.html"):
        assert not FETCHED.search(page.read_text(encoding="utf-8")), page
    assert not [path for path in site.glob("**/*.css") if "url(http" in path.read_text(encoding="utf-8")]
