"""Which records are one paper: grouped in DuckDB, out of memory, whatever their number.

Records are written to a file as they come. Only the arXiv ids and DOIs that stand together in one record are linked in
memory; all else is a query, which spills to disk where it must.
"""

from __future__ import annotations

from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from kg.papers.identity import identify
from kg.papers.places import real
from kg.types import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from kg.scratch import Scratch

_SCHEMA = pa.schema(
    [
        ("n", pa.int64()),
        ("earlier", pa.bool_()),
        ("file", pa.string()),
        ("arxiv", pa.string()),
        ("doi", pa.string()),
        ("title_id", pa.string()),
        ("length", pa.int64()),
        ("title", pa.string()),
        ("abstract", pa.string()),
        ("rest", pa.binary()),
    ]
)
_ROWS = 4096

_CURRENT = """
    CREATE TABLE current AS SELECT n, arxiv, doi, title_id FROM records AS old WHERE NOT earlier OR NOT (
        EXISTS (SELECT 1 FROM records AS new WHERE NOT new.earlier AND new.file = old.file AND new.arxiv = old.arxiv)
        OR EXISTS (SELECT 1 FROM records AS new WHERE NOT new.earlier AND new.file = old.file AND new.doi = old.doi)
        OR EXISTS (
            SELECT 1 FROM records AS new WHERE NOT new.earlier AND new.file = old.file AND new.title_id = old.title_id
            AND coalesce(new.arxiv = old.arxiv, true) AND coalesce(new.doi = old.doi, true)
        )
    )
"""
_LINKS = """
    SELECT DISTINCT 'arxiv:' || arxiv, 'doi:' || doi FROM current WHERE arxiv IS NOT NULL AND doi IS NOT NULL
"""
_GROUPED = """
    CREATE TABLE grouped AS WITH
    strong AS (
        SELECT n, arxiv, doi, coalesce(root, own) AS root FROM (
            SELECT n, arxiv, doi, coalesce('arxiv:' || arxiv, 'doi:' || doi) AS own FROM current
        ) LEFT JOIN roots ON own = id WHERE own IS NOT NULL
    ),
    merged AS (
        SELECT root, min(strong.arxiv) AS arxiv, min(strong.doi) AS doi,
            arg_min(title_id, {'l': -length, 'a': abstract, 't': title}) AS title_id
        FROM strong JOIN records USING (n) GROUP BY root
    ),
    titles AS (
        SELECT title_id, count(DISTINCT arxiv) <= 1 AND count(DISTINCT doi) <= 1 AS one FROM merged GROUP BY title_id
    ),
    placed AS (
        SELECT n, strong.arxiv, strong.doi, CASE WHEN one THEN title_id ELSE root END AS place
        FROM strong JOIN merged USING (root) JOIN titles USING (title_id)
        UNION ALL SELECT n, NULL, NULL, title_id FROM current WHERE arxiv IS NULL AND doi IS NULL
    )
    SELECT n, coalesce('arxiv:' || min(arxiv) OVER same, 'doi:' || min(doi) OVER same, place) AS id
    FROM placed WINDOW same AS (PARTITION BY place)
"""
_RECORDS = "SELECT id, title, abstract, rest FROM grouped JOIN records USING (n) ORDER BY id, n"


def gather(papers: Iterable[Paper], scratch: Scratch, *, earlier: Iterable[Paper] = ()) -> Iterator[list[Paper]]:
    """Give the records of each paper, ordered by the paper's id; the order of the records never matters.

    Records with an arXiv id or a DOI in common are one paper, over any number of steps. Then titles decide, in their
    normal form: what has no id joins the paper of its title if there is just one, and papers with ids are one if their
    ids do not contradict each other.

    Args:
        papers: Records.
        scratch: Where they are kept meanwhile.
        earlier: Records that were read before: one gives way to a record of the same paper from the same file.

    Yields:
        For each paper its distinct records, sorted.
    """
    path = scratch.folder / "records.parquet"
    _write(papers, earlier, path)
    with scratch.connect() as connection:
        connection.read_parquet(str(path)).create_view("records")
        connection.execute(_CURRENT)
        connection.register("roots", _roots(connection.sql(_LINKS).fetchall()))
        connection.execute(_GROUPED)
        rows = chain.from_iterable(_rows(batch) for batch in connection.sql(_RECORDS).to_arrow_reader(_ROWS))
        for _, group in groupby(rows, key=itemgetter(0)):
            yield sorted({record for _, record in group}, key=_place)
    path.unlink()


def _write(papers: Iterable[Paper], earlier: Iterable[Paper], path: Path) -> None:
    marked = chain(((True, paper) for paper in earlier), ((False, paper) for paper in papers))
    numbered, places = enumerate(marked), _Places()
    with pq.ParquetWriter(path, _SCHEMA, compression="zstd", compression_level=1) as writer:
        while rows := [_row(number, *one, places) for number, one in islice(numbered, _ROWS)]:
            columns = list(map(list, zip(*rows, strict=True)))
            writer.write_batch(pa.record_batch(columns, schema=_SCHEMA))


class _Places(dict[str, str]):
    """Where files are, by name: to ask for each record would take as long as to read it."""

    def __missing__(self, file: str) -> str:
        return self.setdefault(file, real(file))


def _row(number: int, old: bool, paper: Paper, places: _Places) -> tuple[Any, ...]:  # noqa: FBT001 - a row has no names
    file = places[paper.sources[0].file] if paper.sources else ""
    rest = msgspec.msgpack.encode(msgspec.structs.replace(paper, title="", abstract=""))
    title_id, length = identify(arxiv=None, doi=None, title=paper.title), len(paper.abstract)
    ids = (paper.arxiv or None, paper.doi or None, title_id)
    return (number, old, file, *ids, length, paper.title, paper.abstract, rest)


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[str, Paper]]:
    ids, titles, abstracts, rests = (column.to_pylist() for column in batch.columns)
    for id_, title, abstract, rest in zip(ids, titles, abstracts, rests, strict=True):
        yield id_, msgspec.structs.replace(_decode(rest), title=title, abstract=abstract)


_decode = msgspec.msgpack.Decoder(Paper).decode


def _place(record: Paper) -> tuple[list[tuple[str, int, str]], bytes]:
    # Source sorts by its fields, and would compare an id with None.
    sources = [(source.file, source.record, source.id or "") for source in record.sources]
    return sources, msgspec.msgpack.encode(record)


def _roots(links: Iterable[tuple[str, str]]) -> pa.Table:
    """Join ids that stand together in a record, by union-find; give the root of each."""
    parents: dict[str, str] = {}
    for left, right in links:
        parents[_root(parents, left)] = _root(parents, right)
    return pa.table({"id": list(parents), "root": [_root(parents, key) for key in list(parents)]}, schema=_ROOTS)


_ROOTS = pa.schema([("id", pa.string()), ("root", pa.string())])


def _root(parents: dict[str, str], key: str) -> str:
    while (parent := parents.setdefault(key, key)) != key:
        parents[key] = parents[parent]  # Halving the path keeps the next search short.
        key = parent
    return key
