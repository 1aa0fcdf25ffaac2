"""What the documentation shows is what happens: every block of code is run, page by page, on the sample graph.

- ``console``: each line that begins with ``$ kg`` is run, and prints what stands below it, or as much of it as stands
  before a line of ``…``.
- ``python``: a session is a doctest, other code just runs; the blocks of a page share their names.
- ``sparql``: it is asked, and answers.
- A block of any language with a ``title="name"`` is a file: it is written to that name, where later blocks find it.
- A block below a line ``<!-- not run: why -->`` is not run. :data:`NOT_RUN` says how many there may be.
"""

from __future__ import annotations

import doctest
import io
import json
import re
import shlex
import shutil
import sys
import textwrap
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import kg
from kg.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.relative_to(ROOT) for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(
    r"^(?:<!-- not run: (?P<why>.+?) -->\n+)?"
    r"(?P<indent> *)```(?P<language>\w*)(?P<rest>[^\n]*)\n(?P<body>.*?)^(?P=indent)```",
    re.MULTILINE | re.DOTALL,
)
NAMED = re.compile(r"`kg ([a-z]+)\b")
DATA = {"text", "diff", "turtle", "json", "tsv", "toml", "cypher"}
NOT_RUN = {"docs/howto/export.md": 1, "docs/howto/fetch.md": 2, "docs/questions.md": 6, "docs/serve.md": 6}
"""How many blocks of a page may be left alone: servers, large graphs, other people's programs."""
NOT_OURS = {"make", "pip"}


class Block(NamedTuple):
    language: str
    title: str | None
    body: str
    why: str | None


def blocks(page: Path) -> list[Block]:
    found = BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))
    return [Block(m["language"], title(m["rest"]), textwrap.dedent(m["body"]), m["why"]) for m in found]


def title(rest: str) -> str | None:
    named = re.search(r'title="([\w./-]+)"', rest)
    return named[1] if named else None


ALL = {page: blocks(page) for page in PAGES}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which ``output/`` holds what ``kg demo`` writes, with papers of several formats beside it."""
    folder = tmp_path_factory.mktemp("sample")
    assert run_kg(folder, "kg demo -o output").returncode == 0
    first, second, third, *_ = (ROOT / "kg" / "data" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    (folder / "papers.jsonl").write_text(f"{first}\n{second}\n")
    (folder / "saved-pages").mkdir()
    (folder / "saved-pages" / "page.jsonl").write_text(f"{second}\n")
    entry = json.loads(third)
    (folder / "library.bib").write_text(f"@misc{{a, title={{{entry['title']}}}, abstract={{{entry['abstract']}}}}}\n")
    return folder


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run_kg(folder: Path, command: str) -> Done:
    """Run the command in this process: what it loads is loaded once."""
    name, *_ = argv = shlex.split(command)
    assert name == "kg"
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr(sys, "argv", argv)
        for variable, value in {"NO_COLOR": "1", "COLUMNS": "120", "TERM": "dumb"}.items():
            patch.setenv(variable, value)
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def sessions(body: str) -> list[tuple[str, str]]:
    """Split a console block into (command, output shown); a line that ends in a backslash goes on."""
    whole = body.replace("\\\n", " ")
    return [
        (part.partition("\n")[0], part.partition("\n")[2]) for part in re.split(r"^\$ ", whole, flags=re.MULTILINE)[1:]
    ]


def normal(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def run_console(body: str, folder: Path) -> None:
    for command, shown in sessions(body):
        if command.split()[0] in NOT_OURS:
            continue
        done = run_kg(folder, command.partition("  # ")[0])
        assert done.returncode == 0, f"{command}: {done.stderr}"
        lines = normal(shown)
        cut = lines.index("…") if "…" in lines else len(lines)
        assert normal(done.stdout)[:cut] == lines[:cut], command


def run_python(body: str, names: dict[str, Any]) -> None:
    if ">>> " not in body:
        exec(compile(body, "<block>", "exec"), names)  # noqa: S102 - it is our own page
        return
    test = doctest.DocTestParser().get_doctest(body, names, "page", "page.md", 0)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    report: list[str] = []
    failed = doctest.DocTestRunner(optionflags=flags).run(test, out=report.append, clear_globs=False).failed
    names.update(test.globs)
    assert failed == 0, "".join(report)


@pytest.mark.parametrize("page", [page for page in PAGES if ALL[page]], ids=str)
def test_the_blocks_of_a_page_run(page: Path, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(sample, folder)
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(folder)
    names: dict[str, Any] = {"__name__": "page"}
    for block in ALL[page]:
        if block.title:
            (folder / block.title).write_text(block.body, encoding="utf-8")
        elif block.why is None and block.language == "console":
            run_console(block.body, folder)
        elif block.why is None and block.language == "python":
            run_python(block.body, names)
        elif block.why is None and block.language == "sparql":
            assert kg.load(folder / "output").query(block.body) is not None


def test_every_block_is_of_a_language_that_is_run_or_is_data() -> None:
    known = {"console", "python", "sparql"} | DATA
    odd = [(str(page), b.language) for page in PAGES for b in ALL[page] if b.language not in known and not b.title]
    assert not odd, "call it console or python, and it is run; or text"


def test_few_blocks_are_not_run() -> None:
    left_out = {str(page): sum(block.why is not None for block in ALL[page]) for page in PAGES}
    assert {page: count for page, count in left_out.items() if count} == NOT_RUN


def test_console_and_python_are_shown() -> None:
    languages = [block.language for block in ALL[Path("README.md")]]
    assert languages.count("console") >= 5
    assert languages.count("python") >= 2


def test_commands_that_are_named_are_there() -> None:
    there = {command.__name__.rstrip("_") for command in COMMANDS}
    named = {(str(page), name) for page in PAGES for name in NAMED.findall((ROOT / page).read_text(encoding="utf-8"))}
    assert {(page, name) for page, name in named if name not in there} == set()
    assert len(named) > 30


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_lead_somewhere(page: Path) -> None:
    made = re.compile(r"reference/[\w.]+\.md$")
    for target in re.findall(r"\]\(([^)#\s]+)", (ROOT / page).read_text(encoding="utf-8")):
        if "://" not in target and not made.search(target):
            assert (ROOT / page.parent / target).exists(), target
