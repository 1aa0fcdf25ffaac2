"""Whatever ends a fetch, asking again brings the rest, and every record once."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg.fetch
from kg.errors import FetchError, MissingExtra, PaperFormatError
from kg.fetch import SOURCES, fetch, session
from kg.fetch.saving import Output
from kg.papers import read
from tests.fetch.stand_in import Answer, StandIn, arxiv, arxiv_number, feed, openalex, paper, standing_in
from tests.papers.reads import read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PAPERS = [paper(number) for number in range(1, 451)]
SERVED = {"arxiv": arxiv, "openalex": openalex}
WORLDS = list(SERVED)


@pytest.fixture(params=WORLDS)
def source(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def server(source: str) -> Iterator[StandIn]:
    with standing_in(SERVED[source](PAPERS)) as stand_in:
        yield stand_in


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "papers.jsonl"


def _ids(output: Path) -> list[str]:
    return [json.loads(line)["id"] for line in output.read_text(encoding="utf-8").splitlines()]


def _fetch(server: StandIn, source: str, output: Path, **options: Any) -> kg.fetch.Fetched:
    polite = server.session(interval=SOURCES[source].interval)
    return fetch(source, "tiny bert", output, session=polite, **options)


def test_all_pages_are_fetched_and_build_reads_them(server: StandIn, source: str, output: Path) -> None:
    said: list[tuple[str, int, int | None]] = []
    done = _fetch(server, source, output, progress=lambda *told: said.append(told))
    assert (done.written, done.known, done.resumed) == (450, 0, False)
    papers, problems = read_all(output)
    assert not problems
    assert [p.title for p in papers] == [p["title"] for p in PAPERS]
    assert [p.abstract for p in papers] == [p["abstract"] for p in PAPERS]
    assert {p.year for p in papers} == {2025}
    assert said[-1][:2] == ("fetch", 450)
    assert sorted(path.name for path in output.parent.iterdir()) == ["papers.jsonl"]


def test_a_paper_of_arxiv_has_all_that_arxiv_says(output: Path) -> None:
    with standing_in(arxiv(PAPERS[:1])) as server:
        _fetch(server, "arxiv", output)
    (one,) = read([output])
    assert (one.id, one.arxiv, one.doi) == ("arxiv:2507.00001", "2507.00001", "10.1000/tiny.1")
    assert (one.authors, one.venue, one.keywords) == (("Ann Lee", "Bo Ray"), "J. Tiny 3", ("cs.CL",))
    assert one.url == "https://arxiv.org/abs/2507.00001"


def test_requests_say_who_asks_and_keep_their_distance(server: StandIn, source: str, output: Path) -> None:
    polite = server.session(interval=3, mailto="ann@example.org", api_key="k")
    fetch(source, "tiny bert", output, session=polite)
    assert {told["User-Agent"] for told in server.headers} == {polite.agent}
    assert polite.agent.startswith("paperkg/")
    assert polite.agent.endswith("(mailto:ann@example.org)")
    assert {told["Authorization"] for told in server.headers} == {"Bearer k"}
    assert server.waits == [3] * (len(server.asked) - 1)


def test_days_and_order(tmp_path: Path) -> None:
    days = {"since": date(2025, 7, 1), "until": date(2025, 7, 31)}
    with standing_in(arxiv(PAPERS[:1])) as server:
        _fetch(server, "arxiv", tmp_path / "a", order="relevance", **days)
    assert server.asked[0]["search_query"] == "(tiny bert) AND submittedDate:[202507010000 TO 202507312359]"
    assert server.asked[0]["sortBy"] == "relevance"
    with standing_in(openalex(PAPERS[:1])) as server:
        _fetch(server, "openalex", tmp_path / "b", **days)
    wanted = "has_abstract:true,from_publication_date:2025-07-01,to_publication_date:2025-07-31"
    assert (server.asked[0]["search"], server.asked[0]["filter"]) == ("tiny bert", wanted)
    assert server.asked[0]["sort"] == "publication_date:desc"


@pytest.mark.parametrize("limit", [1, 100, 250, 1000])
def test_a_limit(server: StandIn, source: str, output: Path, limit: int) -> None:
    assert _fetch(server, source, output, limit=limit).written == len(_ids(output)) == min(limit, 450)
    assert not Path(f"{output}.fetch").exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_source_is_asked_again_after_what_it_wants(
    server: StandIn, source: str, output: Path, status: int
) -> None:
    server.faults = {
        1: Answer(b"{}", status, {"Retry-After": "17"}),
        2: Answer(b"{}", status),
        4: Answer(b"{}", status),
    }
    assert _fetch(server, source, output).written == 450
    assert [pause for pause in server.waits if pause != SOURCES[source].interval] == [
        17,
        10,
        *[3] * (source != "arxiv"),
    ]


def test_a_source_that_wants_to_be_left_alone_for_long(server: StandIn, source: str, output: Path) -> None:
    server.faults = {2: Answer(b"", 429, {"Retry-After": "7200"})}
    with pytest.raises(
        FetchError, match=r"429 .*; it asks to wait for 7,200 s; \d+ papers are in .*: the same command"
    ):
        _fetch(server, source, output)
    assert _fetch(server, source, output).resumed
    assert len(_ids(output)) == len(set(_ids(output))) == 450


def test_a_source_that_stays_broken(server: StandIn, source: str, output: Path) -> None:
    server.faults = dict.fromkeys(range(1, 20), Answer(b"", 503))
    with pytest.raises(FetchError, match="answers 503"):
        _fetch(server, source, output)
    assert [pause for pause in server.waits if pause in session.PAUSES[1:]] == list(session.PAUSES[1:])
    assert not list(output.parent.iterdir())


def test_a_cut_answer_is_asked_for_again(server: StandIn, source: str, output: Path) -> None:
    server.faults = {
        2: Answer(b'<feed xmlns="http://www.w3.org/2005/Atom"><entry>', promised=1000),
        3: Answer(b'{"results": [{"id'),
    }
    assert _fetch(server, source, output).written == 450
    assert len(set(_ids(output))) == 450


@pytest.mark.parametrize("torn", [b"", b'{"id": "torn', b"\xff"])
@pytest.mark.parametrize("end", [FetchError, KeyboardInterrupt, MemoryError])
def test_a_fetch_that_was_cut_off_goes_on(  # noqa: PLR0917 - fixtures
    server: StandIn, source: str, output: Path, monkeypatch: pytest.MonkeyPatch, end: type[BaseException], torn: bytes
) -> None:
    whole = output.with_name("whole.jsonl")
    _fetch(server, source, whole)
    needed = len(server.asked)
    with monkeypatch.context() as patch:
        _die_after(patch, 2, end)
        with pytest.raises(end):
            _fetch(server, source, output)
    assert 0 < len(_ids(output)) < 450
    with output.open("ab") as file:
        file.write(torn)
    before = len(server.asked)
    done = _fetch(server, source, output)
    assert (done.written, done.resumed) == (450, True)
    assert len(server.asked) - before < needed, "what was fetched is not asked for again"
    assert _ids(output) == _ids(whole)
    assert not Path(f"{output}.fetch").exists()


def _die_after(patch: pytest.MonkeyPatch, pages: int, end: type[BaseException]) -> None:
    """Die when the page is written, before it is written down how far that is: the worst moment."""
    save, saved = Output._save, list[str | None]()

    def dying(self: Output, position: str | None) -> None:
        saved.append(position)
        if len(saved) > pages:
            raise end("cut off")
        save(self, position)

    patch.setattr(Output, "_save", dying)


def test_another_question_does_not_go_on_with_an_unfinished_one(
    server: StandIn, source: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        _die_after(patch, 2, FetchError)
        with pytest.raises(FetchError):
            _fetch(server, source, output)
    with pytest.raises(FetchError, match="holds an unfinished fetch of 'tiny bert'"):
        fetch(source, "another", output, session=server.session(), append=True)
    Path(f"{output}.fetch").write_text("{")
    with pytest.raises(FetchError, match="is damaged"):
        _fetch(server, source, output)


def test_a_file_that_is_there_is_added_to_only_on_demand(server: StandIn, source: str, output: Path) -> None:
    _fetch(server, source, output, limit=100)
    with pytest.raises(FetchError, match="--append"):
        _fetch(server, source, output)
    output.write_bytes(output.read_bytes().rstrip(b"\n"))
    done = _fetch(server, source, output, append=True)
    assert (done.written, done.known) == (350, 100)
    assert len(set(_ids(output))) == len(_ids(output)) == 450
    assert _fetch(server, source, output, append=True).written == 0


def test_works_are_not_added_to_other_records(output: Path) -> None:
    output.write_text('{"title": "T", "abstract": "A"}\n')
    with standing_in(openalex(PAPERS)) as server, pytest.raises(PaperFormatError, match="of format jsonl"):
        _fetch(server, "openalex", output, append=True)
    assert output.read_text() == '{"title": "T", "abstract": "A"}\n'


def test_what_comes_twice_is_written_once(source: str, output: Path) -> None:
    twice = [*PAPERS[:150], *PAPERS[100:200], *PAPERS[:1]]
    with standing_in(SERVED[source](twice)) as server:
        assert _fetch(server, source, output).written == 200
    assert len(set(_ids(output))) == len(_ids(output)) == 200


HOSTILE = [
    "<script>alert(1)</script>",
    "A\u2028line & a\u0085break",
    'quote " and \\ slash',
    "{{ 7*7 }}",
    "\U0001f600" * 50,
]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_come_through_whole(source: str, output: Path, title: str) -> None:
    with standing_in(SERVED[source]([paper(1, title=title)])) as server:
        _fetch(server, source, output)
    assert [" ".join(p.title.split()) for p in read([output])] == [" ".join(title.split())]
    assert output.read_bytes().count(b"\n") == 1


def test_half_a_character_is_kept_as_it_came(output: Path) -> None:
    with standing_in(openalex([paper(1, title="half \ud83d"), paper(2)])) as server:
        assert _fetch(server, "openalex", output).written == 2
    papers, problems = read_all(output)
    assert len(papers) == len(problems) == 1


MALFORMED = [
    *(b"{}", b'{"results": []}', b'{"meta": {}, "results": [7]}', b'{"meta": null, "results": []}', b"[" * 9000 + b"}"),
    *(b"", b"<html>Rate limited</html>", b'{"results": 3, "meta": {}}', b"\xff\xfe}", b"<feed></feed>", b"</feed>"),
]


@pytest.mark.parametrize("body", MALFORMED)
def test_answers_that_make_no_sense(source: str, output: Path, body: bytes) -> None:
    with standing_in(lambda _: Answer(body)) as server, pytest.raises(FetchError) as raised:
        _fetch(server, source, output)
    assert str(raised.value).isprintable()
    assert not list(output.parent.iterdir())


def test_an_entry_without_a_day_costs_itself_alone(output: Path) -> None:
    body = feed(PAPERS[:3], 3).replace(b"<published>2025-07-15T10:00:00Z</published>", b"", 1)
    with standing_in(lambda asked: Answer(body if asked["start"] == "0" else feed(PAPERS[2:3], 3))) as server:
        _fetch(server, "arxiv", output)
    assert _ids(output) == [arxiv_number(2), arxiv_number(3)]


def test_a_refusal_is_told_in_the_words_of_the_source(tmp_path: Path) -> None:
    refused = Answer(b'{"error": "Invalid query", "message": "no such\\n filter \\u001b[31m"}', 403)
    with standing_in(lambda _: refused) as server, pytest.raises(FetchError, match=r"403 .*: no such filter"):
        _fetch(server, "openalex", tmp_path / "a")
    entry = feed([paper(1, title="Error", abstract="incorrect id format", id="x")], 1)
    error = entry.replace(b"http://arxiv.org/abs/xv2", b"https://arxiv.org/api/errors#incorrect_id")
    for status in (200, 400):
        with (
            standing_in(partial(_refuse, Answer(error, status))) as server,
            pytest.raises(FetchError, match="incorrect"),
        ):
            _fetch(server, "arxiv", tmp_path / "b")


def _refuse(answer: Answer, _: object) -> Answer:
    return answer


def test_a_cursor_that_stands_still_ends_the_fetch(output: Path) -> None:
    still = Answer(json.dumps({"meta": {"count": 9, "next_cursor": "same"}, "results": []}).encode())
    with standing_in(lambda _: still) as server, pytest.raises(FetchError, match="same page again"):
        _fetch(server, "openalex", output)


def test_empty_pages_of_arxiv_are_no_end(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with standing_in(arxiv(PAPERS)) as server:
        with monkeypatch.context() as patch:
            _die_after(patch, 2, KeyboardInterrupt)
            with pytest.raises(KeyboardInterrupt):
                _fetch(server, "arxiv", output)
        empty = Answer(feed([], 0))
        server.faults = {len(server.asked) + 1: empty}
        with pytest.raises(FetchError, match=r"sent nothing where it had results before \(at 199\)"):
            _fetch(server, "arxiv", output)
        server.faults = dict.fromkeys(range(len(server.asked) + 2, len(server.asked) + 6), empty)
        with pytest.raises(FetchError, match="an empty page in the middle"):
            _fetch(server, "arxiv", output)
        server.faults = {len(server.asked) + 2: empty}
        _fetch(server, "arxiv", output)
    assert len(set(_ids(output))) == len(_ids(output)) == 450


def test_no_network(source: str, output: Path) -> None:
    with standing_in(SERVED[source](PAPERS)) as server:
        pass
    with pytest.raises(FetchError, match=r"cannot be reached \(.*refused.*\); check the network"):
        _fetch(server, source, output)
    assert server.waits == []
    assert not list(output.parent.iterdir())


def test_nothing_found(source: str, output: Path) -> None:
    with standing_in(SERVED[source]([])) as server, pytest.raises(FetchError, match="has nothing for 'tiny bert'"):
        _fetch(server, source, output)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"source": "scopus"}, "no source"),
        ({"query": " "}, "is empty"),
        ({"mailto": "a\r\nX: b"}, "no mail address"),
        ({"since": date(2025, 2, 1), "until": date(2025, 1, 1)}, "no day is both 2025-02-01 or later and 2025-01-01"),
        ({"output": "/proc/none/papers.jsonl"}, r"/proc/none/papers\.jsonl cannot be written \(No such file"),
        ({"output": "/proc"}, r"/proc cannot be written"),
    ],
)
def test_questions_that_are_none(output: Path, given: dict[str, Any], message: str) -> None:
    with pytest.raises(FetchError, match=message):
        fetch(**{"source": "arxiv", "query": "bert", "output": output, **given})


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name="arxiv")

    monkeypatch.setattr(kg.fetch, "import_module", missing)
    door: Callable[[str], Any] = kg.fetch.__getattr__
    with pytest.raises(MissingExtra, match=r"pip install 'paperkg\[fetch\]'"):
        door("fetch")
    with pytest.raises(AttributeError):
        door("nothing")
