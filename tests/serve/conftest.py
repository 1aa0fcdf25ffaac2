"""The five test papers, served: in process for most tests, over loopback where the network is the point."""

from __future__ import annotations

import shutil
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import uvicorn
from starlette.testclient import TestClient

from kg.rdf import write_turtle
from kg.serve import Limits, create_app
from kg.serve.server import config

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from kg.graph import Graph


@pytest.fixture(scope="session")
def folder(five: Graph, five_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder of tables and RDF."""
    made = tmp_path_factory.mktemp("served") / "build"
    shutil.copytree(five_folder, made)
    with (made / "graph.ttl").open("wb") as stream:
        write_turtle(five, stream)
    return made


@pytest.fixture(scope="session")
def app(folder: Path) -> Starlette:
    return create_app(folder, limits=Limits(workers=2, seconds=60, patience=60))


@pytest.fixture(scope="session")
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as opened:
        yield opened


@contextmanager
def running(app: Starlette) -> Iterator[str]:
    """Serve an application over loopback, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(config(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with socket.create_connection(listener.getsockname()):
                yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
