"""Docstrings as the site shows them: roles become links, doctests and indented text become blocks of code.

Our docstrings are written for ``help()``, with the roles of Sphinx; the site reads Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import griffe

if TYPE_CHECKING:
    from griffe import Module, Object

_ROLE = re.compile(r":(?:func|class|meth|mod|data|attr|exc):`~?([\w.]+)`")
_SESSION = re.compile(r"^(?P<indent> *)>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)


def markdown(text: str) -> str:
    r"""Turn a docstring into Markdown.

    >>> print(markdown("See :func:`kg.load`."))
    See <autoref identifier="kg.load" optional><code>kg.load</code></autoref>.
    >>> markdown("As this::\n\n    ImageNet")
    'As this:\n\n    ImageNet'
    """
    linked = _ROLE.sub(r'<autoref identifier="\1" optional><code>\1</code></autoref>', text)
    fenced = _SESSION.sub(lambda block: _fenced(block[0], block["indent"]), linked)
    return re.sub(r"::\n\n", ":\n\n", fenced)


def _fenced(block: str, indent: str) -> str:
    return f"{indent}```pycon\n{block}\n{indent}```"


class Roles(griffe.Extension):
    """Rewrite every docstring as it is read."""

    def on_package(self, *, pkg: Module, **_: Any) -> None:
        """Rewrite the docstring of the package itself, which is no object to griffe's other hook."""
        self.on_object(obj=pkg)

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Rewrite the docstring of one object."""
        if obj.docstring is not None:
            obj.docstring.value = markdown(obj.docstring.value)
