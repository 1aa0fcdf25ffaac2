"""Trained weights to the files that extraction reads: the network in ONNX, the linking heads for numpy."""

from __future__ import annotations

import shutil
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from kg.papers import read
from kg.train import inbytes, weights
from kg.train.encoder import BLOCK
from kg.train.finetune import build, encoding_of
from kg.train.headfile import heads_of
from kg.train.inbytes import Rows
from kg.train.student import Student, StudentSize

if TYPE_CHECKING:
    from kg.train.inbytes import ReadText
    from kg.train.tagger import Tagger


class Exported(nn.Module):
    """The interface of :mod:`kg.extract.network` around a tagger."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, pieces: Tensor, styles: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.tagger.encoder(pieces, styles)
        x = x.gather(1, firsts[:, :, None].expand(-1, -1, x.shape[2]))
        scores, vectors = self.tagger.heads(x), self.tagger.vectors(x)
        return scores[..., :-1].softmax(-1), scores[..., -1].sigmoid(), vectors


def export(tagger: Tagger, out: Path) -> None:
    """Write *tagger* to *out*, its matrices in 4 bits: those that it was trained to hold so lose nothing more."""
    tagger.eval()
    encoder = tagger.encoder
    encoder.piece, encoder.position = Rows(encoder.piece), Rows(encoder.position)  # type: ignore[assignment]
    names = {"pieces": "pieces", "styles": "pieces", "firsts": "words"}
    axes = {name: {1: length} for name, length in names.items()}
    axes |= {name: {1: "words"} for name in ("tags", "proposed", "vectors")}
    pieces = torch.ones((1, 24), dtype=torch.long)
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Exported(tagger), (pieces, pieces, torch.arange(20)[None]), str(plain),
            input_names=list(names), output_names=["tags", "proposed", "vectors"],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        _narrow(plain, out)


def _narrow(plain: Path, out: Path) -> None:
    """Hold the encoder's matrices in 4 bits; the heads, whose outputs are few, stay as they are."""
    model = onnx.load(str(plain))
    shapes = {tensor.name: tuple(tensor.dims) for tensor in model.graph.initializer}
    small = [n.name for n in model.graph.node if n.op_type == "MatMul" and shapes.get(n.input[1], (0, 0))[-1] % BLOCK]
    quantizer = MatMulNBitsQuantizer(
        model, bits=4, block_size=BLOCK, is_symmetric=True, accuracy_level=4, nodes_to_exclude=small
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(out))


def run(table: dict[str, Any]) -> None:
    """Export the weights of ``kind`` to the folder ``out``, with the vocabulary beside them."""
    out, vocabulary = Path(table["out"]), Path(table["vocabulary"])
    out.mkdir(parents=True, exist_ok=True)
    state = weights.load(Path(table["weights"]))
    if table["kind"] == "tagger":
        export(build(state), out / "network.onnx")
    else:
        student = Student(StudentSize(len(state["piece.weight"]), **table.get("shape", {})))
        student.load_state_dict(state)
        inbytes.export(student, _texts(Path(table["texts"]), vocabulary), out / "network.onnx")
    heads_of(state).save(out / "heads.npz")
    shutil.copyfile(vocabulary, out / "vocabulary.txt")


def _texts(path: Path, vocabulary: Path, *, count: int = 200) -> list[ReadText]:
    """The first abstracts of a corpus, as the student reads them."""
    encoding = encoding_of(vocabulary)
    encoded = [encoding(paper.text) for paper in islice(read([str(path)]), count)]
    return [(e.pieces, e.styles) for e in encoded]
