r"""Corrections that correct nothing, which is a slip more often than not.

>>> for problem in unheard("same\tViT\tVison Transformer", "corrections.tsv", {"vison transformer"}):
...     print(problem)
corrections.tsv:1: no paper speaks of 'Vison Transformer': it changes nothing; check the name, or take the line out
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.names import normal_form
from kg.papers.problems import Problem
from kg.resolve.corrections import split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_REMEDY = "check the name, or take the line out"


def unheard(text: str, source: str, unknown: Collection[str]) -> Iterator[Problem]:
    """Tell of each line about a name that no paper has.

    Args:
        text: Corrections, as they are written.
        source: What the file is called.
        unknown: Names that no paper has, in their normal form.
    """
    for line in split(text.splitlines(), source):
        names = (line.first, line.second) if line.verb in {"same", "different"} else (line.first,)
        missing = " or ".join(repr(name) for name in names if normal_form(name) in unknown)
        if missing:
            yield Problem(source, line.number, f"no paper speaks of {missing}: it changes nothing", _REMEDY)
