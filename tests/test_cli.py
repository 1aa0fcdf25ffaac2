"""The command as a user meets it: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

import kg
from kg.building.lock import locked
from kg.export import FOLDERS, WRITERS
from kg.graph import SCHEMAS, Graph, write_tables
from kg.rdf import TOPICS, named_queries
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
    for command in (
        "build",
        "demo",
        "extract",
        "evaluate",
        "search",
        "query",
        "leaderboard",
        "card",
        "claims",
        "neighbours",
        "evidence",
        "mcp",
        "export",
        "view",
        "train",
    ):
        assert command in done.stdout
        assert run(command, "--help").returncode == 0
    assert "3 no input could be read" in done.stdout


def test_search(built: Path) -> None:
    (row,) = (json.loads(line) for line in run("search", built, "LeafNet", "--json").stdout.splitlines())
    assert row["name"] == "LeafNet"
    assert "LeafNet" in run("search", built, "leaf").stdout


def test_iris_that_are_shown_are_taken(five_folder: Path) -> None:
    assert "kg:model/leafnet" in run("search", five_folder, " LeafNet ").stdout
    assert "LeafNet: has part" in run("card", five_folder, "kg:model/leafnet").stdout


def test_queries(built: Path) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?p a <https://w3id.org/paperkg/ontology#Paper> }"
    assert json.loads(run("query", built, count, "--format", "json").stdout)["n"] == len(FIVE)
    (built.parent / "q.rq").write_text(count)
    assert run("query", built, built.parent / "q.rq", "--format", "csv").stdout.split() == ["n", "5"]
    assert run("query", built, "--name", "most-used").returncode == 0
    assert len(run("query", built, "--name", "most-used", "--limit", 2, "--json").stdout.splitlines()) == 2
    assert run("query", built, "ASK {}", "--format", "csv").stdout.split() == ["answer", "true"]
    named = "SELECT ?name ?s { ?s skos:prefLabel ?name }"
    assert "model/leafnet" in run("query", built, named, "--arg", "name=LeafNet", "--format", "csv").stdout


TELLING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
import kg.rdf.sparql as sparql
made = sparql.open_store
def telling(graph):
    store = made(graph)
    print("asking", flush=True)
    return store
sparql.open_store = telling
from kg.cli import main
main()
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
@pytest.mark.parametrize("form", ["table", "tsv"])
def test_a_query_is_stopped_by_an_interrupt(form: str, five_folder: Path) -> None:
    command = [sys.executable, "-c", TELLING, "query", str(five_folder), ENDLESS, "--format", form]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        try:
            assert asking.stdout.readline() == "asking\n"
            asking.send_signal(signal.SIGINT)
            assert asking.wait(60) == 130
        finally:
            asking.kill()


def test_named_queries_are_listed_and_shown(built: Path) -> None:
    listed = run("query", "--list").stdout
    assert [line for line in listed.splitlines() if line in TOPICS] == list(TOPICS)
    assert "[metric=…]" in listed
    described = [json.loads(line) for line in run("query", "--list", "--json").stdout.splitlines()]
    assert {one["name"] for one in described} == set(named_queries())
    assert described[0]["arguments"][0].keys() == {"name", "required", "example", "description"}
    assert run("query", "--name", "lineage", "--show").stdout == named_queries()["lineage"].text
    bound = run("query", "--name", "lineage", "--show", "--arg", "entity=LeafNet").stdout
    assert 'VALUES ?entity { "leafnet" }' in bound
    (built.parent / "bound.rq").write_text(bound)
    assert "vision-transformer" in run("query", built, built.parent / "bound.rq", "--format", "tsv").stdout
    made = "CONSTRUCT { ?s a pkg:Seen } WHERE { ?s a pkg:Dataset }"
    assert run("query", built, made, "--format", "ntriples").stdout.count("Seen") == 3


def test_leaderboard(five_folder: Path) -> None:
    done = run("leaderboard", five_folder, "songbench")
    assert done.stdout.startswith("F1 on SongBench (higher is better)\nsubject")
    assert done.stdout.index("75.2") < done.stdout.index("gains, reductions and factors") < done.stdout.index("3.1 F1")
    rows = [json.loads(line) for line in run("leaderboard", five_folder, "SongBench", "--json").stdout.splitlines()]
    assert [(row["value"], row["kind"]) for row in rows] == [("75.2", "absolute"), ("71", "absolute"), ("3.1", "gain")]
    assert run("leaderboard", five_folder, "SongBench", "--metric", "f1", "--limit", "1").stdout.count("title:") == 1
    empty = run("leaderboard", five_folder, "AviCorpus")
    assert (empty.returncode, empty.stdout, empty.stderr) == (0, "", "no figures are reported on AviCorpus\n")


def test_claims(five_folder: Path) -> None:
    shown = run("claims", five_folder, "BirdBERT").stdout
    assert "BirdBERT: outperforms\nother" in shown
    assert "it gains 3.1 F1 over BERT." in shown
    said = json.loads(run("claims", five_folder, "BirdBERT", "--json").stdout)
    assert (said["name"], len(said["claims"]), len(said["results"])) == ("BirdBERT", 7, 1)


def test_a_card(five_folder: Path) -> None:
    shown = run("card", five_folder, "LeafNet", "--limit", "1").stdout
    assert "LeafNet: has part (1 of 2)" in shown
    assert "LeafNet: papers by year" in shown
    assert json.loads(run("card", five_folder, "LeafNet", "--json").stdout)["others"]["has part"] == 2


def test_neighbours(five_folder: Path) -> None:
    shown = run("neighbours", five_folder, "BERT", "--type", "Model", "--hops", "2").stdout
    assert "around BERT\nname" in shown
    assert "BirdBERT" in shown
    assert "relations among them\nhead" in shown
    found = json.loads(run("neighbours", five_folder, "LeafNet", "--limit", "2", "--json").stdout)
    assert (len(found["nodes"]), found["more_nodes"]) == (3, 5)
    nothing = run("neighbours", five_folder, "LeafNet", "--min-confidence", "1")
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "nothing is around LeafNet\n")


def test_evidence(five_folder: Path) -> None:
    edge = ("window attention", "partOf", "LeafNet")
    assert "We propose LeafNet, a ViT with window attention." in run("evidence", five_folder, *edge).stdout
    (row,) = run("evidence", five_folder, *edge, "--limit", "1", "--json").stdout.splitlines()
    assert json.loads(row)["spans"]
    nothing = run("evidence", five_folder, "LeafNet", "partOf", "BERT")
    assert (nothing.returncode, nothing.stderr) == (0, "no paper states that LeafNet partOf BERT\n")


def test_sentences_are_no_markup(five: Graph, tmp_path: Path) -> None:
    papers = five.table("papers").to_pylist()
    for paper in papers:
        paper["abstract"] = paper["abstract"].replace("top-1", "[b]\x1b1").replace("LeafNet", "[red]Le")
    tables = {name: five.table(name) for name in SCHEMAS} | {"papers": pa.Table.from_pylist(papers, SCHEMAS["papers"])}
    write_tables(tables, tmp_path)
    five.manifest.write(tmp_path)
    for command in (("leaderboard", "PlantVillage"), ("claims", "LeafNet")):
        shown = run(command[0], tmp_path, command[1]).stdout
        assert "[red]Le" in shown
        assert "\x1b" not in shown


def test_the_least_confidence_by_kind(built: Path) -> None:
    papers = built.parent / "papers.jsonl"
    done = run("extract", papers, "-o", "-", "--min-confidence", "Model=1", "--min-confidence", "result=1")
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert {entity["type"] for one in read for entity in one["entities"]} >= {"Task", "Dataset"}
    assert all(m["confidence"] == 1 for one in read for m in one["mentions"] if m["type"] == "Model")
    assert all(result["confidence"] == 1 for one in read for result in one["results"])
    wrong = run("extract", papers, "-o", "-", "--min-confidence", "outperform=0.7")
    assert wrong.returncode == 2
    assert "outperforms has" in " ".join(wrong.stderr.replace("│", " ").split())


def test_views_and_exports(built: Path) -> None:
    done = run("view", built, "LeafNet", "-o", built.parent / "leafnet.html")
    assert done.stdout.strip() == str(built.parent / "leafnet.html")
    assert run("export", built, "gexf", "-o", built.parent / "g.gexf").returncode == 0


def test_the_help_of_export_names_every_format() -> None:
    told = run("export", "--help").stdout
    assert [name for name in WRITERS if name not in told] == []


@pytest.mark.parametrize("kind", WRITERS)
def test_exports_of_one_file_go_to_stdout(kind: str, five_folder: Path, tmp_path: Path) -> None:
    done = run("export", five_folder, kind, "-o", "-")
    if kind in FOLDERS:
        assert (done.returncode, done.stdout) == (1, "")
        assert "is several files: name a folder" in done.stderr
    else:
        assert run("export", five_folder, kind, "-o", tmp_path / "graph").returncode == 0
        assert done.stdout.encode() == (tmp_path / "graph").read_bytes()
    assert not Path("-").exists()


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


def test_a_graph_is_added_to_and_taken_from(tmp_path: Path) -> None:
    papers = [tmp_path / f"{number}.jsonl" for number in range(2)]
    for number, path in enumerate(papers):
        path.write_text("".join(LINES.splitlines(keepends=True)[number::2]))
    assert run("build", papers[0], "-o", tmp_path / "out").returncode == 0
    added = run("add", papers[1], "-o", tmp_path / "out")
    assert (added.returncode, added.stdout) == (0, "")
    assert "2 texts read, 3 known from the folder" in added.stderr
    assert "papers: 2 added" in added.stderr
    assert "nothing has changed" in run("add", papers[1], "-o", tmp_path / "out").stderr
    assert "papers: 1 removed" in run("remove", FIVE[0].id, "-o", tmp_path / "out").stderr
    assert run("remove", FIVE[0].id, "-o", tmp_path / "out").returncode == 1
    assert run("doctor", tmp_path / "out").returncode == 0


def test_one_build_at_a_time(built: Path) -> None:
    with locked(built.with_name(".out.work") / "lock", built):
        done = run("build", built.parent / "papers.jsonl", "-o", built)
    assert done.returncode == 8
    assert f"is being built by process {os.getpid()}" in done.stderr
    (built.with_name(".out.work") / "lock").unlink()
    built.with_name(".out.work").rmdir()


def test_amounts_of_memory_and_nothing_to_resume(built: Path) -> None:
    papers = built.parent / "papers.jsonl"
    assert "write 4GB or 500MB" in run("build", papers, "-o", built, "--memory", "lots").stderr
    assert "leave out --resume" in run("build", papers, "-o", built, "--resume").stderr


@pytest.mark.parametrize(("said", "shown"), [("'go on so'", "error: go on so\n"), ("", "error: interrupted\n")])
def test_an_interrupt_says_how_to_go_on(said: str, shown: str) -> None:
    broken = f"import kg\ndef build(*_, **__): raise KeyboardInterrupt({said})\nkg.build = build"
    program = f"{broken}\nfrom kg.cli import main; main()"
    command = [sys.executable, "-c", program, "build", "papers.jsonl", "-o", "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, shown)


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
        (("query", "SELECT * {}"), 2),
        (("query", "--name", "lineage"), 2),
        (("query", "{built}", "--name", "lineage"), 5),
        (("query", "{built}", "--name", "lineage", "--arg", "entity=no such entity"), 1),
        (("query", "{built}", "--name", "proposed-in-year", "--arg", "year=soon"), 5),
        (("query", "{built}", "SELECT * {}", "--format", "nonsense"), 2),
        (("query", "{built}", "SELECT * {}", "--format", "turtle"), 5),
        (("export", "{built}", "nonsense", "-o", "x"), 1),
        (("export", "{built}", "jsonld", "-o", "x", "--context", "not a url"), 1),
        (("import", "none.ttl", "-o", "x"), 4),
        (("serve", "{built}", "--cors", "notanorigin"), 1),
        (("view", "{built}", "no such entity"), 1),
        (("claims", "{built}", "no such entity"), 1),
        (("card", "{built}", "no such entity"), 1),
        (("neighbours", "{built}", "LeafNet", "--type", "Thing"), 1),
        (("neighbours", "{built}", "LeafNet", "--hops", "9"), 2),
        (("evidence", "{built}", "LeafNet", "beats", "BERT"), 1),
        (("leaderboard", "{built}", "no such data set"), 1),
        (("leaderboard", "{built}", "PlantVillage", "--limit", "0"), 2),
        (("build", "x.jsonl", "-o", "out", "--min-confidence", "2"), 2),
        (("build", "x.jsonl", "-o", "out", "--model", "nonsense"), 6),
        (("evaluate", "none.jsonl"), 3),
        (("evaluate", "{papers}"), 3),
        (("fetch", "arxiv", "bert", "-o", "{built}"), 9),
        (("fetch", "arxiv", "bert", "-o", "{built}/none/papers.jsonl"), 9),
        (("fetch", "arxiv", "bert", "-o", "x", "--since", "2025-02-01", "--until", "2025-01-01"), 9),
        (("train", "none.toml"), 1),
    ],
)
def test_errors_are_one_line_and_a_code(arguments: tuple[str, ...], code: int, built: Path, tmp_path: Path) -> None:
    known = {"{built}": str(built), "{papers}": str(built.with_name("papers.jsonl"))}
    for name, path in known.items():
        arguments = tuple(argument.replace(name, path) for argument in arguments)
    done = run(*arguments)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


def test_terminal_tricks_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "e\x1b[31mvil.jsonl"
    path.write_text("nonsense")
    assert "\x1b" not in run("build", path, "-o", tmp_path / "out").stderr


def test_every_table_can_be_exported(built: Path) -> None:
    assert set(SCHEMAS) <= {path.stem for path in built.glob("*.parquet")}
