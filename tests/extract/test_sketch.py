from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.encoding import Encoding
from kg.extract.links import number_links, pairs
from kg.extract.sketch import sketch

ENCODING = Encoding({})
HOSTILE = st.one_of(
    st.text(max_size=60), st.text(alphabet="aB1 .%\n\t(-\u00a0\u2028\u00e9\u200b\U0001f600", max_size=60)
)


def covers(starts: list[int], words: list[int], start: int, end: int) -> bool:
    """Tell whether the words are just those that the characters touch, however they are cut."""
    first, last = words
    return (
        0 <= first < last <= len(starts)
        and starts[first] <= start
        and (last == len(starts) or end <= starts[last])
        and (last == first + 1 or (start < starts[first + 1] and starts[last - 1] < end))
    )


@given(HOSTILE, st.data())
def test_all_lies_in_its_words(text: str, data: st.DataObject) -> None:
    starts = ENCODING(text).starts
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda span: span[0] < span[1])
    marked = sorted(data.draw(st.lists(spans, max_size=4))) if text else []
    mentions = [(start, end, entity) for entity, (start, end) in enumerate(marked)]
    drawn, numbers, sentences = sketch(text, starts, mentions, [2] * len(mentions))
    for (start, end), row in zip(marked, drawn.mentions.tolist(), strict=True):
        assert covers(starts, row[:2], start, end)
    for number, row in zip(numbers, drawn.numbers.tolist(), strict=True):
        assert covers(starts, row, number.start, number.end)
    assert [text[start:end] for start, end in marked] == list(drawn.names)
    assert len(drawn.sentences) == len(starts)
    assert (drawn.sentences[1:] >= drawn.sentences[:-1]).all()
    assert drawn.sentences.max() < len(sentences)
    assert (pairs(drawn).head_at[:, 1] <= len(starts)).all()


@given(HOSTILE)
def test_a_number_stands_in_its_sentence(text: str) -> None:
    drawn, numbers, sentences = sketch(text, ENCODING(text).starts, [], [])
    for number, (first, _) in zip(numbers, drawn.numbers.tolist(), strict=True):
        where = sentences[drawn.sentences[first]]
        assert where.start <= number.end
        assert text[where.start : where.end].strip() == text[where.start : where.end] != ""


def test_a_mention_that_ends_the_title() -> None:
    text = "We use BERT\nIt works."
    starts = ENCODING(text).starts
    drawn, _, sentences = sketch(text, starts, [(7, 11, 0)], [2])
    ((first, last, _),) = drawn.mentions.tolist()
    assert (starts[first], starts[last]) == (7, 11)  # the line feed is a word, and not its
    assert drawn.sentences[first] == 0 < drawn.sentences[last + 1]
    assert [text[part.start : part.end] for part in sentences] == ["We use BERT", "It works."]


@pytest.mark.parametrize("text", ["", "\n", " \n "])
def test_nothing_is_linked_in_nothing(text: str) -> None:
    drawn, numbers, sentences = sketch(text, ENCODING(text).starts, [], [])
    assert numbers == []
    assert len(sentences) > drawn.sentences.max()
    assert len(pairs(drawn).head) == len(number_links(drawn).head) == 0


def test_the_longest_surface_is_the_name() -> None:
    text = "ViT: a vision transformer ViT"
    drawn, _, _ = sketch(text, ENCODING(text).starts, [(0, 3, 0), (7, 25, 0), (26, 29, 0)], [2])
    assert drawn.names == ["vision transformer"]
