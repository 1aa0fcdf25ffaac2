"""What speaks against a merge, however alike two names look: numbers, sizes and versions, contrasts, types.

>>> veto("bert base", "bert large"), veto("imagenet 1k", "imagenet 21k"), veto("encoder", "decoder")
('size', 'number', 'contrast')
>>> veto("convolution neural network", "convolutional neural network") is None
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.names import singular

if TYPE_CHECKING:
    from kg.types import EntityType

_FIGURE = re.compile(r"\d+(?:\.\d+)*")
_SIZES = frozenset(
    {"base", "large", "small", "tiny", "mini", "nano", "medium", "huge", "giant", "xl", "xxl", "big", "lite", "light"}
    | {"turbo", "plus", "pro", "max", "ultra", "flash", "ii", "iii", "iv", "+", "++"}
)
_PREFIXES = frozenset(
    {
        "un",
        "non",
        "in",
        "im",
        "ir",
        "dis",
        "de",
        "anti",
        "semi",
        "self",
        "weakly",
        "multi",
        "bi",
        "uni",
        "mono",
        "cross",
    }
    | {"sub", "super", "hyper", "pre", "post", "re", "co", "meta", "inter", "intra", "over", "under", "a", "pseudo"}
    | {"quasi", "hetero", "homo", "auto", "micro", "macro"}
)
_OPPOSITES = (
    "encoder decoder|encoding decoding|micro macro|homogeneous heterogeneous|inductive transductive deductive"
    "|forward backward|online offline|discrete continuous|deterministic stochastic probabilistic"
    "|implicit explicit|local global|hard soft|intra inter|source target|static dynamic|dense sparse"
    "|first second third|train training test testing inference|image video text audio speech|left right"
    "|upper lower|minimum maximum|min max|minimization maximization|positive negative|white black gray"
    "|open closed|short long|low high|weak strong|convex concave|primal dual|free based|few zero one many"
    "|single multi multiple|real synthetic|generative discriminative|extractive abstractive"
    "|monolingual bilingual multilingual crosslingual|unimodal multimodal|horizontal vertical|spatial temporal"
    "|prior posterior|precision recall|homophilic heterophilic|causal masked|up down|human machine|top bottom"
    "|server client|teacher student|user item|node edge graph|word sentence document character token"
    "|query key value|optimizer optimization|detection detector|generation generator"
    "|segmentation classification detection"
)
_CONTRASTS = [frozenset(words.split()) for words in _OPPOSITES.split("|")]
_LIKE: tuple[frozenset[EntityType], ...] = (
    frozenset({"Model", "Method"}),
    frozenset({"Task", "Method"}),
    frozenset({"Metric", "Method"}),
)


def veto(left: str, right: str) -> str | None:
    """Name what tells two normal forms apart: ``number``, ``size`` or ``contrast``; None where nothing does."""
    if sorted(_FIGURE.findall(left)) != sorted(_FIGURE.findall(right)):
        return "number"
    ours, theirs = (set(map(singular, form.split())) for form in (left, right))
    rest = ours ^ theirs
    if rest & _SIZES or any(len(word) == 1 for word in rest):
        return "size"
    pairs = [(one, other) for one in ours - theirs for other in theirs - ours]
    return "contrast" if any(contrast(*pair) for pair in pairs) else None


def contrast(left: str, right: str) -> bool:
    """Tell whether two words set things against each other.

    >>> contrast("supervised", "unsupervised"), contrast("encoder", "decoder"), contrast("classifier", "classification")
    (True, True, False)
    """
    less, more = sorted((left, right), key=len)
    negated = len(less) > 2 and more.endswith(less) and more.removesuffix(less) in _PREFIXES
    return negated or any(left in words and right in words for words in _CONTRASTS)


def unlike(left: EntityType, right: EntityType) -> bool:
    """Tell whether two types are not taken for each other: a name of both kinds is two things.

    >>> unlike("Model", "Method"), unlike("Dataset", "Method")
    (False, True)
    """
    return left != right and frozenset({left, right}) not in _LIKE
