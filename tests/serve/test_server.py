"""The server as a process and on a socket: slow and greedy clients, the command, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from kg.serve import Limits, create_app, server, sparql
from tests.serve.conftest import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASK = b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def place(folder: Path) -> Iterator[tuple[str, int]]:
    with running(create_app(folder, limits=Limits(workers=1))) as address:
        yield "127.0.0.1", int(address.rpartition(":")[2])


def said(connection: socket.socket, *parts: bytes) -> bytes:
    """What the server says until it closes, or has said a whole answer of robots.txt."""
    connection.settimeout(60)
    answer = b""
    for part in parts:
        connection.sendall(part)
    while not answer.endswith(b"/api/\n") and (more := connection.recv(65536)):
        answer += more
    return answer


def test_a_client_that_never_ends_its_request_is_given_up(
    place: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    for begun in (b"", b"G", ASK, b"GET / HTTP/1.1\r\nX-A: b\r\n"):
        with socket.create_connection(place) as connection:
            assert said(connection, begun) == b""


def test_nor_does_a_second_request_keep_it(place: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    with socket.create_connection(place) as connection:
        assert b"200 OK" in said(connection, ASK, b"\r\n")
        assert said(connection, ASK) == b""


def test_a_body_that_never_ends_is_given_up(place: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "SLOW", 0.2)
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 100\r\n"
    with socket.create_connection(place) as connection:
        assert b" 408 " in said(connection, head, b"Content-Type: application/sparql-query\r\n\r\nASK")


def test_a_body_that_is_too_large_is_told_so(place: tuple[str, int]) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4000000\r\n"
    with socket.create_connection(place) as connection:
        assert b" 413 " in said(connection, head, b"Content-Type: application/sparql-query\r\n\r\n", b"#" * 4_000_000)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /?" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-A: " + b"b" * 70_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + b"A: b\r\n" * 12_000 + b"\r\n",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
    ids=["long address", "long header", "many headers", "no HTTP", "two lengths", "control character", "no host"],
)
def test_what_is_no_request_of_ours(place: tuple[str, int], request_: bytes) -> None:
    with socket.create_connection(place) as connection:
        answer = said(connection, request_)
    assert answer.split(b" ")[1] in {b"400", b"431"}
    assert b"Traceback" not in answer


def kg(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "TERM": "dumb"}
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=plain)


@pytest.mark.skipif(os.name == "nt", reason="signals are of Unix")
def test_the_command_serves_until_it_is_interrupted(folder: Path) -> None:
    with kg("serve", folder, "--port", 0, "--workers", 1) as process:
        assert process.stderr
        line = next(line for line in process.stderr if "serving" in line)
        address = line.split(" at ")[1].split()[0]
        with urlopen(f"{address}search?q=leaf") as answer:  # noqa: S310 - loopback
            assert b"LeafNet" in answer.read()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    assert "GET /search 200" in errors
    assert "q=leaf" not in errors
    assert "Traceback" not in errors


def test_the_command_says_why_it_does_not_serve(folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wrong = {
            ("--host", "0.0.0.0"): (1, "--token"),  # noqa: S104 - it is refused
            ("--port", taken.getsockname()[1]): (1, "choose another --port"),
        }
        for arguments, (code, says) in wrong.items():
            with kg("serve", folder, *arguments) as process:
                _, errors = process.communicate()
                assert (process.returncode, says in errors) == (code, True), errors
    with kg("serve", tmp_path) as process:
        _, errors = process.communicate()
        assert process.returncode == 4
        assert "no build folder" in errors
