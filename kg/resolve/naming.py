"""What a node is called: as people write it.

The full form names a node as long as abstracts use it; where nearly all write only the abbreviation, as for BERT or
GLUE, that is the name. The surface is the most frequent one of the chosen form, in the singular, not broken at a line's
end.

>>> forms = {"vision transformer": 40, "vit": 45}
>>> head_form(forms, 50), head_form({"bert": 200, "bidirectional encoder representations from transformer": 9}, 200)
('vision transformer', 'bert')
>>> surface(Counter({"Vision Transformers": 9, "vision transformer": 5, "Vision transformer": 1}), "vision transformer")
'vision transformer'
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kg.names import normal_form, plain
from kg.resolve.abbreviations import abbreviates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SPELT = 0.2
"""The share of a node's papers that must spell it out for the full form to name it."""


def head_form(forms: Mapping[str, int], papers: int) -> str:
    """Choose the form that names a node.

    Args:
        forms: In how many papers each form of the node stands.
        papers: In how many papers the node stands.
    """
    longs = [form for form in forms if " " in form]
    short = {form for form in forms if any(abbreviates(form, long) for long in longs)}
    full = _most(forms, forms.keys() - short)
    return _most(forms, short) if short and forms[full] < SPELT * papers else full


def _most(forms: Mapping[str, int], chosen: set[str]) -> str:
    return min(chosen, key=lambda form: (-forms[form], form))


def surface(surfaces: Mapping[str, int], form: str, normal: Callable[[str], str] = normal_form) -> str:
    """Choose the most frequent surface of a form, a singular one where there is one.

    Args:
        surfaces: How often each surface is written.
        form: A normal form that one of them has at least.
        normal: Gives the normal form of a surface.
    """
    names: Counter[str] = Counter()
    for written, count in surfaces.items():
        if normal(written) == form:
            names[plain(" ".join(written.split())) or written] += count

    def rank(name: str) -> tuple[bool, bool, int, int, str]:
        return ("- " in name, name.casefold()[-1:] != form[-1:], -names[name], sum(map(str.isupper, name)), name)

    return _singular(min(names, key=rank), form)


def _singular(name: str, form: str) -> str:
    """Cut a plural s off a name in lower-case letters, where its form has none."""
    last = name.rpartition(" ")[2]
    return name[:-1] if last.islower() and last.endswith("s") and f"{form.rpartition(' ')[2]}s" == last else name
