r"""The normal form: what is left of a surface when case, plural, hyphens and markup are not told apart.

>>> normal_form("Vision Transformers"), normal_form("vision-transformer")
('vision transformer', 'vision transformer')
>>> normal_form(r"\textit{ConvFormer}"), normal_form("ImageNet-1K")
('convformer', 'imagenet 1k')
"""

from __future__ import annotations

import re
import unicodedata

_COMMAND = re.compile(r"\\[a-zA-Z]+\s*\{([^{}]*)\}")
_SPACES = re.compile(r"\\[a-zA-Z]+|~")
_MARKUP = re.compile(r"[{}$\\]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015/_]+")
_EDGES = " .,:;'\"`()[]"
_ENDS_IN_S = frozenset({"bias", "bayes", "gas", "lens", "news", "vs"})


def plain(surface: str) -> str:
    r"""Strip LaTeX commands and braces from a surface; what they wrap stays.

    >>> plain(r"{\SST}"), plain("$k$-means")
    ('', 'k-means')
    """
    previous = None
    while previous != surface:
        previous, surface = surface, _COMMAND.sub(r"\1", surface)
    return _MARKUP.sub("", _SPACES.sub(" ", surface)).strip()


def singular(word: str) -> str:
    """Give the singular of the last word of a name.

    >>> [singular(word) for word in ("networks", "vits", "classes", "queries", "loss", "bias", "gans")]
    ['network', 'vit', 'class', 'query', 'loss', 'bias', 'gan']
    """
    if len(word) < 4 or word in _ENDS_IN_S or word.endswith(("ss", "us", "is", "ics")) or not word.isalpha():
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def normal_form(surface: str) -> str:
    """Reduce a surface to the key under which exact groups are formed.

    Unicode is folded (NFKC, case), LaTeX commands give way to what they wrap, hyphens, slashes and white space become
    one space, and the last word loses its plural. A surface that is nothing but markup is kept as it stands.
    """
    text = unicodedata.normalize("NFKC", plain(surface) or surface).casefold()
    words = _SEPARATORS.sub(" ", text).strip(_EDGES).split()
    if not words:
        return surface.strip()
    return " ".join([*words[:-1], singular(words[-1])])
