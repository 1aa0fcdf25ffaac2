"""A student to ONNX with every matrix in bytes, scales fixed by calibration on real texts.

Activations are unsigned bytes with one scale a tensor, weights signed with one scale a column and 7 bits: so the sums
of two products fit 16 bits, and processors without VNNI instructions give the same numbers.  The fused operators
(``com.microsoft.QGemm``) are written directly; onnxruntime would make them of QuantizeLinear pairs.

A network reads one text: all that it computes then fits the cache of one core, which batches do not, and no text can
depend on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn

from kg.train.records import LABELS
from kg.train.student import Attention, Convolution, Slots, Student, gram_hash, joined, split

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WEIGHT = 63  # largest weight in 7 bits
LONGEST = 1024  # pieces that a network can read at once
ReadText = tuple[list[int], list[int]]  # pieces, styles


class _Gemm(torch.autograd.Function):
    """``com.microsoft.QGemm`` for ONNX, and the same sums for torch."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, *parts: Tensor) -> Tensor:  # noqa: ARG004
        scale, zero, weight, column, _, bias, *out = parts
        y = ((x.double() - zero) @ weight.double() + bias) * (scale * column)
        return _to_bytes(y, *out) if out else y.float()

    @staticmethod
    def symbolic(g: Any, *inputs: Any) -> Any:
        out = g.op("com.microsoft::QGemm", *inputs, alpha_f=1.0)
        shape = inputs[0].type().sizes()
        kind = inputs[0].type() if len(inputs) > 7 else inputs[2].type().with_dtype(torch.float32)
        return out.setType(kind.with_sizes([shape[0] if shape else None, inputs[3].type().sizes()[1]]))


