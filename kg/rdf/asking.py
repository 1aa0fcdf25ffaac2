"""The engine asked, and its refusals explained in one line each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import KgError, QueryRefused
from kg.rdf.ontology import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples, Store, Variable

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_PREFIXED = re.compile(r"([\w.-]*):[^\s:]*$")
_NO_PREFIX = "Prefix not found"
_REMEDIES = {
    "custom function": "call only functions of SPARQL 1.1, and the casts of xsd:",
    "SELECT projection": "name every argument after SELECT",
}
_LONGEST = 300


def asked(
    store: Store, checked_text: str, bound: Mapping[Variable, Literal] | None = None
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Run a query that :func:`kg.rdf.guard.checked` gave.

    Raises:
        QueryRefused: The engine does not take it.
        KgError: The engine failed.
    """
    try:
        return store.query(checked_text, prefixes=PREFIXES, substitutions=dict(bound or {}))
    except SyntaxError as error:
        raise QueryRefused(_misspelt(str(error), checked_text)) from None
    except RuntimeError as error:
        raise _failed(str(error)) from None


def _failed(message: str) -> KgError:
    for told, remedy in _REMEDIES.items():
        if told in message:
            return QueryRefused(f"the query cannot be run ({message}): {remedy}")
    return KgError(f"the engine failed ({message}): ask in another way")


def _misspelt(message: str, text: str) -> str:
    r"""Say what is wrong with the text of a query.

    >>> _misspelt("error at 1:16: expected one of Prefix not found, ['%'],\n['.']", "ASK { ?s foaf:x ?o }")[:62]
    'line 1, column 16: the prefix foaf: is not declared: begin the'
    """
    place = _PLACE.match(message)
    if place and _NO_PREFIX in place[3]:
        before = text.split("\n")[int(place[1]) - 1][: int(place[2]) - 1]
        name = found[1] if (found := _PREFIXED.search(before)) else ""
        return (
            f"line {place[1]}, column {place[2]}: the prefix {name}: is not declared: begin the query with "
            f"PREFIX {name}: <…>; {', '.join(f'{one}:' for one in PREFIXES)} need no declaration"
        )
    return f"the query cannot be run ({' '.join(message.split())[:_LONGEST]}): mend it; it must be SPARQL 1.1"
