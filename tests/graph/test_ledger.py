from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import KgError
from kg.graph import Graph, Manifest, assemble
from kg.graph.ledger import merges, uncertain
from kg.iris import BASE
from kg.resolve import resolve
from kg.types import Paper
from tests.resolve.made import paper
from tests.test_cli import run

READ = [
    paper("p1", ("graph mixing", "GM")),
    paper("p2", ("Gaussian mapping", "GM")),
    paper("p3", ("GM",)),
    paper("p4", ("graph-mixing",)),
    paper("p5", ("finetuning",)),
    paper("p6", ("fine-tuning",)),
]


@pytest.fixture(scope="module")
def graph() -> Graph:
    papers = [Paper(read.paper, read.paper, "") for read in READ]
    return Graph(Manifest(1, "0", "", BASE, (), {}, {}, {}), assemble(papers, READ, resolve(READ)))


def test_why_names_were_merged_or_kept_apart(graph: Graph) -> None:
    found = {(row["left"], row["right"], row["same"], row["evidence"]) for row in merges(graph, "fine-tuning")}
    assert ("fine tuning", "finetuning", True, "spelling") in found | {(b, a, same, why) for a, b, same, why in found}
    rows = list(merges(graph, "GM"))
    assert {(row["right"], row["same"], row["against"]) for row in rows} >= {("graph mixing", False, "ambiguous")}
    with pytest.raises(KgError, match="no entity"):
        merges(graph, "nobody")


def test_narrow_decisions_come_first(graph: Graph) -> None:
    rows = list(uncertain(graph))
    assert rows
    assert all(row["margin"] < 0.3 for row in rows)
    assert rows[0]["left"] == "gm"


def test_the_command(tmp_path: Path) -> None:
    lines = [
        {"title": "Vision Transformers", "abstract": "We study vision transformers (ViTs)."},
        {"title": "A ViT", "abstract": "It is a ViT."},
    ]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "papers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "in" / "corrections.tsv").write_text("rename\tViT\tVision Transformer (ViT)\n")
    assert run("build", tmp_path / "in", "-o", tmp_path / "out").returncode == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["config"]["corrections"].endswith(
        "corrections.tsv"
    )
    done = run("merges", tmp_path / "out", "ViT", "--json")
    assert done.returncode == 0, done.stderr
    assert {json.loads(line)["left"] for line in done.stdout.splitlines()} >= {"vit"}
    assert "Vision Transformer (ViT)" in run("search", tmp_path / "out", "ViT").stdout
    assert run("merges", tmp_path / "out", "--uncertain").returncode == 0
    assert run("merges", tmp_path / "out").returncode == 2
    (tmp_path / "bad.tsv").write_text("same\tViT\n")
    done = run("build", tmp_path / "in", "-o", tmp_path / "other", "--corrections", tmp_path / "bad.tsv")
    assert (done.returncode, "line 1" in done.stderr, "Traceback" in done.stderr) == (3, True, False)
    assert not (tmp_path / "other").exists()
