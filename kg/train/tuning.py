"""Thresholds and calibration: chosen on abstracts that neither the network nor the judges had seen.

For that, judges are fitted anew on one half of the parts and read the other.  The thresholds of relations follow from
one number: with calibrated probabilities, F1 over all relations is highest where all that is likelier than it is taken
(Lipton et al., 2014).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.extraction import to_extraction
from kg.extract.identity import Identity
from kg.extract.linking import Links
from kg.extract.links import RELATIONS, pairs
from kg.extract.mentions import Mentions
from kg.extract.page import Page
from kg.extract.relations import scored
from kg.extract.results import readings
from kg.train.score import paired_entities, score

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.extract.linking import Linkable
    from kg.train.unseen import Unseen

Floats = NDArray[np.float64]
Curve = tuple[float, float]  # slope and shift of log-odds
START = {"mention": 0.35, "pair": 0.55, "proposed": 0.4, "role": 0.5}
GRID = {"mention": (0.25, 0.3, 0.35, 0.4, 0.45), "pair": (0.45, 0.55, 0.65), "proposed": (0.3, 0.35, 0.4, 0.45, 0.5)}
LEAST = 0.02  # scores below this count as nothing


class Statement(NamedTuple):
    """What was read, its score, and whether it is right."""

    kind: str
    score: float
    right: bool


class Drawn(NamedTuple):
    """An abstract, what the components made of it, and what may be linked in it."""

    unseen: Unseen
    page: Page
    linkable: Linkable

    @property
    def paired(self) -> dict[str, str]:
        """The annotated entity that each that was found counts as."""
        return paired_entities(to_extraction(self.page, "", ""), self.unseen.gold)


def tune(
    unseen: Sequence[Unseen], out: Path, fit: Callable[[Sequence[Unseen], Path], None], chosen: Mapping[str, float]
) -> dict[str, Any]:
    """All settings; thresholds in *chosen* are kept, *fit* fills a folder with judges fitted on some abstracts."""
    with tempfile.TemporaryDirectory() as name:
        halves = [[one for one in unseen if one.part % 2 == half] for half in (0, 1)]
        read = []
        for number, half in enumerate(halves):
            folder = Path(name) / str(number)
            folder.mkdir()
            for file in (*out.glob("*.npz"), *out.glob("*.tsv.gz")):
                (folder / file.name).write_bytes(file.read_bytes())
            fit(halves[1 - number], folder)
            read.append((folder, half))
        settings: dict[str, Any] = START | dict(chosen)
        for key, grid in GRID.items():
            if key not in chosen:
                settings[key] = max(grid, key=lambda value: _f1(read, settings | {key: value}, key))
        return settings | _statement_settings(list(_read(read, settings)))


def _read(read: Sequence[tuple[Path, Sequence[Unseen]]], settings: Mapping[str, Any]) -> Iterator[Drawn]:
    """Take all abstracts through the components up to the links, each half with its own judges."""
    for folder, half in read:
        mentions, identity, links = _with(Mentions, folder, settings), _with(Identity, folder, settings), Links()
        for one in half:
            page = Page(one.gold.text)
            page.reading = one.reading
            identity.heads = one.heads
            for step in (mentions, identity):
                step.note(page, step.compute(page))
            linkable = links.compute(page)  # type: ignore[arg-type]
            yield Drawn(one, page, linkable)


def _with(make: Callable[[Path], Any], folder: Path, settings: Mapping[str, Any]) -> Any:
    (folder / "settings.json").write_text("{}", encoding="utf-8")
    made = make(folder)
    made.settings = settings
    return made


def _f1(read: Sequence[tuple[Path, Sequence[Unseen]]], settings: Mapping[str, Any], figure: str) -> float:
    pages = [(one, to_extraction(page, one.gold.id, "")) for one, page, _ in _read(read, settings)]
    found = score({one.gold.id: extraction for one, extraction in pages}, [one.gold for one, _ in pages])[figure].f1
    print(f"{figure} {settings[figure]}: {100 * found:.1f}", flush=True)
    return found


def _statement_settings(read: Sequence[Drawn]) -> dict[str, Any]:
    """Curves of calibration for relations and results, and thresholds that follow from them."""
    related = [statement for drawn in read for statement in _relations(drawn)]
    reported = [statement for drawn in read for statement in _results(drawn)]
    curves: dict[str, Curve] = {name: platt([s for s in related if s.kind == name]) for name in RELATIONS}
    least = best_threshold(related, curves, sum(len(drawn.unseen.gold.relations) for drawn in read))
    curves["result"] = platt(reported)
    result = best_threshold(reported, curves, sum(len(drawn.unseen.gold.results) for drawn in read))
    return {
        "relations": {name: round(uncalibrated(least, curves[name]), 4) for name in RELATIONS},
        "result": round(uncalibrated(result, curves["result"]), 4),
        "calibration": {name: [round(value, 4) for value in curve] for name, curve in curves.items()},
    }


def _relations(drawn: Drawn) -> Iterator[Statement]:
    (one, page, linkable), paired = drawn, drawn.paired
    links, right = pairs(linkable.sketch), set(one.gold.relations)
    keys = [paired.get(entity.key) for entity in page.entities]
    scores = scored(linkable, links, one.heads)
    for row, kind in zip(*np.nonzero(scores >= LEAST), strict=True):
        triple = keys[links.head[row]], RELATIONS[kind], keys[links.tail[row]]
        yield Statement(RELATIONS[kind], float(scores[row, kind]), triple in right)


def _results(drawn: Drawn) -> Iterator[Statement]:
    (one, page, linkable), paired = drawn, drawn.paired
    keys = [paired.get(entity.key) for entity in page.entities]
    right = {(r.subject, r.metric, r.value, r.kind) for r in one.gold.results}
    for read in readings(linkable, page.text, one.heads):
        if read.score >= LEAST:
            value = linkable.numbers[read.number].value
            found = keys[read.ends[0]], keys[read.ends[1]], value, read.kind
            yield Statement("result", read.score, found in right)


def _odds(scores: Floats) -> Floats:
    kept = np.clip(scores, 1e-6, 1 - 1e-6)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def platt(statements: Sequence[Statement], *, rounds: int = 50) -> Curve:
    """Slope and shift of the log-odds that make scores probabilities (Platt, 1999), by Newton's method.

    Its steps are halved while they lead uphill, as they may where scores are much too sure.

    >>> even = [Statement("", 0.5, right) for right in (True, False)]
    >>> slope, shift = platt(even)
    >>> round(shift, 3)
    0.0
    """
    odds = _odds(np.array([s.score for s in statements]))
    right = np.array([float(s.right) for s in statements])
    x, found, start = np.stack([odds, np.ones_like(odds)], 1), np.array([1.0, 0.0]), np.array([1.0, 0.0])

    def cost(curve: Floats) -> float:
        lost = np.logaddexp(0, np.where(right > 0, -1, 1) * (x @ curve)).sum()
        return float(lost + 0.05 * np.square(curve - start).sum())

    for _ in range(rounds):
        chance = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (chance - right) + 0.1 * (found - start)
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + 0.1 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        while cost(found - step) > cost(found):
            step = step / 2
        found = found - step
    return float(found[0]), float(found[1])


def best_threshold(statements: Sequence[Statement], curves: Mapping[str, Curve], wanted: int) -> float:
    """The probability at which to cut for the highest F1, where *wanted* statements are to be found.

    >>> best_threshold([Statement("r", 0.75, True), Statement("r", 0.25, False)], {"r": (1.0, 0.0)}, 1)
    best F1 100.0 at 0.750
    0.75
    """
    if not statements:
        return 0.5
    slopes, shifts = (np.array([curves[s.kind][k] for s in statements]) for k in (0, 1))
    chance = 1 / (1 + np.exp(-_odds(np.array([s.score for s in statements])) * slopes - shifts))
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(np.array([s.right for s in statements])[order])
    last = np.append(np.diff(chance[order]) < 0, True)  # a cut takes all that are as likely
    f1 = np.where(last, 2 * hits / (np.arange(1, len(hits) + 1) + wanted), 0)
    print(f"best F1 {100 * f1.max():.1f} at {chance[order][f1.argmax()]:.3f}", flush=True)
    return float(chance[order][f1.argmax()])


def uncalibrated(chance: float, curve: Curve) -> float:
    """The score that *curve* makes *chance*.

    >>> round(uncalibrated(0.3, (1.0, 0.0)), 6)
    0.3
    """
    slope, shift = curve
    return float(1 / (1 + np.exp(-(np.log(chance / (1 - chance)) - shift) / slope)))
