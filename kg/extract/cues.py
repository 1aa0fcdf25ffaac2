"""What hints at the meaning of a number: how it is written, where it stands, and the words beside it.

>>> closeness(words("improves accuracy by"))[list(CUES).index("by")]
0.3333333333333333
"""

from __future__ import annotations

import re
from math import log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.numbers import Number

FLAGS = (
    "percent",
    "factor",
    "signed +",
    "signed -",
    "scaled",
    "points",
    "other suffix",
    "low",
    "high",
    "from",
    "to",
    "pair",
    "up to",
    "decimals",
    "magnitude",
    "below one",
    "a year",
    "one digit",
    "in a name",
    "runs into letters",
    "after a capital",
    "after =",
    "in a formula",
    "after a comparison",
    "in brackets",
    "in parentheses",
    "in the title",
    "place",
    "ends the sentence",
)
"""How a number is written and where it stands, one after the other."""

CUES = {
    "gain": """improve improves improved improving improvement improvements gain gains gained gaining increase increases
        increased increasing boost boosts boosted boosting raise raises raised enhance enhances rise rises""",
    "better": """outperform outperforms outperformed outperforming surpass surpasses surpassed surpassing exceed
        exceeds exceeding beat beats higher more better greater larger longer superior above""",
    "reduction": """reduce reduces reduced reducing reduction reductions decrease decreases decreased decreasing cut
        cuts cutting save saves saved saving savings drop drops dropped shrink shrinks shrinking lowers lowering loss
        decline degradation compress compresses compressed fall falls""",
    "less": "less fewer lower smaller cheaper below lighter shorter under",
    "faster": """faster quicker slower speedup speedups speed speeds speeding accelerate accelerates accelerated
        accelerating acceleration""",
    "reach": """achieve achieves achieved achieving reach reaches reached reaching obtain obtains obtained obtaining
        attain attains attaining yield yields get gets set report reports has have having gives""",
    "by": "by",
    "to": "to",
    "of": "of",
    "from": "from",
    "at": "at",
    "with": "with using",
    "only": "only just merely mere",
    "about": "about around approximately nearly almost roughly over up upto",
    "than": "than compared against versus vs relative baseline baselines counterpart",
    "on": "on in for across",
    "while": "while whereas but and respectively",
    "absolute": "absolute average mean",
    "point": "point points pp percentage",
    "counted": """layer layers hour hours day days dataset datasets task tasks language languages token tokens gpu gpus
        year years example examples sample samples image images class classes benchmark benchmarks step steps shot shots
        bit bits dimension dimensions dimensional domain domains type types category categories video videos million
        billion epoch epochs iterations subjects participants minutes seconds stage stages frames views heads papers
        models words sentences documents pages questions scenes objects annotators people""",
    "cost": """parameter parameters params flops flop macs memory latency time throughput size cost costs energy
        inference training computation computational""",
    "score": """accuracy acc map miou iou bleu auc auroc f fid perplexity error rate precision recall psnr ssim rmse mae
        wer ap top dice rouge score scores scored scoring cider correlation""",
}
"""Words that hint at what a number is, by what they hint at."""

_CUE_OF = {word: place for place, listed in enumerate(CUES.values()) for word in listed.split()}
_WORD = re.compile(r"[A-Za-z]+")


def words(text: str) -> list[str]:
    """Split text into runs of letters, in lower case."""
    return _WORD.findall(text.lower())


def closeness(near: Iterable[str]) -> list[float]:
    """Say for each of :data:`CUES` how near its nearest word is: 1 / (place from 1), 0 where there is none."""
    found = [0.0] * len(CUES)
    for place, word in enumerate(near, 1):
        cue = _CUE_OF.get(word)
        if cue is not None and not found[cue]:
            found[cue] = 1 / place
    return found


def written(number: Number) -> Iterator[float]:
    """Say how a number is written, by the first of :data:`FLAGS`."""
    suffix, role = number.suffix, number.role
    yield from map(float, (suffix == "%", suffix == "x", number.sign == "+", number.sign == "-", number.scale != 1))
    yield from map(float, (suffix == "points", suffix not in {"", "%", "x", "points"} and number.scale == 1))
    yield from (float(role == name) for name in ("low", "high", "from", "to", "pair"))
    yield float(number.up_to)
    yield min(len(number.value.partition(".")[2]), 4) / 4
    yield min(log10(number.number + 1) / 4, 1.0)
    yield float(number.number < 1)
    yield float(not suffix and number.value.isdigit() and 1900 <= number.number <= 2100)
    yield float(len(number.value) == 1)


def placed(text: str, number: Number, before: str, after: str) -> Iterator[float]:
    """Say where a number stands, given what is just before and after it, by the rest of :data:`FLAGS`."""
    stem, last = before.rstrip(" $~{\\"), before[-1:]
    yield float(last.isalpha() or (last in {"-", "/", "_", "."} and before[-2:-1].isalpha()))
    yield float(after[:1].isalpha() and not number.suffix)
    word = before.rsplit(maxsplit=1)[-1] if before.strip() else ""
    yield float(before[-1:].isspace() and word != word.lower())
    yield float(stem.endswith("="))
    yield float(stem.endswith(("^", "_", "O(", "\\in")) or after.lstrip(" $}")[:1] in {"^", "=", "_"})
    yield float(stem.endswith((">", "<", "≤", "≥", "\\leq", "\\geq", "\\le", "\\ge", "\\to", "≈", "\\approx")))
    yield float(before.rfind("[") > before.rfind("]"))
    yield float(before.rfind("(") > before.rfind(")"))
    title = text.find("\n")
    yield float(number.start < title)
    yield number.start / max(len(text), 1)
    yield float(after.lstrip("%\\} $x").startswith("."))
