"""The build folder behind the tools: opened once, and again when a new build has taken its place."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from kg.api import Graph, load
from kg.errors import BuildFolderError
from kg.graph.manifest import NAME

if TYPE_CHECKING:
    from pathlib import Path


class Source:
    """Gives the graph of a build folder as it is now; threads may share it.

    Args:
        folder: A folder that :func:`kg.build` wrote.

    Raises:
        BuildFolderError: It is not one, or is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._graph, self._seen = load(folder), self._look()

    def graph(self) -> Graph:
        """Return the graph.

        Raises:
            BuildFolderError: The folder is gone, or what is there now is no build.
        """
        with self._lock:
            if (seen := self._look()) != self._seen:
                self._graph, self._seen = load(self._folder), seen
            return self._graph

    def _look(self) -> tuple[int, ...]:
        try:
            told = (self._folder / NAME).stat()
        except OSError:
            raise BuildFolderError(f"{self._folder} is gone: build it again with kg build") from None
        return (told.st_ino, told.st_mtime_ns, told.st_size)
