"""Training end to end in miniature, on the CPU: the stages fit together, and what they export is read at run time."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.train.decode import best_tags, spans
from kg.train.vocabulary import learn
from tests.train.invented import BOTH, BRIM, PIECES, encoding, write

pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore:.*the trace to", "ignore:Constant folding"
)
SPECIAL = 5
STUDENT: dict[str, Any] = {"width": 32, "blocks": ["c1", "s", "a", "h2"], "inner": 32, "pairs": 64, "hidden": 16}
WITH_TORCH = "training needs it: pip install 'paperkg[train]'"
NAMES = ("BrimNet", "PlainNet", "MossNet", "BarkNet", "LichenNet", "FernNet")


def test_a_vocabulary_spells_its_words() -> None:
    from kg.extract.words import Pieces

    counts = {"transformer": 9, "transformers": 7, "former": 3, "BERT": 4}
    pieces = learn(counts, 60, least_character=1)
    split = Pieces({piece: number for number, piece in enumerate(pieces)})
    assert all(min(split(word)) >= SPECIAL for word in counts)
    assert len(split("transformer")) < len("transformer")


def test_best_tags_are_legal() -> None:
    draw = np.random.default_rng(1)
    tags = best_tags(np.log(draw.dirichlet(np.ones(11), size=(20, 30)).astype(np.float32)))
    for row in tags:
        for before, tag in zip([0, *row], row, strict=False):
            assert tag % 2 == 1 or tag == 0 or before in {tag, tag - 1}
        assert all(row[start] % 2 == 1 for start, _, _ in spans(row))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a tiny encoder was pretrained, fine-tuned on all gold and on half of it."""
    torch = pytest.importorskip("torch", reason=WITH_TORCH)
    from kg.train import finetune, pretrain
    from kg.train.rows import SEPARATOR, save_rows

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("room")
    gold, vocabulary = write(folder)
    texts = [f"{name}: {one.text}" for name in NAMES for one in BOTH]
    (folder / "texts.xz").write_bytes(lzma.compress(SEPARATOR.join([*texts, BRIM.text, "\nOf no title."]).encode()))
    save_rows(texts, PIECES, folder / "rows.npz", workers=1)
    every = {"vocabulary": str(vocabulary), "out": str(folder), "device": "cpu"}
    pretrain.run({
        **every, "name": "mlm", "rows": str(folder / "rows.npz"),
        "shape": {"layers": 2, "width": 32, "heads": 4, "inner": 64},
        "stage": {"seconds": 0.5, "rows": 2, "length": 32, "warm": 2},
    })  # fmt: skip
    tuned = {**every, "start": str(folder / "mlm.small"), "gold": [str(gold)], "narrow": True}
    options = {"rate": 1e-2, "head_rate": 1e-2, "epochs": 60, "size": 2}
    finetune.run({**tuned, "name": "t1", "predict": {"same": str(gold)}, "options": options})
    for held in (0, 1):
        halved = {**options, "epochs": 30, "size": 1, "seed": 2 + held}
        finetune.run({**tuned, "name": f"f{held}", "held": held, "every": 2, "save": False, "options": halved})
    return folder


def test_tuning_learns_the_gold(room: Path) -> None:
    from kg.train.predictions import readings
    from kg.train.records import gold_record

    read = readings(room / "t1.same.npz", [one.text for one in BOTH], encoding())
    for reading, gold in zip(read, BOTH, strict=True):
        table = gold_record(gold, encoding(), longest=512)
        wanted = table["labels"][table["pieces"][:, 2] == 1]
        assert np.mean(reading.tags.argmax(1) == wanted[:, :-1].argmax(1)) > 0.9
    assert not (room / "f0.small").exists()


def test_narrow_weights_are_kept_exactly(room: Path, tmp_path: Path) -> None:
    import torch

    from kg.train import weights
    from kg.train.encoder import nibbles, widened
    from kg.train.finetune import build

    tagger = build(weights.load(room / "mlm.small"))
    assert not tagger.narrowed
    tagger.narrow()
    state = tagger.state_dict()
    assert len(tagger.narrowed) == 2 * 4
    weights.save(state, tmp_path / "one", narrow=tagger.narrowed)
    once = weights.load(tmp_path / "one")
    assert once.keys() == state.keys()
    for name, value in state.items():
        if name in tagger.narrowed:
            assert torch.equal(once[name], widened(*nibbles(value)))
        else:
            assert torch.allclose(once[name], value, rtol=1e-3, atol=float(value.abs().max()) / 200)
    weights.save(once, tmp_path / "two", narrow=tagger.narrowed)
    twice = weights.load(tmp_path / "two")
    assert all(torch.equal(once[name], twice[name]) for name in tagger.narrowed)
    again = build(once)
    again.narrow()
    assert all(torch.equal(again.state_dict()[name], once[name]) for name in tagger.narrowed)


