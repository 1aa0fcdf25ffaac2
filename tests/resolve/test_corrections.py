"""A user's corrections: what they do, and how they fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import CorrectionsError
from kg.resolve import Resolution, beside, read_corrections, resolve
from kg.resolve.corrections import parse
from tests.resolve.made import paper

PAPERS = [
    paper("a", ("GraphMix", "GMix")),
    paper("b", ("GMix",)),
    paper("c", ("graph mixing network",)),
    paper("d", ("leaf net",)),
    paper("e", ("LeafNet",)),
]


def told(*lines: str) -> Resolution:
    return resolve(PAPERS, corrections=parse(lines))


def node(found: Resolution, paper_id: str) -> str:
    return next(found.nodes(read)["e0"].iri for read in PAPERS if read.paper == paper_id)


def test_without_any() -> None:
    found = told()
    assert node(found, "d") == node(found, "e")
    assert node(found, "a") != node(found, "c")


def test_same_joins_whole_nodes() -> None:
    found = told("same\tGMix\tGraphMix", "same\tgraph mixing networks\tGraph-Mix")
    assert node(found, "a") == node(found, "b")
    found = told("same\tGMix\tGraphMix", "same\tgraph mixing networks\tgraphmix")
    assert node(found, "a") == node(found, "b") == node(found, "c")
    rows = [row for row in found.merges if row.evidence == "correction"]
    assert [(row.left, row.right, row.same) for row in rows] == [
        ("gmix", "graphmix", True),
        ("graph mixing network", "graphmix", True),
    ]


def test_different_keeps_apart() -> None:
    found = told("different\tleaf net\tLeafNet")
    assert node(found, "d") != node(found, "e")
    assert ("correction", False) in {(row.evidence, row.same) for row in found.merges}


def test_rename_and_type() -> None:
    found = told("rename\tleafnet\tLeaf-Net", "type\tleaf net\tMethod")
    (leaf,) = (entity for entity in found.entities if entity.iri == node(found, "e"))
    assert (leaf.name, leaf.type) == ("Leaf-Net", "Method")
    assert leaf.iri.endswith("/method/leafnet") or leaf.iri.endswith("/method/leaf-net")


def test_names_that_no_paper_has_do_no_harm() -> None:
    assert (
        told("same\tnobody\tno one", "different\tnobody\tLeafNet", "rename\tnobody\tx", "type\tnobody\tTask") == told()
    )


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["same\tViT"], "line 1: .* write same"),
        (["# fine", "", "equal\tViT\tX"], "line 3"),
        (["type\tViT\tModule"], "line 1: no type 'Module': choose of Task"),
        (["different\tViT\tvits"], "line 1: .* are one name"),
        (["different\ta1\tc1", "same\ta1\tb1", "same\tb1\tc1"], "line 1: .* are made one by other lines"),
        (["rename\tx1\tY", "rename\tX1\tZ"], "line 2: contradicts line 1"),
        (["type\tx1\tTask", "type\tX1\tModel"], "line 2: contradicts line 1"),
    ],
)
def test_errors_name_the_line_and_the_remedy(lines: list[str], says: str) -> None:
    with pytest.raises(CorrectionsError, match=says):
        parse(lines)


def test_files(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match="cannot be read"):
        read_corrections(tmp_path / "none.tsv")
    (tmp_path / "corrections.tsv").write_bytes(b"\xff\xfe")
    with pytest.raises(CorrectionsError, match="UTF-8"):
        read_corrections(tmp_path / "corrections.tsv")
    (tmp_path / "corrections.tsv").write_text("\ufeffsame\tA b\tC d\t\n# that is all\n", encoding="utf-8")
    assert read_corrections(tmp_path / "corrections.tsv").same == (("a b", "c d"),)


def test_they_are_found_beside_the_papers(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    papers = tmp_path / "one" / "papers.jsonl"
    assert beside([str(papers), "-"]) is None
    (tmp_path / "one" / "corrections.tsv").write_text("")
    assert beside([str(papers)]) == beside([str(tmp_path / "one")]) == tmp_path / "one" / "corrections.tsv"
    (tmp_path / "two" / "corrections.tsv").write_text("")
    with pytest.raises(CorrectionsError, match="several"):
        beside([str(tmp_path / "one"), str(tmp_path / "two")])
