"""A graph as a SPARQL store in memory, loaded once and kept as long as the graph."""

from __future__ import annotations

import gzip
import zlib
from itertools import starmap
from typing import IO, TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from pyoxigraph import Quad, RdfFormat, Store

from kg.errors import BuildFolderError
from kg.rdf.triples import triples

if TYPE_CHECKING:
    from pathlib import Path

    from kg.graph import Graph

_opened: WeakKeyDictionary[Graph, Store] = WeakKeyDictionary()


def open_store(graph: Graph) -> Store:
    """Return the store of a graph: from ``graph.nt.gz`` or ``graph.ttl`` of its folder, else from its tables.

    The store is shared by all who ask for it: read it, and do not change it.

    Raises:
        BuildFolderError: The RDF file of the folder is damaged.
    """
    if graph not in _opened:
        _opened[graph] = _load(graph)
    return _opened[graph]


def _load(graph: Graph) -> Store:
    store = Store()
    for name in ("graph.nt.gz", "graph.ttl"):
        if graph.folder and (graph.folder / name).is_file():
            _load_file(store, graph.folder / name)
            return store
    store.bulk_extend(starmap(Quad, triples(graph)))
    return store


def _load_file(store: Store, path: Path) -> None:
    zipped = path.suffix == ".gz"
    try:
        with gzip.open(path) if zipped else path.open("rb") as stream:
            store.bulk_load(cast("IO[bytes]", stream), RdfFormat.N_TRIPLES if zipped else RdfFormat.TURTLE)
    except (SyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
        raise BuildFolderError(f"{path} cannot be read ({error}): build the folder again with kg build") from None
