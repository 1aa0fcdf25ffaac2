"""The texts that training reads without labels, the vocabulary learned from them, and the weights to start from."""

from __future__ import annotations

import lzma
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.extract.words import split
from kg.papers import read
from kg.papers.identity import normal_title
from kg.train.corpora import scirex
from kg.train.gold import read_gold
from kg.train.pretrain import first_weights
from kg.train.rows import SEPARATOR, save_rows
from kg.train.standoff import join
from kg.train.vocabulary import learn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def run(table: dict[str, Any]) -> None:
    """Write into ``out`` all that training begins with.

    That is ``texts.xz``, the texts of ``corpora`` and ``scirex`` without the titles of ``kept_apart``; what is learned
    from them, ``vocabulary.txt``, and their pieces, ``rows.npz``; ``added.jsonl``, the ``standoff`` annotations with
    their texts; and ``mpnet.small``, the weights in ``mpnet`` with that vocabulary.
    """
    out = Path(table["out"])
    out.mkdir(parents=True, exist_ok=True)
    texts = list(_texts(table["corpora"], [Path(path) for path in table["kept_apart"]]))
    texts += [f"\n{document.text}" for path in table.get("scirex", []) for document in scirex(Path(path))]
    (out / "texts.xz").write_bytes(lzma.compress(SEPARATOR.join(texts).encode(), preset=1))
    _join(table, out / "added.jsonl")
    counts = Counter(word for text in texts for word, _, _ in split(text))
    pieces = learn(counts, table["pieces"])
    (out / "vocabulary.txt").write_text("".join(f"{piece}\n" for piece in pieces), encoding="utf-8")
    save_rows(texts, pieces, out / "rows.npz", workers=table.get("workers", 16))
    first_weights(pieces, Path(table["mpnet"]), out / "mpnet.small")


def _join(table: dict[str, Any], out: Path) -> None:
    """Put their texts under the added annotations."""
    golds = join(Path(table["standoff"]), read(table["corpora"]))
    out.write_bytes(b"".join(msgspec.json.encode(gold) + b"\n" for gold in golds))


def _texts(corpora: Sequence[str], kept_apart: Sequence[Path]) -> Iterator[str]:
    """Give each abstract once; what figures are reported on must not be read before."""
    seen = {normal_title(gold.title) for path in kept_apart for gold in read_gold(path)}
    for paper in read(corpora):
        title = normal_title(paper.title)
        if title not in seen:
            seen.add(title)
            yield paper.text
