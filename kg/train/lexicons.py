"""What abstracts call a string, counted: by annotators, and by an extractor in unlabelled abstracts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.extract.candidates import TYPES
from kg.extract.lexicon import Lexicon, key
from kg.extract.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kg.train.gold import Gold

LONGEST = 6  # words of a string in a lexicon


def strings(text: str, names: AbstractSet[str]) -> set[str]:
    """Which of *names* stand in *text* between word borders.

    >>> sorted(strings("A Vision  Transformer beats CNNs", {"vision transformer", "cnn", "beats"}))
    ['beats', 'vision transformer']
    """
    lowered = key(text)
    places = [match.span() for match in WORD.finditer(lowered)]
    return {
        lowered[start:end]
        for number, (start, _) in enumerate(places)
        for _, end in places[number : number + LONGEST]
        if lowered[start:end] in names
    }


def lexicon(texts: Iterable[str], named: Sequence[AbstractSet[tuple[str, int]]], *, least: int) -> Lexicon:
    """Counts of the strings that *named* has for *least* texts: texts that hold them, and that have them as each type.

    >>> lexicon(["BERT and bert", "bert"], [{("bert", 2)}, set()], least=1).evidence("BERT", 2)[2]
    1.09...
    """
    kinds: dict[str, list[int]] = {}
    for found in named:
        for name, kind in found:
            kinds.setdefault(name, [0] * len(TYPES))[kind] += 1
    names = {name for name, counts in kinds.items() if sum(counts) >= least}
    holds: Counter[str] = Counter()
    for text in texts:
        holds.update(strings(text, names))
    return Lexicon({name: (max(holds[name], sum(kinds[name])), *kinds[name]) for name in names})


def gold_lexicon(golds: Sequence[Gold]) -> Lexicon:
    """What annotators call strings."""
    named = [{(key(g.text[a:b]), TYPES.index(kind)) for a, b, kind, _ in g.spans()} for g in golds]
    return lexicon((g.text for g in golds), named, least=1)