class _Bytes(torch.autograd.Function):
    """``QuantizeLinear``."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, scale: Tensor, zero: Tensor) -> Tensor:  # noqa: ARG004
        return _to_bytes(x, scale, zero)

    @staticmethod
    def symbolic(g: Any, x: Any, scale: Any, zero: Any) -> Any:
        return g.op("QuantizeLinear", x, scale, zero).setType(x.type().with_dtype(torch.uint8))


def _to_bytes(x: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
    return ((x / scale).round() + zero).clamp(0, 255).to(torch.uint8)


class Scale(nn.Module):
    """Scale and zero of a tensor of bytes."""

    def __init__(self, values: Tensor, *, positive: bool = False) -> None:
        super().__init__()
        self.register_buffer("scale", best_scale(values.flatten(), 255 if positive else 127))
        self.register_buffer("zero", torch.tensor(0 if positive else 128, dtype=torch.uint8))

    def parts(self) -> tuple[Tensor, Tensor]:
        return self.get_buffer("scale"), self.get_buffer("zero")

    def forward(self, x: Tensor) -> Tensor:
        return _Bytes.apply(x, *self.parts())  # type: ignore[no-any-return, no-untyped-call]


def best_scale(values: Tensor, most: int) -> Tensor:
    """The scale of each column that loses least, as squared error, of *values* rounded to multiples up to *most*."""
    top = values.abs().amax(0).clamp(min=1e-6)
    best, least = top / most, torch.full_like(top, torch.inf)
    for share in range(4, 21):
        scale = top * share / (20 * most)
        lost = (values - (values / scale).round().clamp(-most, most) * scale).square().mean(0)
        best, least = torch.where(lost < least, scale, best), torch.minimum(lost, least)
    return best


class Gemm(nn.Module):
    """A linear layer of bytes: reads bytes scaled by *read*, gives bytes scaled by *give*, or floats without it."""

    def __init__(self, linear: nn.Linear, read: Scale, give: Scale | None = None) -> None:
        super().__init__()
        self.read, self.give = read, give
        weight = linear.weight.detach().T
        column = weight.abs().amax(0).clamp(min=1e-8) / WEIGHT
        bias = torch.zeros(len(column)) if linear.bias is None else linear.bias.detach()
        self.register_buffer("weight", (weight / column).round().to(torch.int8))
        self.register_buffer("column", column)
        self.register_buffer("zeros", torch.zeros_like(column, dtype=torch.int8))
        self.register_buffer("bias", (bias / (column * read.scale)).round().to(torch.int32))

    def forward(self, x: Tensor) -> Tensor:
        mine = [self.get_buffer(name) for name in ("weight", "column", "zeros", "bias")]
        return _Gemm.apply(x, *self.read.parts(), *mine, *(self.give.parts() if self.give else ()))  # type: ignore[no-any-return, no-untyped-call]


class Rows(nn.Module):
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


class ByteConvolution(nn.Module):
    """:class:`Convolution` over bytes (length, width); all neighbours are copied by one lookup."""

    def __init__(self, plain: Convolution, read: Scale, inner: Tensor) -> None:
        super().__init__()
        self.far, self.share = plain.far, plain.share
        middle = Scale(inner, positive=True)  # its zero is the least byte, so that rounding to bytes is the ReLU
        self.up, self.down = Gemm(plain.up, read, middle), Gemm(plain.down, middle)
        width = plain.down.out_features
        self.register_buffer("edge", torch.full((self.far, width), 128, dtype=torch.uint8))
        self.register_buffer("places", _neighbours(self.far, width // self.share))

    def forward(self, x: Tensor) -> Tensor:
        edge, places = self.get_buffer("edge"), self.get_buffer("places")
        parts = torch.cat([edge, x, edge]).view(-1, self.share)
        out: Tensor = self.down(self.up(parts[places[: x.shape[0]]].flatten(1)))
        return out


def _neighbours(far: int, parts: int) -> Tensor:
    """For each row: its last part *far* rows before, all its own parts, and its first part *far* rows later."""
    row = parts * torch.arange(LONGEST)[:, None]
    own = parts * far + torch.arange(parts)
    return row + torch.cat([torch.tensor([parts - 1]), own, torch.tensor([2 * parts * far])])


class ByteMeeting(nn.Module):
    """:class:`Slots` or :class:`Attention` over bytes (length, width); what meets stays in 32 bits."""

    def __init__(self, plain: Slots | Attention, read: Scale, met: Tensor) -> None:
        super().__init__()
        self.heads, self.slots = plain.heads, isinstance(plain, Slots)
        self.met = Scale(met)
        self.ask, self.gather = Gemm(plain.ask, read), Gemm(plain.gather, self.met)

    def forward(self, x: Tensor) -> Tensor:
        query, key, value = split(self.ask(x)[None], self.heads)
        if self.slots:
            met = query.softmax(-1) @ (key.transpose(2, 3).softmax(-1) @ value)
        else:
            met = (query * query.shape[-1] ** -0.5 @ key.transpose(2, 3)).softmax(-1) @ value
        out: Tensor = self.gather(self.met(joined(met)[0]))
        return out


class Exported(nn.Module):
    """The interface of :mod:`kg.extract.network` around a student in bytes; reads one text, a batch of one."""

    def __init__(self, student: Student, seen: dict[str, Tensor]) -> None:
        super().__init__()
        self.size, self.norms = student.size, student.norms
        self.piece, self.style = Rows(student.piece), student.style
        grams = Scale(student.pair.weight.detach())
        self.register_buffer("grams", grams(student.pair.weight.detach()))
        self.spread = Gemm(student.spread, grams)
        self.scales = nn.ModuleList(Scale(seen[f"rows{number}"]) for number in range(len(student.norms)))
        self.blocks = nn.ModuleList(
            ByteConvolution(layer, scale, seen[f"blocks.{number}.down"])
            if isinstance(layer, Convolution)
            else ByteMeeting(layer, scale, seen[f"blocks.{number}.gather"])
            for number, (layer, scale) in enumerate(zip(student.blocks, self.scales, strict=False))
        )
        both = nn.Linear(student.size.width, LABELS + student.size.vectors)
        both.weight.data = torch.cat([student.heads.weight.data, student.vectors.weight.data])
        both.bias.data = torch.cat([student.heads.bias.data, student.vectors.bias.data])
        self.heads = Gemm(both, self.scales[-1])

    def forward(self, pieces: Tensor, styles: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        pieces, styles = pieces[0], styles[0]
        grams = self.get_buffer("grams")[gram_hash(pieces, self.size.pairs)].flatten(1)
        x = self.norms[0](self.piece(pieces) + self.style(styles) + self.spread(grams))
        for scale, block, norm in zip(self.scales, self.blocks, self.norms[1:], strict=False):
            x = norm(x + block(scale(x)))
        scores = self.heads(self.scales[-1](x[firsts[0]]))[None]
        tags, proposed, vectors = scores.split((LABELS - 1, 1, self.size.vectors), -1)
        return tags.softmax(-1), proposed[..., 0].sigmoid(), vectors


@torch.no_grad()
def calibrate(student: Student, texts: Iterable[ReadText], *, most: int = 2**20) -> dict[str, Tensor]:
    """What each matrix of *student* reads in real texts: up to about *most* values of each, evenly chosen."""
    seen: dict[str, list[Tensor]] = {}
    modules = {name: m for name, m in student.named_modules() if name.endswith(("down", "gather"))}
    modules |= {f"rows{number}": norm for number, norm in enumerate(student.norms)}

    def note(name: str, values: Tensor) -> None:
        seen.setdefault(name, []).append(values.flatten()[::7].clone())

    hooks = [
        m.register_forward_hook(lambda _, x, y, name=name: note(name, y if name.startswith("rows") else x[0]))
        for name, m in modules.items()
    ]
    for pieces, styles in texts:
        student(torch.tensor([pieces]), torch.tensor([styles]))
    for hook in hooks:
        hook.remove()
    whole = {name: torch.cat(values) for name, values in seen.items()}
    return {name: values[:: 1 + len(values) // most] for name, values in whole.items()}


def export(student: Student, texts: Iterable[ReadText], out: Path) -> None:
    """Write *student* to *out* in bytes, with scales that suit *texts*."""
    student.eval()
    model = Exported(student, calibrate(student, texts)).eval()
    names = {"pieces": "pieces", "styles": "pieces", "firsts": "words"}
    axes = {name: {1: length} for name, length in names.items()}
    axes |= {name: {1: "words"} for name in ("tags", "proposed", "vectors")}
    pieces = torch.ones((1, 24), dtype=torch.long)
    with torch.no_grad():
        torch.onnx.export(
            model, (pieces, pieces, torch.arange(20)[None]), str(out),
            input_names=list(names), output_names=["tags", "proposed", "vectors"],
            dynamic_axes=axes, opset_version=17, dynamo=False, custom_opsets={"com.microsoft": 1},
        )  # fmt: skip
