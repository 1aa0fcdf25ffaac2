"""What the README shows is what happens: its commands and its Python are run on the sample graph."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CONSOLE = [body for language, body in FENCE.findall(README) if language == "console"]
PYTHON = [body for language, body in FENCE.findall(README) if language == "python"]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``output/`` holds what ``kg demo`` writes."""
    folder = tmp_path_factory.mktemp("sample")
    assert run_kg(folder, "kg demo -o output").returncode == 0
    _write_inputs(folder)
    return folder


def _write_inputs(folder: Path) -> None:
    """Put there what the README's own build reads."""
    first, second, third, *_ = (ROOT / "kg" / "data" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "papers.jsonl").write_text(f"{first}\n{second}\n")
    (folder / "saved-pages").mkdir()
    (folder / "saved-pages" / "page.jsonl").write_text(f"{second}\n")
    entry = json.loads(third)
    (folder / "library.bib").write_text(f"@misc{{a, title={{{entry['title']}}}, abstract={{{entry['abstract']}}}}}\n")


def run_kg(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    name, *arguments = shlex.split(command)
    assert name == "kg"
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb"}
    program = [sys.executable, "-c", f"from {main.__module__} import main; main()", *arguments]
    return subprocess.run(program, capture_output=True, text=True, env=plain, cwd=folder, check=False)


def sessions(body: str) -> list[tuple[str, str]]:
    """Split a console block into (command, output shown)."""
    return [
        (part.partition("\n")[0], part.partition("\n")[2]) for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    ]


def normal(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("body", CONSOLE, ids=lambda body: body.splitlines()[0])
def test_commands_of_the_readme(body: str, sample: Path) -> None:
    for command, shown in sessions(body):
        if not command.startswith("kg "):
            continue
        done = run_kg(sample, command)
        assert done.returncode == 0, done.stderr
        lines = normal(shown)
        cut = lines.index("…") if "…" in lines else len(lines)
        assert normal(done.stdout)[:cut] == lines[:cut], command


@pytest.mark.parametrize("body", PYTHON, ids=lambda body: body.splitlines()[0])
def test_python_of_the_readme(body: str, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import doctest

    monkeypatch.chdir(sample)
    test = doctest.DocTestParser().get_doctest(body, {}, "README", "README.md", 0)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.DocTestRunner(optionflags=flags).run(test).failed == 0


def test_the_readme_shows_something() -> None:
    assert CONSOLE
    assert PYTHON


@pytest.mark.parametrize(
    "page", [path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]], ids=str
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", (ROOT / page).read_text(encoding="utf-8")):
        if "://" not in target:
            assert (ROOT / page.parent / target).exists(), target
