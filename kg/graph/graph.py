"""An opened graph: its tables, read as far as they are asked for, and SQL over them.

The rows come in one fixed order, so that equal graphs are equal files.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from functools import cached_property
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from kg.asked import type_asked
from kg.errors import BuildFolderError
from kg.graph.database import Database
from kg.graph.find import find
from kg.graph.frame import Frame
from kg.graph.manifest import Manifest, read_manifest
from kg.graph.schema import SCHEMAS
from kg.graph.session import Session
from kg.phrases import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_HELD = ("papers", "entities", "relations", "results")
_EDGES = """
    SELECT head, relation, tail, count(DISTINCT paper) AS support, max(confidence) AS confidence
    FROM relations GROUP BY head, relation, tail ORDER BY support DESC, head, relation, tail
"""


SENTENCE = """
    array_to_string([substring(title || chr(10) || abstract, e.start + 1, e."end" - e.start) for e in evidence], ' … ')
"""
"""SQL for the words of a statement: its spans, cut out of a row of papers that ``evidence`` was joined to."""


class Graph:
    """The tables of a build, from a folder or in memory.

    Args:
        manifest: What the build says of itself.
        tables: The tables by name, for a graph in memory.
        folder: The build folder to read tables from, for a graph on disk.
    """

    def __init__(self, manifest: Manifest, tables: Mapping[str, pa.Table], folder: Path | None = None) -> None:
        self.manifest = manifest
        self.folder = folder
        self._tables = dict(tables)

    def __repr__(self) -> str:
        place = "in memory" if self.folder is None else repr(str(self.folder))
        counts = self.manifest.counts
        held = ", ".join(many(counts[name], name) for name in _HELD if name in counts)
        return f"<kg.Graph {place}: {held}>" if held else f"<kg.Graph {place}>"

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a build folder; nothing but its manifest is read yet.

        Raises:
            BuildFolderError: It is no build folder, or not one that this version reads.
        """
        return cls(read_manifest(folder), {}, folder)

    def table(self, name: str) -> pa.Table:
        """Return one of the tables of :data:`kg.graph.schema.SCHEMAS` as Arrow.

        Raises:
            BuildFolderError: There is no such table, or its file is missing or damaged.
        """
        if name not in SCHEMAS:
            raise BuildFolderError(f"no table {name!r}: there are {', '.join(SCHEMAS)}")
        if name not in self._tables:
            self._tables[name] = self._read(name)
        return self._tables[name]

    def source(self, name: str) -> pa.Table | ds.Dataset:
        """Return a table for :meth:`sql` of another graph: of a graph on disk a data set, of which no row is read yet.

        Raises:
            BuildFolderError: There is no such table, or its file is missing or damaged.
        """
        if self.folder is None or name in self._tables:
            return self.table(name)
        path = self.folder / f"{name}.parquet"
        try:
            return ds.dataset(path, SCHEMAS[name], format="parquet")
        except (OSError, pa.ArrowInvalid) as error:
            raise BuildFolderError(f"{path} cannot be read ({error}): build the folder again with kg build") from None

    def _read(self, name: str) -> pa.Table:
        if self.folder is None:
            raise BuildFolderError(f"this graph in memory has no table {name!r}")
        path = self.folder / f"{name}.parquet"
        try:
            return pq.read_table(path, schema=SCHEMAS[name])
        except (OSError, pa.ArrowInvalid) as error:
            raise BuildFolderError(f"{path} cannot be read ({error}): build the folder again with kg build") from None

    @cached_property
    def _database(self) -> Database:
        return Database(self._tables, self.folder)

    def sql(self, query: str, parameters: list[Any] | None = None, **more: pa.Table | ds.Dataset) -> Frame:
        """Run SQL (DuckDB) over the tables papers, mentions, relations, results, entities, merges and inferred.

        Add an ORDER BY where order matters: DuckDB promises none without it. Of a graph on disk only those columns and
        rows are read that the query needs.

        Args:
            query: The SQL.
            parameters: What stands for ``$1``, ``$2``, ….
            more: Further Arrow tables, by the names that the query has for them.

        Raises:
            BuildFolderError: A table that the query names is missing or damaged.
        """
        return Frame(self._database.run(query, parameters or [], more))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open SQL that streams, for work on all that the graph holds; it ends with the block."""
        with TemporaryDirectory(prefix="kg-") as spill, closing(Session(self._tables, self.folder, spill)) as session:
            yield session

    def entities(self, type: str | None = None) -> Frame:  # noqa: A002 - the word a user knows
        """Return the entities, the most widespread first, all or of one type.

        Raises:
            KgError: There is no such type.
        """
        query = "SELECT * FROM entities WHERE $1 IS NULL OR type = $1 ORDER BY papers DESC, name, iri"
        return self.sql(query, [type_asked(type)])

    def papers(self) -> Frame:
        """Return the papers, ordered by id."""
        return Frame(self.table("papers"))

    def relations(self) -> Frame:
        """Return every statement of a relation in a paper, with its evidence spans."""
        return Frame(self.table("relations"))

    def results(self) -> Frame:
        """Return every reported number."""
        return Frame(self.table("results"))

    def edges(self) -> Frame:
        """Return the distinct (head, relation, tail), most supported first: support in papers, highest confidence."""
        return self.sql(_EDGES)

    def find(self, text: str, limit: int = 10, *, type: str | None = None) -> Frame:  # noqa: A002 - as above
        """Find entities, all or of one type, by name or alias; see :func:`kg.graph.find`."""
        return find(self, text, limit, type=type).entities

    def names(self, iris: Iterable[str]) -> dict[str, str]:
        """Return the names of some entities by IRI; IRIs of no entity are left out."""
        found = self.sql(_NAMES, wanted=pa.table({"iri": pa.array(iris, pa.string())}))
        return dict(zip(found["iri"], found["name"], strict=True))

    def texts(self, papers: Iterable[str]) -> dict[str, str]:
        """Return the texts of some papers by id, which offsets count in; ids of no paper are left out."""
        return {row["id"]: f"{row['title']}\n{row['abstract']}" for row in self.sql(_TEXTS, [sorted(set(papers))])}

    @cached_property
    def _all_texts(self) -> dict[str, str]:
        papers = self.table("papers").select(["id", "title", "abstract"]).to_pylist()
        return {paper["id"]: f"{paper['title']}\n{paper['abstract']}" for paper in papers}

    def passage(self, paper: str, start: int, end: int) -> str:
        """Return the text of a span of a paper, as it stands there.

        The first call reads the texts of all papers: of a few papers, ask :meth:`texts`.

        Raises:
            KeyError: There is no paper of this id.
        """
        return self._all_texts[paper][start:end]


_NAMES = "SELECT iri, name FROM entities SEMI JOIN wanted USING (iri) ORDER BY iri"
_TEXTS = "SELECT id, title, abstract FROM papers WHERE id IN (SELECT unnest($1::VARCHAR[])) ORDER BY id"
