"""What names say of kinds and versions: "LLaMA-2 7B" is a variant of "LLaMA-2", "few-shot prompting" of "prompting".

Two rules. A name that ends in another after modifiers is a kind of it; a name that begins with another and goes on with
numbers, sizes or versions is a version of it. Each node gets one variant at most, the nearest, so there are no cycles
but those through several names of one node, and these are cut.

>>> names = {"depth estimation": "d", "monocular depth estimation": "m", "llama 2": "l2", "llama": "l"}
>>> parent("monocular depth estimation", names), parent("llama 2 7b", names), parent("llama 2", names)
(('d', 'modifier'), ('l2', 'version'), ('l', 'version'))
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.resolve.heads import GENERIC

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Variant = tuple[str, str]

_VERSION = re.compile(
    r"(?:v|r)?\d+(?:\.\d+)*[kmbtx]?|[a-z]|base|large|small|tiny|mini|nano|medium|huge|giant|xl|xxl|ii|iii|iv|turbo|pro|lite|flash"
    r"|max|plus|ultra|instruct|chat|preview"
)
_JOINTS = frozenset(
    {"of", "for", "in", "on", "with", "from", "by", "to", "via", "at", "over", "under", "as", "and", "or", "vs"}
)
_NEGATIONS = frozenset({"non", "no", "without", "not", "anti", "beyond", "quasi", "pseudo", "free"})
_VAGUE = GENERIC | {
    "function",
    "rate",
    "time",
    "robot",
    "error",
    "quality",
    "power",
    "learning",
    "training",
    "space",
    "data",
    "agent",
}
_GLUED = re.compile(r"([a-z]{3,})(\d+(?:\.\d+)*)")


def parent(name: str, nodes: Mapping[str, str], allowed: Callable[[str], bool] = lambda _: True) -> Variant | None:
    """Return the node that the nearest shorter name stands for, and which rule found it; None if there is none.

    Args:
        name: A normal form.
        nodes: The node that each normal form stands for.
        allowed: Tells of a node whether it may be the more general one.
    """
    own = nodes.get(name)
    for shorter, rule in (*_versions(name), *_modified(name)):
        node = nodes.get(shorter)
        if node is not None and node != own and allowed(node):
            return node, rule
    return None


def _versions(name: str) -> list[Variant]:
    """List what is left of a name without the numbers, sizes and versions behind it, the longest first."""
    words = name.split()
    cut = len(words)
    while cut > 1 and _VERSION.fullmatch(words[cut - 1]):
        cut -= 1
    found = [(" ".join(words[:end]), "version") for end in range(len(words) - 1, cut - 1, -1)]
    glued = _GLUED.fullmatch(words[cut - 1])
    return [*found, (" ".join([*words[: cut - 1], glued[1]]), "version")] if glued else found


def _modified(name: str) -> list[Variant]:
    """List what is left of a name without the modifiers in front, the longest first; a negation ends the list."""
    words = name.split()
    found: list[Variant] = []
    for cut in range(1, len(words)):
        rest = words[cut:]
        vague = len(rest) == 1 and rest[0] in _VAGUE
        if vague or words[cut - 1] in _JOINTS | _NEGATIONS or rest[0] in _JOINTS:
            break
        found.append((" ".join(rest), "modifier"))
    return found


def acyclic(parents: Mapping[str, Variant]) -> dict[str, Variant]:
    """Leave out every edge that is part of a cycle.

    >>> acyclic({"a": ("b", "version"), "b": ("a", "version"), "c": ("a", "version")})
    {'c': ('a', 'version')}
    """
    return {node: variant for node, variant in parents.items() if node not in _ancestors(node, parents)}


def _ancestors(node: str, parents: Mapping[str, Variant]) -> set[str]:
    found: set[str] = set()
    while node in parents and parents[node][0] not in found:
        node = parents[node][0]
        found.add(node)
    return found
