r"""The normal form: what is left of a surface when case, plural, hyphens, markup and spelling are not told apart.

>>> normal_form("Vision Transformers"), normal_form("vision-transformer")
('vision transformer', 'vision transformer')
>>> normal_form(r"\textit{ConvFormer}"), normal_form("ImageNet-1K")
('convformer', 'imagenet 1k')
>>> normal_form("LMs"), normal_form("CNNs")
('lm', 'cnn')
>>> normal_form(r"$\beta$-VAE"), normal_form("Fréchet distances"), normal_form("behaviour modelling")
('beta vae', 'frechet distance', 'behavior modeling')
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GREEK = {
    name: chr(code)
    for code, name in enumerate(
        (
            *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu"),
            *("nu", "xi", "omicron", "pi", "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"),
        ),
        start=0x3B1,
    )
}
_LETTERS = str.maketrans({letter: name for name, letter in _GREEK.items()})
_COMMAND = re.compile(r"\\[a-zA-Z]+\s*\{([^{}]*)\}")
_GREEK_COMMAND = re.compile(rf"\\(?:var)?({'|'.join(_GREEK)})(?![a-zA-Z])")
_SPACES = re.compile(r"\\[a-zA-Z]+|~")
_MARKUP = re.compile(r"[{}$\\]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212/_]+")
_PLURAL = re.compile(r"\b([A-Z]{2})s\b")
_POSSESSIVE = re.compile(r"['\u2018\u2019]s\b")
_ACCENTS = re.compile("[\u0300-\u036f]")
_WORDS = 1 << 16
"""How many words are remembered as they were rewritten: names are made of few words, and one comes up thousandfold."""

_EDGES = " .,:;'\"`()[]\u2018\u2019\u201c\u201d"

_SAME_IN_BOTH = frozenset(
    {"alias", "atlas", "bayes", "bias", "canvas", "gas", "lens", "news", "series", "species", "vs"},
)
_IRREGULAR = {
    "analyses": "analysis",
    "biases": "bias",
    "corpora": "corpus",
    "hypotheses": "hypothesis",
    "indices": "index",
    "lenses": "lens",
    "matrices": "matrix",
    "movies": "movie",
    "syntheses": "synthesis",
    "vertices": "vertex",
}

_VERB = (
    r"\b(?!(?:com)?promis|(?:exp|adv)ertis|practis|aris)"
    r"([a-z]+(?:al|el|il|an|en|in|on|ar|er|or|ic|im|om|ym|ct|nt|et|ot|rd|ens|gn|lar|mat))"
)
_AMERICAN = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<!prov)isation\b", "ization"),
        (_VERB + r"is(e[ds]?|ers?|ing)\b", r"\1iz\2"),
        (r"\b(anal|catal)ys(e[ds]?|ers?|ing)\b", r"\1yz\2"),
        (r"\b(behavi|col|fav|hon|hum|neighb|rum|tum|vap|harb|arm|lab)our", r"\1or"),
        (r"\b(cancel|fuel|label|level|model|signal|travel|tunnel|channel)l(ed|er|ers|ing)\b", r"\1\2"),
        (r"\b(cent|fib|theat|met|lit)re(s?)\b", r"\1er\2"),
        (r"\b(dialog|catalog|analog)ues?\b", r"\1"),
        (r"\bgrey", "gray"),
        (r"\b(defen|licen|offen)ce\b", r"\1se"),
        (r"\b(p|orthop)aed", r"\1ed"),
        (r"\bartefact", "artifact"),
        (r"\bjudgement", "judgment"),
        (r"\bageing\b", "aging"),
        (r"\bprogramme\b", "program"),
    )
)
_BRITISH = re.compile(r"is[aei]|ys[ei]|our|ll|re|ogue|grey|ce\b|aed|artef|gem|agei|amme")


def plain(surface: str) -> str:
    r"""Strip LaTeX commands and braces from a surface; what they wrap stays, Greek letters become themselves.

    >>> plain(r"{\SST}"), plain("$k$-means"), plain(r"$\beta$-VAE")
    ('', 'k-means', 'β-VAE')
    """
    previous = None
    while previous != surface:
        previous, surface = surface, _COMMAND.sub(r"\1", surface)
    surface = _GREEK_COMMAND.sub(lambda found: _GREEK[found[1]], surface)
    return _MARKUP.sub("", _SPACES.sub(" ", surface)).strip()


@lru_cache(maxsize=_WORDS)
def singular(word: str) -> str:
    """Give the singular of a word.

    >>> [singular(word) for word in ("networks", "vits", "classes", "queries", "loss", "bias", "gans", "matrices")]
    ['network', 'vit', 'class', 'query', 'loss', 'bias', 'gan', 'matrix']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word in _SAME_IN_BOTH or word.endswith(("ss", "us", "is", "ics")) or not word.isalpha():
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def american(text: str) -> str:
    """Spell the words of a folded text as Americans do.

    >>> american("optimisation by normalising the colour centres"), american("supervised denoising exercise")
    ('optimization by normalizing the color centers', 'supervised denoising exercise')
    """
    return " ".join(map(_american, text.split(" "))) if _BRITISH.search(text) else text


@lru_cache(maxsize=_WORDS)
def _american(word: str) -> str:
    for british, replacement in _AMERICAN:
        word = british.sub(replacement, word)
    return word


def folded(text: str) -> str:
    """Fold what Unicode tells apart and readers do not: compatibility forms, case, accents; Greek letters are named.

    >>> folded("Fréchet"), folded("β-VAE"), folded("Ångström")
    ('frechet', 'beta-vae', 'angstrom')
    """
    if text.isascii():
        return text.casefold()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS)


def normal_form(surface: str) -> str:
    """Reduce a surface to the readable key that entities of abstracts are compared by.

    Unicode is folded, LaTeX commands give way to what they wrap, hyphens, slashes and white space become one space,
    possessive endings go, spelling is American, and the last word loses its plural. A surface that is nothing but
    markup is kept as it stands.
    """
    text = _POSSESSIVE.sub("", folded(_PLURAL.sub(r"\1", plain(surface) or surface)))
    words = american(_SEPARATORS.sub(" ", text)).strip(_EDGES).split()
    if not words:
        return surface.strip()
    return " ".join([*words[:-1], singular(words[-1])])
