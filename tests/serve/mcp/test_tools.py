"""What clients get: tools that describe themselves, answers that keep to their schemas and cite, errors that help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from jsonschema import Draft202012Validator

from kg.analyze import card, evidence
from kg.graph import SCHEMAS, Graph, write_tables
from kg.phrases import WORDS
from kg.serve import Limits
from kg.serve.mcp import create_server
from kg.serve.mcp.answers import NOTE
from kg.serve.mcp.parameters import Claim
from kg.serve.mcp.server import TITLES, UNTRUSTED
from kg.types import ENTITY_TYPES, RELATION_TYPES
from tests.analyze.boards import SHEEP
from tests.corpus import graph_of
from tests.serve.mcp.asking import answer, ask, read, refusal, text, using

if TYPE_CHECKING:
    from pathlib import Path

    from mcp import Client
    from mcp.server import MCPServer
    from mcp_types import Tool

LEAFNET = "https://w3id.org/paperkg/model/leafnet"
COUNT = "SELECT (COUNT(*) AS ?n) { ?p a pkg:Paper }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("graph_overview", {}),
    ("search", {"text": "net"}),
    ("entity", {"entity": "LeafNet"}),
    ("claims", {"entity": "leafnet"}),
    ("neighbours", {"entity": LEAFNET, "hops": 2}),
    ("evidence", {"head": "window attention", "relation": "partOf", "tail": "LeafNet"}),
    ("leaderboard", {"dataset": "SongBench"}),
    ("papers_about", {"entity": "LeafNet"}),
    ("papers", {"ids": ["arxiv:2101.00001"]}),
    ("named_queries", {}),
    ("run_named_query", {"name": "leaderboard", "arguments": {"dataset": "SongBench"}}),
    ("sparql", {"query": COUNT}),
]


@pytest.fixture(scope="module")
def server(folder: Path) -> MCPServer[None]:
    return create_server(folder, limits=Limits(workers=1, seconds=60, patience=60))


@pytest.fixture(scope="module")
def tools(server: MCPServer[None]) -> dict[str, Tool]:
    async def listed(client: Client) -> list[Tool]:
        return (await client.list_tools()).tools

    return {tool.name: tool for tool in using(server, listed)}


def test_all_tools_are_there_and_change_nothing(tools: dict[str, Tool]) -> None:
    assert list(tools) == list(TITLES) == sorted(TITLES, key=list(TITLES).index)
    for name, tool in tools.items():
        assert tool.title == TITLES[name]
        assert tool.annotations is not None
        assert tool.annotations.model_dump(exclude={"title"}) == {
            "read_only_hint": True,
            "destructive_hint": False,
            "idempotent_hint": True,
            "open_world_hint": False,
        }


def test_tools_describe_themselves(tools: dict[str, Tool]) -> None:
    for tool in tools.values():
        assert len(tool.description or "") > 60
        assert "  " not in (tool.description or "")
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.output_schema is not None
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.output_schema["properties"]["note"]["default"] == NOTE
        for name, parameter in tool.input_schema["properties"].items():
            assert "description" in parameter, f"{tool.name}: {name}"
    assert tools["evidence"].input_schema["properties"]["relation"]["enum"] == list(RELATION_TYPES)
    assert tools["search"].input_schema["properties"]["type"]["anyOf"][0]["enum"] == list(ENTITY_TYPES)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_clients_are_told_what_to_beware_of(server: MCPServer[None], mode: str) -> None:
    async def told(client: Client) -> str | None:
        return client.instructions

    instructions = using(server, told, mode) or ""
    assert NOTE in instructions
    assert "Never follow" in instructions
    for name in TITLES:
        assert name in instructions


def test_every_tool_answers_by_its_schema(server: MCPServer[None], tools: dict[str, Tool]) -> None:
    assert {name for name, _ in CALLS} == set(TITLES)
    for (name, _), result in zip(CALLS, ask(server, *CALLS), strict=True):
        assert not result.is_error, (name, text(result))
        Draft202012Validator(tools[name].output_schema or {}).validate(result.structured_content)
        assert result.meta is not None
        assert result.meta[UNTRUSTED] == result.structured_content["note"] == NOTE
        assert read(result) == without_nulls(result.structured_content)


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(one) for name, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


def quotes(value: Any) -> list[dict[str, Any]]:
    """Everything in an answer that has a sentence."""
    if isinstance(value, list):
        return [quote for one in value for quote in quotes(one)]
    if not isinstance(value, dict):
        return []
    own = [value] if "sentence" in value else []
    return own + [quote for one in value.values() for quote in quotes(one)]


def test_every_sentence_stands_in_the_paper_that_is_cited(server: MCPServer[None], five: Graph) -> None:
    found = [quote for result in ask(server, *CALLS) for quote in quotes(result.structured_content)]
    assert len(found) > 30
    texts = five.texts(five.papers()["id"])
    for quote in found:
        assert {"paper", "title", "link", "year", "confidence"} <= set(quote)
        for part in quote["sentence"].split(" … "):
            assert part in texts[quote["paper"]].replace("\n", " ")
        assert quote["title"] in texts[quote["paper"]]


def test_the_overview_counts(server: MCPServer[None], five: Graph) -> None:
    found = answer(server, "graph_overview")
    assert (found["papers"], found["first_year"], found["last_year"]) == (5, 2021, 2025)
    assert {row["type"]: row["entities"] for row in found["types"]} == {
        kind: len(five.entities(kind)) for kind in ENTITY_TYPES
    }
    assert sum(row["statements"] for row in found["relations"]) == len(five.relations())
    assert sum(row["edges"] for row in found["relations"]) == len(five.edges())


def test_search_gives_page_after_page(server: MCPServer[None], five: Graph) -> None:
    whole = answer(server, "search", text="e", limit=100)
    assert whole["total"] == len(whole["entities"]) == len(five.find("e", 1000))
    pages = [answer(server, "search", text="e", limit=4, offset=offset) for offset in range(0, whole["total"], 4)]
    assert [one for page in pages for one in page["entities"]] == whole["entities"]
    assert {page["total"] for page in pages} == {whole["total"]}
    (vit,) = answer(server, "search", text="ViTs")["entities"]
    assert (vit["name"], vit["type"], "ViT" in vit["aliases"]) == ("Vision Transformer", "Model", True)
    assert answer(server, "search", text="leafnet", type="Task")["total"] == 0


def test_an_entity_is_its_card(server: MCPServer[None], five: Graph) -> None:
    found, expected = answer(server, "entity", entity="LeafNet", limit=1), card(five, "LeafNet", limit=1)
    assert (found["name"], found["papers"]) == (expected.name, expected.papers)
    assert {row["claim"]: row["others"] for row in found["totals"]} == expected.said.others
    assert [row["other"] for row in found["claims"]] == expected.said.claims["other"]
    assert found["proposed"][0]["link"] == "https://arxiv.org/abs/2101.00001"


def test_claims_of_some_kinds(server: MCPServer[None]) -> None:
    whole = answer(server, "claims", entity="LeafNet")
    some = answer(server, "claims", entity="LeafNet", only=["has part", "outperforms"])
    assert some["totals"] == whole["totals"]
    assert some["claims"] == [row for row in whole["claims"] if row["claim"] in {"has part", "outperforms"}]
    assert set(get_args(Claim)) == {phrase for phrases in WORDS.values() for phrase in phrases}


def test_a_leaderboard_shows_the_commonest_metrics(five: Graph, tmp_path: Path) -> None:
    graph = graph_of([SHEEP])
    write_tables({name: graph.table(name) for name in SCHEMAS}, tmp_path)
    graph.manifest.write(tmp_path)
    found = answer(create_server(tmp_path), "leaderboard", dataset="SheepSet", metrics=2, limit=1)
    assert [row["metric"] for row in found["figures"]] == ["accuracy", "woolliness"]
    assert [(row["metric"], row["figures"]) for row in found["totals"]] == [
        ("accuracy", 3),
        ("woolliness", 3),
        ("word error rate", 3),
    ]


def test_evidence_gives_page_after_page(server: MCPServer[None], five: Graph) -> None:
    edge = {"head": "window attention", "relation": "partOf", "tail": "LeafNet"}
    whole = list(evidence(five, *edge.values()))
    for offset, row in enumerate(whole):
        page = answer(server, "evidence", **edge, limit=1, offset=offset)
        assert (page["total"], page["statements"][0]["paper"]) == (len(whole), row["paper"])
        assert page["statements"][0]["spans"] == row["spans"]
    assert answer(server, "evidence", **edge, offset=2)["statements"] == []


def test_papers_by_any_of_their_names(server: MCPServer[None]) -> None:
    iri = "https://w3id.org/paperkg/paper/doi-10.5555%2Fbirdsong.3"
    found = answer(server, "papers", ids=["2202.00002", "none", iri, "arxiv:2202.00002"])
    assert [paper["paper"] for paper in found["papers"]] == ["arxiv:2202.00002", "doi:10.5555/birdsong.3"]
    assert found["unknown"] == ["none"]
    assert found["papers"][0]["abstract"].startswith("Vision transformers are too large")
    assert {(one["name"], one["proposed"]) for one in found["papers"][1]["entities"]} >= {
        ("BirdBERT", True),
        ("BERT", False),
    }


def test_papers_about_a_thing(server: MCPServer[None]) -> None:
    found = answer(server, "papers_about", entity="LeafNet", limit=1)
    assert (found["total"], [paper["paper"] for paper in found["papers"]]) == (2, ["arxiv:2202.00002"])
    early = answer(server, "papers_about", entity="LeafNet", until=2021)
    assert [(paper["year"], paper["proposed"]) for paper in early["papers"]] == [(2021, True)]
    assert answer(server, "papers_about", entity="LeafNet", since=2022, proposing=True)["total"] == 0


def test_queries_answer_in_rows(server: MCPServer[None]) -> None:
    assert answer(server, "sparql", query=COUNT)["rows"] == [[5]]
    assert answer(server, "sparql", query="ASK { ?s a pkg:Nothing }")["rows"] == [[False]]
    triples = answer(server, "sparql", query="CONSTRUCT { ?s a ?o } { ?s a ?o }", limit=3)
    assert (triples["columns"], len(triples["rows"]), triples["more"]) == (["subject", "predicate", "object"], 3, True)
    rows = answer(server, "sparql", query="SELECT ?p { ?p a pkg:Paper }", limit=5)
    assert (len(rows["rows"]), rows["more"]) == (5, False)


def test_a_named_query_binds_its_arguments(server: MCPServer[None]) -> None:
    names = {query["name"] for query in answer(server, "named_queries")["queries"]}
    assert "leaderboard" in names
    board = answer(server, "run_named_query", name="leaderboard", arguments={"dataset": "SongBench"})
    assert "dataset" not in board["columns"]
    assert "BERT" in {cell for row in board["rows"] for cell in row}
    hostile = {"dataset": 'SongBench" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o'}
    assert answer(server, "run_named_query", name="leaderboard", arguments=hostile)["rows"] == []


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("entity", {"entity": "LeafNt"}, "no entity is called 'LeafNt': near it are LeafNet (Model)"),
        ("leaderboard", {"dataset": "LeafNet"}, "no Dataset is called 'LeafNet'"),
        ("evidence", {"head": "LeafNet", "relation": "beats", "tail": "BERT"}, "usedFor"),
        ("neighbours", {"entity": "LeafNet", "types": ["Thing"]}, "Dataset"),
        ("neighbours", {"entity": "LeafNet", "hops": 9}, "less than or equal to 3"),
        ("search", {"text": ""}, "at least 1 character"),
        ("search", {"text": "x" * 501}, "at most 500 characters"),
        ("search", {"text": "x", "limit": 0}, "greater than or equal to 1"),
        ("search", {}, "Field required"),
        ("papers", {"ids": ["x"] * 21}, "at most 20 items"),
        ("papers_about", {"entity": "LeafNet", "since": 3001}, "less than or equal to 3000"),
        ("run_named_query", {"name": "nonsense"}, "no query 'nonsense': there are best-by-year, contradictions"),
        ("run_named_query", {"name": "leaderboard"}, "needs the argument 'dataset'"),
        ("run_named_query", {"name": "leaderboard", "arguments": {"x": "y"}}, "takes no argument 'x'"),
        ("sparql", {"query": "SELECT nonsense"}, "line 1"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "the graph is read-only"),
        ("sparql", {"query": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"}, "FROM is refused"),
        ("sparql", {"query": COUNT, "limit": 1_001}, "less than or equal to 1000"),
        ("nonsense", {}, "Unknown tool"),
    ],
)
def test_what_cannot_be_done_is_said(server: MCPServer[None], tool: str, arguments: dict[str, Any], says: str) -> None:
    told = refusal(server, tool, **arguments)
    assert says in told
    assert "\n" not in told
    assert "errors.pydantic.dev" not in told


def test_a_query_reaches_no_other_server(server: MCPServer[None], listener: tuple[str, list[object]]) -> None:
    address, calls = listener
    assert "SERVICE is refused" in refusal(server, "sparql", query=f"SELECT * {{ SERVICE {address} {{ ?s ?p ?o }} }}")
    assert calls == []


def test_a_query_that_takes_too_long_is_stopped_and_the_next_one_runs(folder: Path) -> None:
    server = create_server(folder, limits=Limits(workers=1, seconds=1, patience=60))
    slow, next_one = ask(server, ("sparql", {"query": ENDLESS}), ("search", {"text": "BERT"}))
    assert slow.is_error
    assert "took longer than 1 seconds" in text(slow)
    assert not next_one.is_error
