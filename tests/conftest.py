"""Fixtures that every room shares."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kg.graph import Graph, write_tables
from tests.corpus import FIVE, graph_of

# Property tests are timed by nobody: a busy machine must not fail them. CI tries fewer examples, the same each time.
CI = os.environ.get("CI") == "true"
settings.register_profile("unhurried", deadline=None, derandomize=CI, max_examples=30 if CI else 100)
settings.load_profile("unhurried")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input beside the checkout; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the real input in {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def five() -> Graph:
    """The graph of the five test papers, in memory."""
    return graph_of(FIVE)


@pytest.fixture(scope="session")
def five_folder(five: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same graph as a folder of tables and manifest."""
    folder = tmp_path_factory.mktemp("five")
    write_tables({name: five.table(name) for name in five.manifest.counts}, folder)
    five.manifest.write(folder)
    return folder


@pytest.fixture(scope="session")
def ontology_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The reference page of the ontology, as docs/build.py makes it."""
    root = Path(__file__).parents[1]
    file = tmp_path_factory.mktemp("docs") / "page.html"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "docs/build.py", str(file)], check=True, cwd=root, env=environment)
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[object]]]:
    """A server on loopback that notes who calls."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, peer = server.accept()
                except OSError:
                    return
                calls.append(peer)
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield f"<http://127.0.0.1:{server.getsockname()[1]}/>", calls
        server.shutdown(socket.SHUT_RDWR)
