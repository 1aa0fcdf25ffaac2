r"""N-Triples and N-Quads by the million: the lines are put together in SQL, one text for each row of a section.

What is written is canonical N-Triples, byte for byte what pyoxigraph's serializer writes (the tests compare the two);
making a Python object of every triple would take longer than all the rest.

>>> print(lines({"id": "VARCHAR", "start": "INTEGER", "author": "VARCHAR[]"}))
concat(CASE WHEN "start" IS NOT NULL THEN concat('<', "id", '> <https://w3id.org/paperkg/ontology#start> "', "start",
'"^^<http://www.w3.org/2001/XMLSchema#integer> .
') END,
array_to_string([concat('<', "id", '> <http://purl.org/dc/terms/creator> <', x, '> .
') for x in "author"], ''))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.rdf.context import context
from kg.rdf.ontology import PKG, PREFIXES
from kg.rdf.rows import queries, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from kg.graph import Session

_SHORT = {8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '"', 92: "\\"}
_ESCAPED = (92, 34, *range(32), 127, 0xFFFE, 0xFFFF)
_SPECIAL = r'[\x00-\x1f"\\\x7f\x{fffe}\x{ffff}]'


def texts(session: Session, profile: str, *, rdf12: bool = False, graph: str | None = None) -> Iterator[memoryview]:
    """Give the lines of a graph, those of many nodes at a time: N-Triples, or N-Quads of one named graph.

    Args:
        session: What :func:`kg.rdf.rows.opened` opened.
        profile: A name of :data:`kg.rdf.sections.PROFILES`.
        rdf12: Write triple terms (RDF 1.2) in the place of the three parts of a statement.
        graph: The IRI of the named graph that every line ends with.

    Raises:
        KgError: There is no such profile.
        BuildFolderError: A table is missing or damaged.
    """
    session.execute(f"CREATE OR REPLACE MACRO escaped(x) AS {escaping()}")
    for query in queries(session, profile, rdf12=rdf12):
        text = lines(session.columns(query), graph)
        for batch in session.batches(f"SELECT {text} AS text FROM ({query})"):  # noqa: S608 - constants
            yield _joined(batch.column(0))


def _joined(texts: pa.StringArray) -> memoryview:
    """Return the texts of an Arrow column, one behind the other, as they lie in memory."""
    _, offsets, content = texts.buffers()
    places = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return memoryview(content)[places[0] : places[-1]]


def lines(columns: Mapping[str, str], graph: str | None = None) -> str:
    """Write the SQL expression that makes the lines of a row.

    Args:
        columns: The names and SQL types of the row's columns; ``id`` is the subject.
        graph: The IRI of a named graph.
    """
    end = f" <{graph}> .\n" if graph else " .\n"
    written = (_lines_of(name, kind, end) for name, kind in columns.items() if name != "id")
    return "concat(" + ",\n".join(written) + ")"


def _lines_of(column: str, sql_type: str, end: str) -> str:
    several = sql_type.endswith("[]")
    value = "x" if several else f'"{column}"'
    template, values = _object(column, value)
    line = _filled(f"<{{}}> <{_predicate(column)}> {template}{end}", ['"id"', *values])
    if several:
        return f"array_to_string([{line} for x in \"{column}\"], '')"
    return f"CASE WHEN {value} IS NOT NULL THEN {line} END"


def _predicate(column: str) -> str:
    return PREFIXES["rdf"] + "reifies" if column == "reifies" else context()[column].iri


def _object(column: str, value: str) -> tuple[str, list[str]]:
    """Give the form of a column's objects, with braces where values go, and the SQL of these values."""
    if column == "reifies":
        parts = [f"{value}.head", _iri_of_name(f"{value}.relation"), f"{value}.tail"]
        return "<<( <{}> <{}> <{}> )>>", parts
    kind = context()[column].kind
    if kind == "@id":
        return "<{}>", [value]
    if kind == "@vocab":
        return "<{}>", [_iri_of_name(value)]
    if kind is None:
        return '"{}"', [f"escaped({value})"]
    return f'"{{}}"^^<{kind}>', [value]


def _iri_of_name(value: str) -> str:
    """Write the SQL that looks a name of the context up: most are of our namespace."""
    others = {name: term.iri for name, term in context().items() if name[0].isupper() and term.iri != PKG + name}
    cases = " ".join(f"WHEN {quoted(name)} THEN {quoted(iri)}" for name, iri in others.items())
    return f"CASE {value} {cases} ELSE {quoted(PKG)} || {value} END"


def _filled(template: str, values: list[str]) -> str:
    """Write the SQL that puts values in the place of braces."""
    texts_between = template.split("{}")
    pieces = [piece for pair in zip(map(quoted, texts_between), values, strict=False) for piece in pair]
    return f"concat({', '.join([*pieces, quoted(texts_between[-1])])})"


def escaping() -> str:
    """Write the SQL that escapes a text as canonical N-Triples has it; most texts have nothing to escape."""
    text = "x"
    for code in _ESCAPED:
        escape = "\\" + _SHORT.get(code, f"u{code:04X}")
        text = f"replace({text}, chr({code}), {quoted(escape)})"
    return f"CASE WHEN regexp_matches(x, {quoted(_SPECIAL)}) THEN {text} ELSE x END"