@pytest.mark.parametrize("seed", range(3))
def test_the_linking_heads_are_the_same_in_numpy(seed: int) -> None:
    """Differential: kg.extract.heads computes what kg.train.linker computes, from the same weights."""
    torch = pytest.importorskip("torch", reason=WITH_TORCH)
    from kg.extract.heads import Words
    from kg.extract.links import TYPES, number_links, pairs
    from kg.extract.numbers import hints
    from kg.extract.sketch import sketch
    from kg.train.headfile import heads_of
    from kg.train.linker import Linker
    from kg.train.material import Material
    from kg.train.records import gold_record

    torch.manual_seed(seed)
    linker = Linker(96, 16).eval()
    heads = heads_of({f"linker.{name}": value for name, value in linker.state_dict().items()})
    material = Material.of([gold_record(one, encoding(), longest=512) for one in BOTH])
    batch = material.batch(torch.arange(len(BOTH)))
    vectors = torch.randn(*batch["pieces"].shape[:2], 96)
    with torch.no_grad():
        scores = linker(vectors, batch)
    theirs = {
        "pairs": scores["pairs"].sigmoid(),
        "kinds": scores["kinds"].softmax(-1),
        "links": scores["links"].sigmoid(),
    }
    for row, gold in enumerate(BOTH):
        encoded = encoding()(gold.text)
        keys = [entity.key for entity in gold.entities]
        order = sorted({keys.index(key) for *_, key in gold.spans()})
        mentions = [(a, b, order.index(keys.index(key))) for a, b, _, key in gold.spans()]
        types = [TYPES.index(gold.entities[entity].type) for entity in order]
        drawn, numbers, _ = sketch(gold.text, encoded.starts, mentions, types)
        seen = vectors[row, encoded.firsts].numpy()
        ours = {"pairs": heads.relations(Words(seen), drawn, pairs(drawn))}
        told = np.array([hints(gold.text, number) for number in numbers], np.float32)
        ours["kinds"], ours["links"] = heads.reported(Words(seen), drawn, number_links(drawn), told)
        for part, (name, of) in zip(
            ours.values(), (("pairs", "pairs"), ("kinds", "numbers"), ("links", "links")), strict=True
        ):
            assert len(part), name
            np.testing.assert_allclose(part, theirs[name][batch[f"{of}_of"] == row].numpy(), atol=2e-4, err_msg=name)
        alike = heads.likeness(seen, [[first] for first, _, _ in drawn.mentions.tolist()])
        units = scores["identity"][batch["mentions_of"] == row].numpy()
        np.testing.assert_allclose(alike, units @ units.T, atol=1e-5)


@pytest.fixture(scope="module")
def exported(room: Path) -> Path:
    """The folder of an accurate model: its network, its heads, and the judges of folds."""
    pytest.importorskip("onnx", reason=WITH_TORCH)
    from kg.extract.lexicon import Lexicon
    from kg.train import export, judges

    out, vocabulary = room / "accurate", str(room / "vocabulary.txt")
    export.run({"kind": "tagger", "weights": str(room / "t1.small"), "vocabulary": vocabulary, "out": str(out)})
    Lexicon({"recall": (9, 0, 0, 0, 0, 9)}).write(room / "silver.tsv.gz")
    judges.run({
        "gold": [str(room / "gold.jsonl")], "folds": [str(room / "f0"), str(room / "f1")],
        "silver": str(room / "silver.tsv.gz"), "version": "0.0.1", "out": str(out),
    })  # fmt: skip
    return out


@pytest.fixture(scope="module")
def taught(room: Path, exported: Path) -> Path:
    """The folder of a student that was taught by the accurate model, exported and judged."""
    from kg.train import distil, export, judges, silver

    every = {"vocabulary": str(room / "vocabulary.txt"), "out": str(room), "device": "cpu"}
    silver.run({
        **every, "texts": str(room / "texts.xz"), "apart": [str(room / "gold.jsonl")], "count": 20, "workers": 1,
        "taggers": [str(room / "t1.small")] * 2, "pairs": str(exported / "pairs.npz"),
    })  # fmt: skip
    taught = {**every, "start": str(room / "mlm.small"), "silver": str(room), "gold": [str(room / "gold.jsonl")]}
    distil.run({
        **taught, "model": "student", "name": "student", "shape": STUDENT, "copies": 3,
        "options": {"rate": 5e-3, "epochs": 20, "size": 3},
    })  # fmt: skip
    distil.run({**taught, "model": "tagger", "name": "self", "options": {"rate": 1e-3, "epochs": 1, "size": 2}})
    out = room / "fast"
    export.run({
        "kind": "student", "weights": str(room / "student.small"), "shape": STUDENT, "out": str(out),
        "vocabulary": every["vocabulary"], "texts": str(room / "gold.jsonl"),
    })  # fmt: skip
    judges.run({
        "gold": [str(room / "gold.jsonl")], "folds": [str(room / "f0"), str(room / "f1")], "seen": True,
        "judges": str(exported), "silver": str(room / "silver.tsv.gz"), "version": "0.0.1", "out": str(out),
        "settings": {"mention": 0.4},
    })  # fmt: skip
    return out


