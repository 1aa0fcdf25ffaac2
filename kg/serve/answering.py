r"""Answering one query, up to a number of rows.

An answer is first written in a format of one line a row (TSV, N-Triples), so that it can be cut at a line while the
engine computes no more rows than are taken; then it is turned into the format that is wanted. The engine's own
serializers and parsers do both.

>>> from pyoxigraph import Store
>>> job = Job(query="SELECT ?x { VALUES ?x { 1 2 3 } }", results="text/csv", graphs=None,
...           rows=2, answer_bytes=99, seconds=1, output="")
>>> answer(Store(), job, stream := BytesIO())
Done(media_type='text/csv', rows=2, cut=True)
>>> stream.getvalue()
b'x\r\n1\r\n2\r\n'
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import IO, TYPE_CHECKING, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import QueryRefused
from kg.rdf.asking import asked
from kg.rdf.guard import checked
from kg.rdf.ontology import PREFIXES
from kg.serve.formats import GRAPHS, RESULTS
from kg.serve.jobs import Done, Failed, Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import Store

    from kg.serve.jobs import Reply

CUT = b"This answer was cut: there is more than the server gives at once. Ask for a part of it, with LIMIT and OFFSET."
_COMMENTS: dict[QueryResultsFormat | RdfFormat, tuple[bytes, bytes]] = {
    QueryResultsFormat.XML: (b"<!-- ", b" -->\n"),
    RdfFormat.RDF_XML: (b"<!-- ", b" -->\n"),
    RdfFormat.N_TRIPLES: (b"# ", b"\n"),
    RdfFormat.TURTLE: (b"# ", b"\n"),
}
_NOT_IN_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


_checked = lru_cache(maxsize=64)(checked)  # parsing takes longer than most answers


def answer(store: Store, job: Job, stream: IO[bytes]) -> Reply:
    """Check and run a query, and write its answer to ``stream``."""
    try:
        return _run(store, _checked(job.query), job, stream)
    except QueryRefused as error:
        return Failed(why="refused", message=str(error))


def _run(store: Store, query: str, job: Job, stream: IO[bytes]) -> Reply:
    """Run a checked query, apart from where it was checked: see :func:`kg.rdf.guard.checked`."""
    return _write(asked(store, query), job, stream)


def _write(found: QuerySolutions | QueryBoolean | QueryTriples, job: Job, stream: IO[bytes]) -> Reply:
    is_graph = isinstance(found, QueryTriples)
    wanted = job.graphs if is_graph else job.results
    if wanted is None:
        return Failed(why="format", message=f"the answer can be one of {', '.join(GRAPHS if is_graph else RESULTS)}")
    if isinstance(found, QueryBoolean):
        found.serialize(stream, RESULTS[wanted])
        return Done(media_type=wanted, rows=1, cut=False)
    lines = Lines(job.rows, job.answer_bytes, headings=0 if is_graph else 1)
    if isinstance(found, QueryTriples):
        lines.fill(lambda: serialize(found, lines, RdfFormat.N_TRIPLES))
        _convert_triples(lines, GRAPHS[wanted], stream)
    else:
        lines.fill(lambda: found.serialize(lines, QueryResultsFormat.TSV))
        _convert_rows(lines, RESULTS[wanted], stream)
    return Done(media_type=wanted, rows=lines.rows, cut=lines.cut)


def _convert_rows(lines: Lines, wanted: QueryResultsFormat, stream: IO[bytes]) -> None:
    if wanted == QueryResultsFormat.TSV:
        stream.write(lines.getbuffer())
    else:
        target = _xml_safe(stream) if wanted == QueryResultsFormat.XML else stream
        parse_query_results(lines, QueryResultsFormat.TSV).serialize(target, wanted)
    _say_that_it_was_cut(lines, wanted, stream)


def _convert_triples(lines: Lines, wanted: RdfFormat, stream: IO[bytes]) -> None:
    if wanted == RdfFormat.N_TRIPLES:
        stream.write(lines.getbuffer())
    else:
        target = _xml_safe(stream) if wanted == RdfFormat.RDF_XML else stream
        serialize(parse(lines, RdfFormat.N_TRIPLES), target, wanted, prefixes=PREFIXES)
    _say_that_it_was_cut(lines, wanted, stream)


def _say_that_it_was_cut(lines: Lines, wanted: QueryResultsFormat | RdfFormat, stream: IO[bytes]) -> None:
    if lines.cut and wanted in _COMMENTS:
        before, after = _COMMENTS[wanted]
        stream.write(before + CUT + after)


class Lines(BytesIO):
    r"""A file in memory that takes lines up to a number of rows and bytes, and then no more.

    >>> lines = Lines(rows=2, size=99)
    >>> lines.fill(lambda: [lines.write(b"a\nb"), lines.write(b"\nc\n"), lines.write(b"never")])
    >>> lines.getvalue(), lines.rows, lines.cut
    (b'a\nb\n', 2, True)
    """

    def __init__(self, rows: int, size: int, headings: int = 0) -> None:
        super().__init__()
        self._most, self._size, self._headings = rows + headings, size, headings
        self._lines = 0
        self.cut = False

    @property
    def rows(self) -> int:
        """The number of rows taken."""
        return self._lines - self._headings

    def fill(self, write: Callable[[], object]) -> None:
        """Let something be written here until it ends or there is no more room, then go back to the start to read."""
        try:
            write()
        except _Full:
            self.cut = True
            self._trim()
        self.seek(0)

    def write(self, data: bytes, /) -> int:  # type: ignore[override] # what the engine gives
        """Take some text; where there is no room for all of it, the engine is told to compute no more.

        Raises:
            _Full: There is no room.
        """
        written = super().write(data)
        self._lines += data.count(b"\n")
        rest = self._lines == self._most and not data.endswith(b"\n")
        if self._lines > self._most or rest or self.tell() > self._size:
            raise _Full
        return written

    def _trim(self) -> None:
        text = self.getvalue()
        end = text.rfind(b"\n", 0, self._size) + 1
        self._lines = text.count(b"\n", 0, end)
        for _ in range(self._lines - self._most):
            end = text.rfind(b"\n", 0, end - 1) + 1
        self._lines = min(self._lines, self._most)
        self.truncate(end)


class _Full(Exception):
    """There is no room for another row."""


class _XmlSafe:
    """A file that makes XML of what is nearly XML: the engine writes control characters as they are."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}".encode(), data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._stream.flush()


def _xml_safe(stream: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", _XmlSafe(stream))
