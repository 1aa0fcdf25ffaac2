from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from kg.errors import PaperFormatError
from kg.papers import read
from kg.train.gold import Gold
from kg.train.standoff import attach, detach, join, read_standoff
from tests.train.test_train import gold_lines

GOLDS = [msgspec.convert(line, Gold) for line in gold_lines()]
ADDED = Path(__file__).parents[2] / "kg" / "train" / "annotations" / "added.jsonl"


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.id)
def test_text_comes_back(gold: Gold) -> None:
    again = attach(detach(gold), gold.title, gold.abstract)
    assert again.spans() == gold.spans()
    assert (again.relations, again.results) == (gold.relations, gold.results)


def test_another_text_is_refused() -> None:
    with pytest.raises(PaperFormatError, match="not the text"):
        attach(detach(GOLDS[0]), GOLDS[0].title, GOLDS[0].abstract + " ")


def test_join_finds_texts_by_id(tmp_path: Path) -> None:
    corpus, annotations = tmp_path / "corpus.jsonl", tmp_path / "a.jsonl"
    corpus.write_text(
        "".join(json.dumps({k: line[k] for k in ("id", "title", "abstract")}) + "\n" for line in gold_lines())
    )
    annotations.write_bytes(b"".join(msgspec.json.encode(detach(gold)) + b"\n" for gold in GOLDS))
    joined = join(annotations, read([corpus]))
    assert {gold.id: gold.spans() for gold in joined} == {gold.id: gold.spans() for gold in GOLDS}
    corpus.write_text(json.dumps({"id": "other", "title": "t", "abstract": "b"}) + "\n")
    with pytest.raises(PaperFormatError, match=f"{len(GOLDS)} texts"):
        join(annotations, read([corpus]))


def test_the_added_annotations_hold_no_text() -> None:
    rows = list(read_standoff(ADDED))
    assert len(rows) >= 200
    for row in rows:
        keys = {entity.key for entity in row.entities}
        assert all(entity.spans and entity.name for entity in row.entities)
        assert all({head, tail} <= keys for head, _, tail in row.relations)
        assert max((len(entity.name.split()) for entity in row.entities), default=0) < 15


def test_the_added_annotations_fit_the_corpora(shared: Path) -> None:
    joined = join(ADDED, read([str(path) for path in sorted((shared / "corpora").glob("*.jsonl.gz"))]))
    assert len(joined) == len(list(read_standoff(ADDED)))
    for gold, standoff in zip(joined, sorted(read_standoff(ADDED), key=lambda row: row.id), strict=True):
        assert detach(gold).entities == standoff.entities
