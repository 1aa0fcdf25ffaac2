"""Trained weights to ONNX: matrices and tables in 8 bits, one file a model.

python -m kg.train.export tagger|student WEIGHTS OUT.onnx
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn

from kg.train import weights
from kg.train.finetune import Options, build
from kg.train.student import Student, StudentSize, pair_hash

if TYPE_CHECKING:
    from kg.train.tagger import Tagger


class Table(nn.Module):
    """An embedding as bytes with one scale a row."""

    def __init__(self, embedding: nn.Embedding) -> None:
        super().__init__()
        weight = embedding.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))

    def forward(self, index: Tensor) -> Tensor:
        rows, scale = self.get_buffer("rows"), self.get_buffer("scale")
        return rows[index].float() * scale[index]


class Exported(nn.Module):
    """The interface of :mod:`kg.extract.network` around either model."""

    def __init__(self, model: Tagger | Student) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, styles: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        model = self.model
        if isinstance(model, Student):
            x = model.encode(pieces, styles, pair_hash(pieces, model.size.pairs))
        else:
            positions = torch.arange(pieces.shape[1]).expand_as(pieces)
            x = model.encoder(pieces, styles, positions, (pieces != 0)[:, None, None, :])
        x = x.gather(1, firsts[:, :, None].expand(-1, -1, x.shape[2]))
        if isinstance(model, Student):
            scores = model.heads(x)
            return scores[..., :-1].softmax(-1), scores[..., -1].sigmoid()
        return model.tags(x).softmax(-1), model.proposed(x)[..., 0].sigmoid()


def export(model: Tagger | Student, out: Path) -> None:
    """Write *model* to *out*, quantised."""
    model.eval()
    owner = model if isinstance(model, Student) else model.encoder
    for name in ("piece", "pair", "position"):
        if hasattr(owner, name):
            setattr(owner, name, Table(getattr(owner, name)))
    inputs = {name: {0: "texts", 1: length} for name, length in (("pieces", "pieces"), ("styles", "pieces"))}
    outputs = {name: {0: "texts", 1: "words"} for name in ("firsts", "tags", "proposed")}
    pieces = torch.randint(5, 100, (2, 24))
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Exported(model), (pieces, pieces % 20, torch.arange(20).expand(2, -1).contiguous()), str(plain),
            input_names=["pieces", "styles", "firsts"], output_names=["tags", "proposed"],
            dynamic_axes=inputs | outputs, opset_version=17, dynamo=False,
        )  # fmt: skip
        shrink = _quantize_student if isinstance(model, Student) else _quantize_tagger
        shrink(plain, out)


def _quantize_student(plain: Path, out: Path) -> None:
    """Quantise matrices and what meets them, one scale a column and a call: fastest, and free for the student."""
    quantize_dynamic(
        plain, out, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def _quantize_tagger(plain: Path, out: Path) -> None:
    """8 bits with one scale for each 64 weights: half as fast again, but the scheme above costs 0.5 points here."""
    quantizer = MatMulNBitsQuantizer(onnx.load(str(plain)), bits=8, block_size=64, is_symmetric=True, accuracy_level=4)
    quantizer.process()
    quantizer.model.save_model_to_file(str(out))


def load_model(kind: str, path: Path) -> Tagger | Student:
    """A trained model of *kind* from its weights."""
    state = weights.load(path)
    if kind == "tagger":
        return build(state, Options(), {})
    student = Student(StudentSize(len(state["piece.weight"])))
    student.load_state_dict(state)
    return student


def run(table: dict[str, Any]) -> None:
    """Export the weights of ``kind`` to the folder ``out``, with the vocabulary beside them."""
    out = Path(table["out"])
    out.mkdir(parents=True, exist_ok=True)
    export(load_model(table["kind"], Path(table["weights"])), out / "network.onnx")
    shutil.copyfile(table["vocabulary"], out / "vocabulary.txt")