def test_the_accurate_network_is_read_as_it_was_trained(room: Path, exported: Path) -> None:
    import torch

    from kg.extract.network import Network
    from kg.train import weights
    from kg.train.finetune import build

    tagger = build(weights.load(room / "t1.small")).eval()
    network = Network(exported / "network.onnx", exported / "vocabulary.txt")
    for text in (*(one.text for one in BOTH), "A title\nOf 7 rivers, 1 was gated."):
        reading = network.read(text)
        pieces, styles = (torch.tensor([part]) for part in (reading.encoded.pieces, reading.encoded.styles))
        with torch.no_grad():
            scores, vectors = (part[0, reading.encoded.firsts] for part in tagger(pieces, styles))
        assert reading.tags.shape == (len(reading.encoded.firsts), 11)
        np.testing.assert_allclose(reading.tags, scores[:, :-1].softmax(-1).numpy(), atol=0.05)
        np.testing.assert_allclose(reading.proposed, scores[:, -1].sigmoid().numpy(), atol=0.05)
        assert np.corrcoef(reading.vectors.ravel(), vectors.numpy().ravel())[0, 1] > 0.99


def test_silver_holds_what_the_teachers_say(room: Path, taught: Path) -> None:
    from kg.extract.links import NUMBER_EVIDENCE
    from kg.train.material import Material

    made = Material.load(room / "silver-0.pt")
    assert len(made) == len(NAMES) * len(BOTH)  # neither the gold nor what has no title
    assert made.tables["links"].shape[1] == 6
    assert made.tables["link_evidence"].shape[1] == NUMBER_EVIDENCE
    for name in ("pair_targets", "kinds", "link_targets"):
        assert ((made.tables[name] >= 0) & (made.tables[name] <= 1)).all()
    assert made.tables["kinds"].float().sum(1).tolist() == pytest.approx([1] * len(made.tables["kinds"]), abs=2e-3)
    assert len(made.tables["mentions"])
    assert (room / "self.small").exists()


def test_the_student_in_bytes_is_near_the_student(room: Path, taught: Path) -> None:
    import torch

    from kg.extract.network import Network
    from kg.train import weights
    from kg.train.student import Student, StudentSize

    state = weights.load(room / "student.small")
    student = Student(StudentSize(len(PIECES), **STUDENT)).eval()
    student.load_state_dict(state)
    network = Network(taught / "network.onnx", taught / "vocabulary.txt")
    for one in BOTH:
        reading = network.read(one.text)
        pieces, styles = (torch.tensor([part]) for part in (reading.encoded.pieces, reading.encoded.styles))
        with torch.no_grad():
            scores, vectors = (part[0, reading.encoded.firsts] for part in student(pieces, styles))
        assert np.abs(reading.tags - scores[:, :-1].softmax(-1).numpy()).mean() < 0.02
        assert np.abs(reading.proposed - scores[:, -1].sigmoid().numpy()).mean() < 0.05
        assert np.corrcoef(reading.vectors.ravel(), vectors.numpy().ravel())[0, 1] > 0.98


@pytest.mark.parametrize("model", ["exported", "taught"])
def test_what_training_leaves_is_a_whole_model(model: str, request: pytest.FixtureRequest) -> None:
    from kg.extract.links import RELATIONS

    folder: Path = request.getfixturevalue(model)
    settings = json.loads((folder / "settings.json").read_text())
    assert set(settings["relations"]) == set(RELATIONS)
    assert set(settings["calibration"]) == {*RELATIONS, "result"}
    assert settings["version"] == "0.0.1"
    assert model == "exported" or settings["mention"] == 0.4
    names = {"network.onnx", "heads.npz", "vocabulary.txt", "judge.npz", "pairs.npz", "proposals.npz", "settings.json"}
    assert {path.name for path in folder.iterdir()} == names | {"lexicon-gold.tsv.gz", "lexicon-silver.tsv.gz"}


def test_folds_are_read_by_the_networks_that_did_not_see_them(room: Path, exported: Path) -> None:
    from kg.extract.heads import Heads
    from kg.extract.network import Network
    from kg.train.unseen import read_unseen

    table = {"gold": [str(room / "gold.jsonl")], "folds": [str(room / "f0"), str(room / "f1")]}
    network, heads = Network(exported / "network.onnx", exported / "vocabulary.txt"), Heads.load(exported / "heads.npz")
    unseen = read_unseen(table, network, heads)
    assert [one.gold.id for one in unseen] == [gold.id for gold in BOTH]
    assert [one.part for one in unseen] == [0, 1]
    for one in unseen:
        assert one.heads is not heads
        assert len(one.reading.tags) == len(one.reading.encoded.firsts)
        assert not np.allclose(one.reading.tags, network.read(one.gold.text).tags, atol=1e-3)
    by_network = read_unseen({**table, "seen": True}, network, heads)
    for one, folded in zip(by_network, unseen, strict=True):
        assert one.heads is heads
        assert (one.reading.tags == folded.reading.tags).all()
        assert (one.reading.vectors == network.read(one.gold.text).vectors).all()
