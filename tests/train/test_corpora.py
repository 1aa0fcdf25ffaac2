from __future__ import annotations

import gzip
import json
from pathlib import Path

from kg.train.corpora import READERS, Document
from tests.train.invented import BOTH, write


def named(document: Document) -> list[tuple[str, str]]:
    return [(document.text[start:end], kind) for start, end, kind, _ in document.spans]


def test_our_gold(tmp_path: Path) -> None:
    path, _ = write(tmp_path)
    for document, gold in zip(READERS["gold"](path), BOTH, strict=True):
        assert document.spans == tuple(gold.spans())
        assert document.proposed == {entity.key for entity in gold.entities if entity.proposed}


def test_scierc_columns(tmp_path: Path) -> None:
    path = tmp_path / "train.txt"
    path.write_text(
        "-DOCSTART- -X- -X- O\n\nMoss NN _ B-Method\npruning NN _ I-Method\nworks VB _ O\n\nOn IN _ O\n"
        "bark NN _ B-Task\ntrees NN _ B-Task\n\n-DOCSTART- -X- -X- O\n\nNo DT _ O\nbark NN _ I-Task\n"
    )
    first, second = READERS["scierc"](path)
    assert first.text == "Moss pruning works On bark trees"
    assert named(first) == [("Moss pruning", "Method"), ("bark", "Task"), ("trees", "Task")]
    assert named(second) == [("bark", "Task")]


def test_tdmsci_sentences_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "train.conll"
    path.write_text("\n\n".join(f"Score{n}\tB-METRIC\nrises\tO" for n in range(100)) + "\n")
    documents = READERS["tdmsci"](path)
    assert [len(document.text.split()) for document in documents] == [150, 50]
    assert [surface for document in documents for surface, _ in named(document)] == [f"Score{n}" for n in range(100)]


def test_scirex_papers_are_cut_at_sentences(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl.gz"
    words = ["Moss", "pruning", "is", "old", "."] * 100
    row = {
        "words": words,
        "sentences": [[k, k + 5] for k in range(0, 500, 5)],
        "ner": [[k, k + 2, "Method"] for k in range(0, 500, 5)],
    }
    with gzip.open(path, "wt", encoding="utf8") as lines:
        lines.write(json.dumps(row) + "\n")
    documents = READERS["scirex"](path)
    assert [len(document.text.split()) for document in documents] == [300, 200]
    assert [one for document in documents for one in named(document)] == [("Moss pruning", "Method")] * 100


def test_scier_marks_every_occurrence(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    row = {"sentence": "Moss pruning beats Moss.", "ner": [["Moss pruning", "Method"], ["Moss", "Task"]]}
    path.write_text(json.dumps(row))
    (document,) = READERS["scier"](path)
    assert named(document) == [("Moss pruning", "Method"), ("Moss", "Task")]
