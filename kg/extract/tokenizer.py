r"""A tokenizer that never splits what annotators never split, and always splits what they may.

A token is a run of letters and digits, or one other character, so every whole-word span is a span of tokens:

>>> from spacy.vocab import Vocab
>>> [token.text for token in Tokenizer(Vocab())("ViT-B/16 (86M) on {\\SST}")]
['ViT', '-', 'B', '/', '16', '(', '86M', ')', 'on', '{', '\\', 'SST', '}']
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc
from spacy.util import registry

from kg.extract.words import WORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from spacy.language import Language
    from spacy.vocab import Vocab

_TOKEN = re.compile(rf"{WORD.pattern}|[^\S ]+| +")


class Tokenizer:
    """Split text into runs of letters and digits, single other characters, and white space beyond one space."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the tokens of ``text``; ``doc.text == text`` whatever the text is."""
        words: list[str] = []
        spaces: list[bool] = []
        for token in _TOKEN.findall(text):
            if token[0] != " ":
                words.append(token)
                spaces.append(False)
                continue
            extra = token
            if spaces and not spaces[-1]:
                spaces[-1] = True
                extra = token[1:]
            if extra:
                words.append(extra)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the rule is the whole state."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> Tokenizer:
        """Restore from :meth:`to_bytes`."""
        return self

    def to_disk(self, _path: Path | str, **_: Any) -> None:
        """Write nothing: the rule is the whole state."""

    def from_disk(self, _path: Path | str, **_: Any) -> Tokenizer:
        """Restore from :meth:`to_disk`."""
        return self


@registry.tokenizers("kg.Tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Name the tokenizer in a spaCy config."""
    return lambda nlp: Tokenizer(nlp.vocab)
