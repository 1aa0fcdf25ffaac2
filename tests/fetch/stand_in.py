"""A stand-in for arXiv and OpenAlex on loopback: a script of answers, and a session that is led there."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from requests.adapters import HTTPAdapter

from kg.fetch import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from requests import PreparedRequest, Response

Asked = dict[str, str]


@dataclass
class Answer:
    """What is sent: ``promised`` bytes more are announced than come, as when a connection breaks."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    promised: int = 0


@dataclass
class StandIn:
    """The server: what it was asked and by whom, and the faults it sends before it answers properly."""

    answer: Callable[[Asked], Answer]
    faults: dict[int, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    port: int = 0

    def session(self, **options: Any) -> Session:
        """Ask as kg does, but here, and without waiting: the waits are written down."""
        made = Session(wait=self.waits.append, clock=lambda: 0.0, **options)
        made.mount("https://", _Detour(self.port))
        return made


class _Detour(HTTPAdapter):
    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        parts = urlsplit(request.url or "")
        request.url = parts._replace(scheme="http", netloc=f"127.0.0.1:{self._port}").geturl()
        return super().send(request, *args, **options)


@contextmanager
def standing_in(answer: Callable[[Asked], Answer]) -> Iterator[StandIn]:
    """Serve while the block runs."""
    stand_in = StandIn(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            stand_in.asked.append(asked)
            stand_in.headers.append(dict(self.headers))
            given = stand_in.faults.pop(len(stand_in.asked), None) or stand_in.answer(asked)
            self.send_response(given.status)
            for name, value in {**given.headers, "Content-Length": str(len(given.body) + given.promised)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(given.body)
            self.close_connection = bool(given.promised)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    stand_in.port = server.server_port
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def paper(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "number": number,
        "title": f"A tiny BERT, part {number}",
        "abstract": f"We shrink it {number} times.",
        **changes,
    }


def feed(papers: list[dict[str, Any]], total: int) -> bytes:
    """Write a page as arXiv does."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/{one.get('id') or arxiv_number(one['number'])}v2</id>"
        f"<updated>2025-07-16T10:00:00Z</updated><published>2025-07-15T10:00:00Z</published>"
        f"<title>{escape(one['title'])}</title><summary>  {escape(one['abstract'])}\n</summary>"
        "<author><name>Ann Lee</name></author><author><name>Bo Ray</name></author>"
        '<category term="cs.CL"/><arxiv:journal_ref>J. Tiny 3</arxiv:journal_ref>'
        f"<arxiv:doi>10.1000/tiny.{one['number']}</arxiv:doi></entry>"
        for one in papers
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">'
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>\n"
    ).encode()


def arxiv_number(number: int) -> str:
    return f"2507.{number:05}"


def arxiv(papers: list[dict[str, Any]]) -> Callable[[Asked], Answer]:
    """Answer as arXiv does that has these papers, the newest first."""

    def answer(asked: Asked) -> Answer:
        start, count = int(asked["start"]), int(asked["max_results"])
        return Answer(feed(papers[start : start + count], len(papers)))

    return answer


def openalex(papers: list[dict[str, Any]]) -> Callable[[Asked], Answer]:
    """Answer as OpenAlex does; a cursor says where it goes on."""

    def answer(asked: Asked) -> Answer:
        cursor, count = asked["cursor"], int(asked["per-page"])
        start = 0 if cursor == "*" else int(cursor.removeprefix("c"))
        end = start + count
        results = [work(one) for one in papers[start:end]]
        meta = {"count": len(papers), "next_cursor": f"c{end}" if results else None}
        return Answer(json.dumps({"meta": meta, "results": results}).encode())

    return answer


def work(one: dict[str, Any]) -> dict[str, Any]:
    words: dict[str, list[int]] = {}
    for place, word in enumerate(one["abstract"].split()):
        words.setdefault(word, []).append(place)
    return {
        "id": f"https://openalex.org/W{one['number']}",
        "doi": f"https://doi.org/10.1000/tiny.{one['number']}",
        "title": one["title"],
        "publication_year": 2025,
        "authorships": [{"author": {"display_name": "Ann Lee"}}],
        "primary_location": {"landing_page_url": f"https://example.org/{one['number']}", "source": None},
        "locations": [],
        "keywords": [],
        "abstract_inverted_index": words,
    }
