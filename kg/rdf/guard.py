r"""What a query may not do, told from its parse before anything runs.

The engine (pyoxigraph) would contact other hosts for ``SERVICE``, and has no switch for it. So the query is parsed
first, with rdflib's parser, and its tree is looked through. Two parsers see the same query only when the text leaves
no room for two readings: comments end at a carriage return for one and not for the other, and one decodes ``\u0022``
before it looks for quotes. :func:`checked` settles both in the text that it returns, and only that text is run.

>>> checked("ASK { ?s ?p 'no SERVICE here' } # nor LOAD")
"ASK { ?s ?p 'no SERVICE here' } "
>>> checked("SELECT * { OPTIONAL { SERVICE <http://e.org/> { ?s ?p ?o } } }")
Traceback (most recent call last):
kg.errors.QueryRefused: SERVICE is refused: queries are answered from the graph alone. Remove the SERVICE clause
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.errors import QueryRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REFUSED = {
    "ServiceGraphPattern": "SERVICE is refused: queries are answered from the graph alone. Remove the SERVICE clause",
    "DatasetClause": "FROM is refused: there is one graph, and every query is about it. Remove FROM and FROM NAMED",
}
_UPDATE = "this is an update, and the graph is read-only: ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FIRST_PLAIN = 0xA0
_STRINGS_OR_COMMENTS = re.compile(
    r'''(?P<kept> """(?:"{0,2}(?:[^"\\]|\\.))*""" | \'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | <[^<>"{}|^`\\\x00-\x20]*> | \\. ) | \#[^\n]*''',
    re.DOTALL | re.VERBOSE,
)


def checked(text: str) -> str:
    """Return the query in the form to run: without comments, code point escapes and carriage returns.

    The parser leaves errors behind that hold each other, and the frames of all who called: what these hold lives on
    until some thread collects garbage. An answer of the engine must end in the thread that asked, so no function may
    hold one that has called this one.

    Raises:
        QueryRefused: It does not parse, is an update, or has SERVICE, FROM or FROM NAMED.
    """
    plain = _plain(text)
    for name in _names(_parse(plain)):
        if name in _REFUSED:
            raise QueryRefused(_REFUSED[name])
    return plain


def _plain(text: str) -> str:
    unescaped = _ESCAPE.sub(_character, text.replace("\r\n", "\n").replace("\r", "\n"))
    return _STRINGS_OR_COMMENTS.sub(lambda match: match["kept"] or "", unescaped)


def _character(match: re.Match[str]) -> str:
    """Decode an escape of a letter; escapes that could stand for quotes, backslashes or keywords have no honest use."""
    code = int(match[1] or match[2], 16)
    if code < _FIRST_PLAIN or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        raise QueryRefused(f"the escape {match[0]} is refused: write the character itself")
    return chr(code)


@cache
def _parsers() -> tuple[Callable[[str], Any], Callable[[str], Any]]:
    """Import rdflib's parsers when first needed: making their grammar takes a while."""
    from rdflib import Literal  # noqa: PLC0415
    from rdflib.plugins.sparql.parser import DECIMAL_NEGATIVE, parseQuery, parseUpdate  # noqa: PLC0415

    # its own action takes the negative of a decimal for no number
    DECIMAL_NEGATIVE.set_parse_action(lambda found: Literal(f"-{found[0]}", datatype=found[0].datatype))
    return parseQuery, parseUpdate


def _parse(text: str) -> Any:
    parse_query, parse_update = _parsers()
    try:
        return parse_query(text)
    except RecursionError:
        raise QueryRefused("the query is nested too deeply: write it flatter") from None
    except Exception as error:  # noqa: BLE001 - actions of the grammar raise whatever their libraries do
        if text.strip() and _parses(parse_update, text):
            raise QueryRefused(_UPDATE) from None
        raise QueryRefused(_explain(error)) from None


def _parses(parse: Callable[[str], Any], text: str) -> bool:
    try:
        parse(text)
    except Exception:  # noqa: BLE001 - see above
        return False
    return True


def _explain(error: Exception) -> str:
    line, column = getattr(error, "lineno", 1), getattr(error, "column", 1)
    message = " ".join(str(error).split("  (at char")[0].split())
    return f"line {line}, column {column}: {message}. Mend the query; it must be SPARQL 1.1"


def _names(tree: Any) -> Iterator[str]:
    """Walk a parse tree and give the name of every production in it."""
    name = getattr(tree, "name", None)
    if isinstance(tree, dict):
        yield str(name)
        tree = list(tree.values())
    if not isinstance(tree, str) and hasattr(tree, "__iter__"):
        for child in tree:
            yield from _names(child)
