"""The command as a user meets it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.graph import SCHEMAS
from tests.corpus import FIVE

LINES = "".join(json.dumps({"id": one.id, "title": one.title, "abstract": one.abstract}) + "\n" for one in FIVE)


def run(*arguments: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, env=plain, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "papers.jsonl").write_text(LINES)
    done = run("build", folder / "papers.jsonl", "-o", folder / "out")
    assert done.returncode == 0, done.stderr
    assert "5 distinct papers" in done.stderr
    assert done.stdout == ""
    return folder / "out"


def test_help_teaches() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("build", "demo", "extract", "evaluate", "search", "query", "export", "view", "train"):
        assert command in done.stdout
        assert run(command, "--help").returncode == 0
    assert "3 no input could be read" in done.stdout


def test_search(built: Path) -> None:
    (row,) = (json.loads(line) for line in run("search", built, "LeafNet", "--json").stdout.splitlines())
    assert row["name"] == "LeafNet"
    assert "LeafNet" in run("search", built, "leaf").stdout


def test_queries(built: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?p a <https://w3id.org/paperkg/ontology#Paper> }"
    assert json.loads(run("query", built, count, "--format", "json").stdout)["n"] == len(FIVE)
    (built.parent / "q.rq").write_text(count)
    assert run("query", built, built.parent / "q.rq", "--format", "csv").stdout.split() == ["n", "5"]
    assert "leaderboard" in run("query", built, "--list").stdout
    assert run("query", built, "--name", "most-used").returncode == 0


def test_views_and_exports(built: Path) -> None:
    done = run("view", built, "LeafNet", "-o", built.parent / "leafnet.html")
    assert done.stdout.strip() == str(built.parent / "leafnet.html")
    assert run("export", built, "gexf", "-o", built.parent / "g.gexf").returncode == 0


def test_extract_to_a_file_and_to_stdout(built: Path) -> None:
    papers = built.parent / "papers.jsonl"
    assert run("extract", papers, "-o", built.parent / "read.jsonl").returncode == 0
    read = (built.parent / "read.jsonl").read_text()
    assert [json.loads(line)["id"] for line in read.splitlines()] == [one.id for one in FIVE]
    assert run("extract", papers, "-o", "-").stdout == read
    assert run("extract", "-", "-o", "-", stdin=LINES).stdout == read


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.jsonl", b"", "empty"),
        ("photo.jpg", bytes(range(256)) * 40, "photo.jpg"),
        ("broken.jsonl", b'{"title": "t"', "broken.jsonl"),
        ("null.jsonl", b'{"title": "t", "abstract": null}\n', "null"),
        ("huge.jsonl", b'{"title": "t", "abstract": "' + b"word " * 2_000_000 + b'"}\n', "huge.jsonl"),
    ],
)
def test_bad_input_alone(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = run("build", path, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_bad_input_beside_good(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.jsonl").write_text(LINES)
    (tmp_path / "in" / "photo.jpg").write_bytes(bytes(range(256)))
    (tmp_path / "in" / "empty.csv").write_bytes(b"")
    done = run("build", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert done.stderr.count("skipped:") == 2
    assert kg.load(tmp_path / "out").manifest.counts["papers"] == len(FIVE)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("build",), 2),
        (("build", "none.jsonl", "-o", "out"), 3),
        (("search", "no-folder", "x"), 4),
        (("query", "{built}", "SELECT nonsense"), 5),
        (("query", "{built}", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"), 5),
        (("query", "{built}", "--name", "nonsense"), 5),
        (("query", "{built}"), 2),
        (("query", "{built}", "--name", "leaderboard", "--arg", "dataset"), 2),
        (("query", "{built}", "none.rq"), 1),
        (("export", "{built}", "nonsense", "-o", "x"), 1),
        (("view", "{built}", "no such entity"), 1),
        (("build", "x.jsonl", "-o", "out", "--model", "nonsense"), 3),
        (("evaluate", "none.jsonl"), 3),
        (("train", "none.toml"), 1),
    ],
)
def test_errors_are_one_line_and_a_code(arguments: tuple[str, ...], code: int, built: Path, tmp_path: Path) -> None:
    done = run(*(argument.replace("{built}", str(built)) for argument in arguments))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_terminal_tricks_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "e\x1b[31mvil.jsonl"
    path.write_text("nonsense")
    assert "\x1b" not in run("build", path, "-o", tmp_path / "out").stderr


def test_every_table_can_be_exported(built: Path) -> None:
    assert set(SCHEMAS) <= {path.stem for path in built.glob("*.parquet")}
