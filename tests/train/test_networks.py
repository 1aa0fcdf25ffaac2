"""Training end to end in miniature, on the CPU: the stages fit together, and what they export is read at run time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.train.decode import best_tags, spans
from kg.train.vocabulary import learn
from tests.train.test_train import gold_lines

SPECIAL = 5


def test_a_vocabulary_spells_its_words() -> None:
    from kg.extract.words import Pieces

    counts = {"transformer": 9, "transformers": 7, "former": 3, "BERT": 4}
    pieces = learn(counts, 60, least_character=1)
    split = Pieces({piece: number for number, piece in enumerate(pieces)})
    assert all(min(split(word)) >= SPECIAL for word in counts)
    assert len(split("transformer")) < len("transformer")


def test_best_tags_are_legal() -> None:
    import numpy as np

    draw = np.random.default_rng(1)
    tags = best_tags(np.log(draw.dirichlet(np.ones(11), size=(20, 30)).astype(np.float32)))
    for row in tags:
        for before, tag in zip([0, *row], row, strict=False):
            assert tag % 2 == 1 or tag == 0 or before in {tag, tag - 1}
        assert all(row[start] % 2 == 1 for start, _, _ in spans(row))


def test_finetune_export_and_read(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="training needs torch: pip install 'paperkg[train]'")
    pytest.importorskip("onnx", reason="export needs onnx: pip install 'paperkg[train]'")
    from kg.extract.network import Network
    from kg.train import export, finetune, weights
    from kg.train.encoder import Encoder, Restorer, Size
    from kg.train.student import Student, StudentSize

    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(line) + "\n" for line in gold_lines()))
    words = {word: 9 for line in gold_lines() for word in str(line["abstract"]).split()}
    vocabulary = tmp_path / "vocabulary.txt"
    vocabulary.write_text("".join(f"{piece}\n" for piece in learn(words, 300, least_character=1)))
    pieces = len(vocabulary.read_text().splitlines())
    torch.manual_seed(1)
    weights.save(Restorer(Encoder(Size(pieces, layers=1))).state_dict(), tmp_path / "start")
    paths = {"vocabulary": str(vocabulary), "start": str(tmp_path / "start"), "out": str(tmp_path)}
    finetune.run({
        "name": "tiny", "gold": [str(gold)], "save": True, "device": "cpu", "paths": paths,
        "options": {"layers": 1, "epochs": 1, "size": 2}, "predict": {"same": str(gold)},
    })  # fmt: skip
    assert (tmp_path / "tiny.same.npz").exists()
    weights.save(Student(StudentSize(pieces, width=32, blocks="ca", pairs=64)).state_dict(), tmp_path / "student")
    assert weights.load(tmp_path / "tiny.small").keys() == weights.load(tmp_path / "tiny").keys()
    tagger = finetune.build(weights.load(tmp_path / "tiny"), finetune.Options(layers=1), {})
    export.export(tagger, tmp_path / "network.onnx")
    reading = Network(tmp_path / "network.onnx", vocabulary).read("A title\nWe propose BERT.")
    assert reading.tags.shape == (len(reading.encoded.firsts), 11)
    assert reading.tags.sum(1) == pytest.approx(1, abs=1e-3)
