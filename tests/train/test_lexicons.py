from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.candidates import TYPES
from kg.train.lexicons import gold_lexicon, lexicon, strings
from tests.train.invented import BOTH

WORDS = st.lists(st.sampled_from(["moss", "bark", "net", "LT", "tagger"]), min_size=1, max_size=12)


@given(WORDS, st.sets(st.sampled_from(["moss", "bark net", "lt", "tagger moss bark", "net net"])))
def test_strings_are_those_between_word_borders(words: list[str], names: set[str]) -> None:
    text = " ".join(words)
    assert strings(text, names) == {name for name in names if re.search(rf"\b{name}\b", text.lower())}


@given(st.lists(WORDS, max_size=6))
def test_no_string_is_an_entity_more_often_than_it_stands(texts: list[list[str]]) -> None:
    named = [{(words[0].lower(), len(words) % len(TYPES))} for words in texts]
    counted = lexicon((" ".join(words) for words in texts), named, least=2)
    for name in {name for found in named for name, _ in found}:
        times = sum(name in {n for n, _ in found} for found in named)
        known = counted.evidence(name, 0) != counted.evidence("never seen", 0)
        assert known == (times >= 2)


def test_annotators_are_counted_by_type() -> None:
    known = gold_lexicon(BOTH)
    model, method = TYPES.index("Model"), TYPES.index("Method")
    assert known.evidence("BRIMNET", model)[0] > known.evidence("BRIMNET", method)[0]
    assert known.evidence("lichen  Tagger", model) == known.evidence("lichen tagger", model)
    assert known.evidence("half", model) == known.evidence("unheard of", model)
