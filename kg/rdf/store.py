"""A graph as a SPARQL store: in memory, kept as long as the graph, or on disk, kept from one run to the next."""

from __future__ import annotations

import gzip
import shutil
import zlib
from contextlib import contextmanager
from hashlib import sha256
from itertools import starmap
from pathlib import Path
from tempfile import mkdtemp
from typing import IO, TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Store

from kg.errors import BuildFolderError
from kg.graph.manifest import NAME as MANIFEST
from kg.rdf.triples import triples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.graph import Graph
    from kg.progress import Progress

RDF_FILES = ("graph.nt.gz", "graph.ttl")
"""The files of a build folder that hold its triples, the one to prefer first."""

STORE = "store"
"""The folder in a build folder where stores are kept, unless another place is named."""

_DAMAGE = (SyntaxError, ValueError, EOFError, zlib.error, gzip.BadGzipFile, PermissionError)
_opened: WeakKeyDictionary[Graph, Store] = WeakKeyDictionary()


def open_store(graph: Graph) -> Store:
    """Return the store of a graph, in memory: from the RDF file of its folder, else from its tables.

    The store is shared by all who ask for it: read it, and do not change it.

    Raises:
        BuildFolderError: The RDF file of the folder is damaged.
    """
    if graph not in _opened:
        _opened[graph] = Store()
        _fill(_opened[graph], graph, lambda *_: None)
    return _opened[graph]


def disk_store(graph: Graph, place: Path | None = None, progress: Progress | None = None) -> Path:
    """Return the folder of a graph's store on disk, for ``pyoxigraph.Store.read_only``; it is made if it is not there.

    It is made beside its place and moved there when it is whole. Its name depends on the RDF file, so that another
    file means another store; a build leaves none behind, since it replaces the whole build folder.

    Args:
        graph: A graph on disk.
        place: The folder to keep stores in; ``store`` in the build folder by default.
        progress: Called with ``"load"``, the bytes read of the RDF file, and its size.

    Raises:
        BuildFolderError: The graph is not on disk, its RDF file is damaged, or the place cannot be written.
    """
    if graph.folder is None:
        raise BuildFolderError("a graph in memory has no store on disk: open a build folder with kg.load")
    place = place or graph.folder / STORE
    made = place / _name(_source(graph.folder) or graph.folder / MANIFEST)
    if not made.is_dir():
        with _staged(made) as stage:
            store = Store(str(stage))
            _fill(store, graph, progress or (lambda *_: None))
            store.optimize()
            store.flush()
            del store  # lets go of the files
    return made


def _source(folder: Path) -> Path | None:
    return next((folder / name for name in RDF_FILES if (folder / name).is_file()), None)


def _name(source: Path) -> str:
    """Tell contents apart as make does, by size and time: reading gigabytes anew at each start is too slow."""
    told = source.stat()
    about = f"{source.name} {told.st_size} {told.st_mtime_ns} pyoxigraph {pyoxigraph.__version__}"
    return f"rdf-{sha256(about.encode()).hexdigest()[:16]}"


@contextmanager
def _staged(made: Path) -> Iterator[Path]:
    """Give an empty folder beside ``made`` that takes its place on a clean exit, unless somebody was faster."""
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(mkdtemp(prefix=f".{made.name}.", dir=made.parent))
    except OSError as error:
        problem = f"{made.parent} cannot be written ({error.strerror})"
        raise BuildFolderError(f"{problem}: name another place for the store (kg serve --store)") from None
    try:
        yield stage
        if not made.is_dir():
            stage.rename(made)
    except OSError as error:
        if not made.is_dir():
            raise BuildFolderError(f"{made.parent} cannot be written ({error}): is the disk full?") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _fill(store: Store, graph: Graph, progress: Progress) -> None:
    source = _source(graph.folder) if graph.folder else None
    if source:
        _load_file(store, source, progress)
    else:
        store.bulk_extend(starmap(Quad, triples(graph)))


def _load_file(store: Store, path: Path, progress: Progress) -> None:
    zipped = path.suffix == ".gz"
    try:
        with path.open("rb") as file:
            watched = cast("IO[bytes]", _Watched(file, path.stat().st_size, progress))
            stream = gzip.GzipFile(fileobj=watched) if zipped else watched
            store.bulk_load(cast("IO[bytes]", stream), RdfFormat.N_TRIPLES if zipped else RdfFormat.TURTLE)
    except _DAMAGE as error:
        raise BuildFolderError(f"{path} cannot be read ({error}): build the folder again with kg build") from None


class _Watched:
    """A file that tells how much of it has been read."""

    def __init__(self, file: IO[bytes], size: int, progress: Progress) -> None:
        self.file, self.size, self.progress, self.done = file, size, progress, 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.done += len(data)
        self.progress("load", self.done, self.size)
        return data
