"""What training begins with: texts, vocabulary and pieces of a corpus, and MPNet's weights with that vocabulary."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import numpy as np
import pytest

from kg.train.rows import read, save_rows
from kg.train.standoff import detach
from tests.train.invented import BOTH, BRIM, MOSS, PIECES, encoding, write

THEIRS = ["<s>", "<pad>", "</s>", "[UNK]", "<mask>", "river", "ga", "##ted", "##net", "we"]


def test_rows_hold_every_text(tmp_path: Path) -> None:
    texts = [one.text for one in BOTH] * 3
    save_rows(texts, PIECES, tmp_path / "rows.npz", workers=2)
    with np.load(tmp_path / "rows.npz") as file:
        data, lengths = file["data"], file["lengths"]
    assert data.shape == (3, lengths.sum())
    assert len(lengths) == len(texts)
    encoded = encoding()(texts[2])  # the second of the first worker: its line feed stays
    start = lengths[0]
    assert data[0, start : start + lengths[1]].tolist() == encoded.pieces
    assert data[1, start : start + lengths[1]].tolist() == encoded.styles
    assert np.flatnonzero(data[2, start : start + lengths[1]]).tolist() == encoded.firsts


def test_prepare_keeps_titles_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="training needs it: pip install 'paperkg[train]'")
    from kg.train import prepare

    asked: list[tuple[list[str], Path, Path]] = []
    monkeypatch.setattr(prepare, "first_weights", lambda *given: asked.append(given))
    corpus, standoff, out = tmp_path / "corpus.jsonl", tmp_path / "standoff.jsonl", tmp_path / "out"
    titles = {one.id: one.title for one in BOTH} | {f"more:{k}": f"Moss pruning, part {k}" for k in range(25)}
    abstract = {one.id: one.abstract for one in BOTH}
    rows = [{"id": k, "title": title, "abstract": abstract.get(k, MOSS.abstract)} for k, title in titles.items()]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
    standoff.write_bytes(msgspec.json.encode(detach(MOSS)) + b"\n")
    apart, _ = write(tmp_path, (BRIM,))
    prepare.run({
        "corpora": [str(corpus)], "kept_apart": [str(apart)], "standoff": str(standoff), "pieces": 60, "workers": 1,
        "mpnet": str(tmp_path / "mpnet"), "out": str(out),
    })  # fmt: skip
    assert read(out / "texts.xz") == [f"{row['title']}\n{row['abstract']}" for row in rows[1:]]
    pieces = (out / "vocabulary.txt").read_text().split("\n")[:-1]
    assert asked == [(pieces, tmp_path / "mpnet", out / "mpnet.small")]
    assert json.loads((out / "added.jsonl").read_text())["title"] == MOSS.title
    with np.load(out / "rows.npz") as file:
        assert len(file["lengths"]) == len(rows) - 1
        assert 30 < file["data"][0].max() < len(pieces) <= 60


def test_mpnet_gives_its_vectors_to_our_pieces(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="training needs it: pip install 'paperkg[train]'")
    from safetensors.torch import save_file

    from kg.train.encoder import Encoder, Restorer, Size
    from kg.train.mpnet import FIRST_POSITION, NAMES, start_from

    size = Size(len(PIECES), layers=2, width=8, heads=2, inner=12, positions=16)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(THEIRS), 8),
        "embeddings.position_embeddings.weight": (16 + FIRST_POSITION, 8),
        "encoder.relative_attention_bias.weight": (32, 2),
    }
    inner = {"intermediate.dense": (12, 8), "output.dense": (8, 12)}
    for layer in range(2):
        for name in ("attention.attn.q", "attention.attn.k", "attention.attn.v", *NAMES.values()):
            wide: tuple[int, ...] = (8,) if "LayerNorm" in name else inner.get(name, (8, 8))
            shapes[f"encoder.layer.{layer}.{name}.weight"] = wide
            shapes[f"encoder.layer.{layer}.{name}.bias"] = wide[:1]
    shapes |= {"embeddings.LayerNorm.weight": (8,), "embeddings.LayerNorm.bias": (8,)}
    state = {name: torch.randn(shape) for name, shape in shapes.items()}
    save_file(state, tmp_path / "model.safetensors")
    (tmp_path / "vocab.txt").write_text("\n".join(THEIRS) + "\n")
    restorer = Restorer(Encoder(size))
    start_from(restorer, PIECES, tmp_path)
    table, ours = state["embeddings.word_embeddings.weight"], restorer.encoder.piece.weight
    for piece, sources in {"[PAD]": ["<pad>"], "[CLS]": ["<s>"], "river": ["river"], "gated": ["ga", "##ted"]}.items():
        wanted = table[[THEIRS.index(source) for source in sources]].mean(0)
        assert torch.allclose(ours[PIECES.index(piece)], wanted), piece
    attend = restorer.encoder.layers[1].attend.weight
    assert torch.equal(attend[8:16], state["encoder.layer.1.attention.attn.k.weight"])
    assert torch.equal(
        restorer.encoder.position.weight, state["embeddings.position_embeddings.weight"][FIRST_POSITION:]
    )
