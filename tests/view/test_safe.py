from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view.safe import clean, inline, policy, script_json


@given(st.text(), st.integers(1, 50))
def test_cleaned_text_is_short_and_has_no_control_or_direction_characters(text: str, longest: int) -> None:
    shown = clean(text, longest)
    assert len(shown) <= longest
    assert not any(unicodedata.category(char) == "Cc" for char in shown)
    assert not any(
        unicodedata.bidirectional(char) in {"LRO", "RLO", "LRE", "RLE", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for char in shown
    )
    assert clean(shown, longest) == shown


@given(
    st.recursive(st.text() | st.integers() | st.none(), lambda kids: st.lists(kids) | st.dictionaries(st.text(), kids))
)
def test_embedded_data_comes_back_whole_and_holds_no_markup(value: object) -> None:
    written = str(script_json(value))
    assert json.loads(written) == value
    assert not set("<>&\u2028\u2029") & set(written)


@pytest.mark.parametrize("text", ["x</script>", "</STYLE", "<!-- x"])
def test_no_script_of_ours_may_end_its_own_element(text: str) -> None:
    with pytest.raises(ValueError, match="inline"):
        inline(text)


def test_line_ends_are_those_that_a_browser_hashes() -> None:
    assert inline("a\r\nb\rc") == "a\nb\nc"


def test_the_policy_allows_nothing_by_default() -> None:
    assert policy() == "default-src 'none'; base-uri 'none'; form-action 'none'"
