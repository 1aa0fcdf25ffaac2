r"""Text from papers, made fit for a reader that might take it at its word.

A sentence in a JSON string cannot end it, but it can hide: characters that nobody sees may spell instructions to a
language model, and those that turn the direction of writing may show a human something else than what the model reads.
They are taken out; what is left is what a human would see.

>>> neutral("evil\u202egnp.exe" + "".join(chr(0xE0000 + ord(char)) for char in "obey") + "\x1b[31m\n\n ok")
'evilgnp.exe[31m ok'
>>> neutral({"title": "a\u200bb", "years": [2021, None]})
{'title': 'ab', 'years': [2021, None]}
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import isfinite
from typing import Any

LONGEST = 4_000
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"\s+")
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x180B, 0x1810))
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")  # letters without a shape


def neutral(value: Any, longest: int = LONGEST) -> Any:
    """Return a value of JSON with every string in it, names of fields too, on one line and without what is unseen.

    Numbers that JSON does not have (infinity, not a number) become their names.

    Args:
        value: Strings, numbers, truth values, None, and lists and dictionaries of them.
        longest: Longer strings are cut, and end with an ellipsis.
    """
    if isinstance(value, str):
        return _text(value, longest)
    if isinstance(value, dict):
        return {neutral(name): neutral(one, longest) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [neutral(one, longest) for one in value]
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _text(text: str, longest: int) -> str:
    if not (text.isascii() and text.isprintable()):
        text = "".join(char for char in text if char.isspace() or not _is_unseen(char))
    text = _SPACES.sub(" ", text).strip()
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


@lru_cache(maxsize=4096)
def _is_unseen(char: str) -> bool:
    code = ord(char)
    return unicodedata.category(char) in _UNSEEN or char in _BLANK or any(code in variants for variants in _VARIANTS)
