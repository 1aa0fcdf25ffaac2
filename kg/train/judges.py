"""Training of what comes after the network: lexicons, and the judges of candidates, pairs and proposals.

All learn from abstracts that the network had not seen (:mod:`kg.train.unseen`).
"""

from __future__ import annotations

import json
import shutil
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.extract import judge, pairs, proposals
from kg.extract.candidates import TYPES, find
from kg.extract.heads import Heads
from kg.extract.judge import Found
from kg.extract.lexicon import Lexicon
from kg.extract.network import Network
from kg.train.lexicons import gold_lexicon
from kg.train.smallnets import fit
from kg.train.tuning import tune
from kg.train.unseen import Unseen, read_unseen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = tuple[list[float], int]  # evidence, and whether it is right


def candidate_rows(one: Unseen, lexicons: Sequence[Lexicon]) -> Iterator[Row]:
    """Evidence of each candidate, and whether it is right."""
    text = one.gold.text
    right = {text[a:b]: kind for a, b, kind, _ in reversed(one.gold.spans())}
    found = find([text], [one.reading.encoded.places], [one.reading.tags])
    rows = judge.evidence(found, lexicons).tolist()
    for surface, kind, row in zip(found.surfaces, found.types.tolist(), rows, strict=True):
        yield row, int(right.get(surface) == TYPES[kind])


def proposal_rows(one: Unseen, silver: Lexicon) -> Iterator[Row]:
    """Evidence of each annotated entity, and whether it is proposed."""
    places = one.reading.encoded.places
    starts = {start: word for word, (start, _) in enumerate(places) if start >= 0}
    ends = {end: word + 1 for word, (_, end) in enumerate(places) if end > 0}
    entities: dict[str, list[Found]] = {}
    for a, b, kind, key in one.gold.spans():
        if a in starts and b in ends:
            entities.setdefault(key, []).append(Found(starts[a], ends[b], a, b, TYPES.index(kind), 1.0))
    proposed = {entity.key for entity in one.gold.entities if entity.proposed}
    rows = proposals.evidence(one.gold.text, list(entities.values()), one.reading.proposed.tolist(), [silver])
    yield from zip(rows, (int(key in proposed) for key in entities), strict=True)


def pair_rows(one: Unseen) -> Iterator[Row]:
    """Evidence of each likely pair of strings, and whether they name one entity."""
    text = one.gold.text
    first = {start: word for word, (start, _) in enumerate(one.reading.encoded.places) if start >= 0}
    named = {text[a:b]: (kind, key) for a, b, kind, key in reversed(one.gold.spans()) if a in first}
    at: dict[str, list[int]] = {name: [] for name in named}
    for a, b, _, _ in one.gold.spans():
        if a in first:
            at[text[a:b]].append(first[a])
    alike = one.heads.likeness(one.reading.vectors, list(at.values())) if at else np.empty((0, 0))
    number, defined = {name: k for k, name in enumerate(at)}, pairs.definitions(text, at)
    for x, y in combinations(at, 2):
        if named[x][0] == named[y][0] and pairs.may_match(pairs.form(x), pairs.form(y)):
            row = [*pairs.evidence(defined, x, y), float(alike[number[x], number[y]])]
            yield row, int(named[x][1] == named[y][1])


def _fit(rows: Sequence[Row], path: Path, **options: float) -> None:
    fit(np.array([r for r, _ in rows], np.float32), [y for _, y in rows], **options).save(path)  # type: ignore[arg-type]


def fit_pairs(unseen: Sequence[Unseen], out: Path) -> None:
    """Fit the judge of pairs of strings."""
    _fit([row for one in unseen for row in pair_rows(one)], out / "pairs.npz", decay=0.01, nets=3, epochs=15)


def fit_all(unseen: Sequence[Unseen], out: Path, *, lexicons: Sequence[Lexicon], silver: Lexicon) -> None:
    """Fit the three judges; the gold lexicon of a part is what the other parts' annotators say."""
    judged = [row for one in unseen for row in candidate_rows(one, [lexicons[one.part], silver])]
    _fit(judged, out / "judge.npz", decay=0.1, hidden=32, epochs=12)
    _fit([row for one in unseen for row in proposal_rows(one, silver)], out / "proposals.npz", hidden=16, epochs=15)
    fit_pairs(unseen, out)


def keep_all(_: Sequence[Unseen], out: Path) -> None:
    """Leave the judges in *out* as they are."""


def take(judges: Path, out: Path) -> dict[str, float]:
    """Copy the judges of candidates and of proposals; returns the thresholds that go with them."""
    for name in ("judge.npz", "proposals.npz"):
        shutil.copyfile(judges / name, out / name)
    known = json.loads((judges / "settings.json").read_text(encoding="utf-8"))
    return {key: known[key] for key in ("mention", "proposed")}


def run(table: dict[str, Any]) -> None:
    """Fill the folder of a model, which already holds its network, its heads and its vocabulary.

    Where ``judges`` names another model's folder, its judges of candidates and proposals are taken as they are: those
    of a network whose readings of the gold were unseen serve a network that has seen it better than its own would.
    """
    out = Path(table["out"])
    network = Network(out / "network.onnx", out / "vocabulary.txt")
    unseen = read_unseen(table, network, Heads.load(out / "heads.npz"))
    silver = Lexicon.read(Path(table["silver"]))
    parts = range(1 + max(one.part for one in unseen))
    lexicons = [gold_lexicon([one.gold for one in unseen if one.part != part]) for part in parts]
    silver.write(out / "lexicon-silver.tsv.gz")
    gold_lexicon([one.gold for one in unseen]).write(out / "lexicon-gold.tsv.gz")
    if "judges" in table:
        chosen, fit_again = take(Path(table["judges"]), out) | table.get("settings", {}), keep_all
        fit_pairs(unseen, out)
    else:
        chosen, fit_again = {}, partial(fit_all, lexicons=lexicons, silver=silver)
        fit_again(unseen, out)
    settings = tune(unseen, out, fit_again, chosen) | {"version": table["version"]}
    (out / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
