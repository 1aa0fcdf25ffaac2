"""Answers of SPARQL as tables: literals of numeric types become numbers, all else text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from kg.graph import Frame
from kg.rdf.ontology import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pyoxigraph import Triple

_CASTS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
}


def frame(answer: QuerySolutions | QueryBoolean | Iterable[Triple]) -> Frame:
    """Make a table of an answer.

    SELECT gives a column for each variable; ASK one row with the column ``answer``; CONSTRUCT and DESCRIBE the columns
    ``subject``, ``predicate`` and ``object``.

    >>> from pyoxigraph import Store
    >>> print(frame(Store().query("SELECT ?n ?x { VALUES (?n ?x) { ('a' 1) ('b' 2.5) } }")))
    n  x
    a  1.0
    b  2.5
    """
    if isinstance(answer, QueryBoolean):
        return Frame(pa.table({"answer": [bool(answer)]}))
    if isinstance(answer, QuerySolutions):
        return _table([variable.value for variable in answer.variables], answer)
    return _table(["subject", "predicate", "object"], answer)


def _table(names: Sequence[str], rows: Iterable[Iterable[Any]]) -> Frame:
    values = [[value(term) for term in row] for row in rows]
    columns = zip(*values, strict=True) if values else [()] * len(names)
    return Frame(pa.table([_array(column) for column in columns], names=list(names)))


def value(term: object) -> str | float | bool | None:
    """Return an RDF term as a plain value; a literal that does not fit its type stays text.

    >>> value(Literal(3)), value(Literal("x")), value(NamedNode("http://e/")), value(None)
    (3, 'x', 'http://e/', None)
    """
    if term is None:
        return None
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else str(term)
    prefix, _, name = term.datatype.value.partition("#")
    try:
        return _CASTS[name](term.value) if f"{prefix}#" == PREFIXES["xsd"] else term.value
    except (KeyError, ValueError):
        return term.value


def _array(column: Sequence[str | float | bool | None]) -> pa.Array:
    kinds = {type(cell) for cell in column if cell is not None}
    try:
        if len(kinds) == 1:
            return pa.array(column)
        if kinds == {int, float}:
            return pa.array([None if cell is None else float(cell) for cell in column])
    except (OverflowError, pa.ArrowInvalid):
        pass  # whole numbers of more than 64 bits
    return pa.array([None if cell is None else str(cell) for cell in column], pa.string())
