"""What a graph was written as gives the same tables back; what is no whole graph is told, with the node that is not."""

from __future__ import annotations

import gzip
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BuildFolderError
from kg.graph import SCHEMAS, Graph
from kg.rdf import read_graph, triples, write_jsonld, write_nquads, write_ntriples, write_turtle
from tests.corpus import graph_of
from tests.rdf.more import more, replaced, rich

WRITERS = {"ttl": write_turtle, "nt": write_ntriples, "nq": write_nquads, "jsonld": write_jsonld}
RICH = rich()


@cache
def content(graph: Graph, ending: str, **options: Any) -> bytes:
    buffer = BytesIO()
    writer: Any = WRITERS[ending]
    writer(graph, buffer, **options)
    return buffer.getvalue()


def read(text: bytes, ending: str = "nt") -> Graph:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"graph.{ending}")
        path.write_bytes(text)
        return read_graph(path)


def assert_same(found: Graph, graph: Graph) -> None:
    for name in SCHEMAS:
        assert found.table(name).equals(graph.table(name)), name
    assert (found.manifest.base, found.manifest.extractor) == (graph.manifest.base, graph.manifest.extractor)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("graph", [more(), RICH, graph_of([])], ids=["more", "rich", "empty"])
def test_every_format_gives_the_tables_back(graph: Graph, ending: str) -> None:
    found = read(content(graph, ending, profile="full"), ending)
    assert_same(found, graph)
    assert content(found, ending, profile="full") == content(graph, ending, profile="full")
    assert {name: found.manifest.counts[name] for name in SCHEMAS} == {n: graph.table(n).num_rows for n in SCHEMAS}


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq"])
def test_triple_terms_give_the_tables_back(ending: str) -> None:
    assert_same(read(gzip.compress(content(RICH, ending, profile="full", rdf12=True)), f"{ending}.gz"), RICH)


def test_the_order_of_a_file_is_no_matter_nor_what_stands_twice() -> None:
    lines = content(RICH, "nt", profile="full").splitlines(keepends=True)
    lines += lines[::7]
    Random(3).shuffle(lines)
    assert_same(read(b"".join(lines)), RICH)


def test_what_rdflib_writes_is_read() -> None:
    """In any order, that is; its writer of Turtle would round numbers to seven digits."""
    parsed = rdflib.Graph().parse(data=content(RICH, "nt", profile="full"), format="nt")
    assert_same(read(parsed.serialize(format="nt", encoding="utf-8")), RICH)


def test_a_base_of_ones_own_comes_back() -> None:
    graph = graph_of([])
    assert_same(
        read(content(replaced(graph, {}, base="http://e.org/it's/"), "nt", profile="full")),
        replaced(graph, {}, base="http://e.org/it's/"),
    )


def test_other_triples_are_passed_over() -> None:
    other = b'<http://e.org/a> <http://e.org/b> "c"@en .\n_:b <http://e.org/b> _:c .\n'
    assert_same(read(other + content(RICH, "nt", profile="full")), RICH)


def test_the_standard_profile_gives_what_it_holds() -> None:
    found = read(content(RICH, "nt"))
    for name in ("relations", "results", "inferred"):
        assert found.table(name).equals(RICH.table(name))
    for name in SCHEMAS.keys() - {"relations", "results", "inferred"}:
        with pytest.raises(BuildFolderError, match="has no table"):
            found.table(name)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
PAPERS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.builds(lambda scheme, name: f"{scheme}:{name}", st.sampled_from(["arxiv", "doi", "title"]), TEXT),
            "title": TEXT,
            "abstract": TEXT,
            "year": st.none() | st.integers(1900, 2100),
            "venue": st.none() | TEXT,
            "authors": st.lists(TEXT, max_size=12),
            "url": st.none() | TEXT | TEXT.map("https://e.org/".__add__),
            "keywords": st.lists(TEXT, max_size=3),
            "doi": st.none() | TEXT,
            "arxiv": st.none() | TEXT,
            "sources": st.lists(
                st.fixed_dictionaries({"file": TEXT, "record": st.integers(1, 2**40), "id": st.none() | TEXT}),
                max_size=2,
            ),
        }
    ),
    max_size=20,
    unique_by=lambda paper: str(paper["id"]),
)


@given(PAPERS, st.sampled_from(list(WRITERS)))
@settings(max_examples=8)
def test_papers_of_any_text_come_back(papers: list[dict[str, Any]], ending: str) -> None:
    table = pa.Table.from_pylist(sorted(papers, key=lambda paper: str(paper["id"])), schema=SCHEMAS["papers"])
    graph = replaced(graph_of([]), {"papers": table})
    assert_same(read(content(graph, ending, profile="full"), ending), graph)


NT = content(RICH, "nt", profile="full").decode()
PKG = "https://w3id.org/paperkg/ontology#"


def without(predicate: str) -> str:
    return "\n".join(line for line in NT.split("\n") if f"{predicate}> " not in line)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no extractor"),
        ("<http://e/a> <http://e/b> <http://e/c> .", "names no extractor: .* --profile full"),
        (without("#start"), "has no start"),
        (without("#tail"), "has no tail"),
        (without("#entityType"), "has no entityType"),
        (without("terms/title"), "has no title"),
        (without("terms/identifier"), "has no identifier that its IRI is made of"),
        (NT.replace(f'{PKG}start> "0"', f'{PKG}start> "zero"'), "does not hold what it should .*zero"),
        (NT.replace("#Passage>", "#Nothing>"), "evidence that is no passage"),
        (NT.replace("schema.org/Person>", "schema.org/Nobody>"), "no such node for its author"),
        (NT + NT.replace('"LeafNet"', '"Leafnet"'), "has two values of "),
        (NT.replace("/run/", "/run/0") + NT, "holds several graphs"),
        (NT[: len(NT) // 2], "cannot be read as RDF"),
    ],
)
def test_what_is_no_whole_graph_is_told(text: str, message: str) -> None:
    with pytest.raises(BuildFolderError, match=f"graph.nt.*{message}"):
        read(text.encode())


def test_a_plain_graph_has_no_statements_to_read() -> None:
    with pytest.raises(BuildFolderError, match="names no extractor"):
        read(content(RICH, "nt", profile="plain"))


def test_two_named_graphs_are_not_mixed() -> None:
    one, two = (content(graph, "nq", profile="full") for graph in (RICH, more()))
    with pytest.raises(BuildFolderError, match="holds several graphs"):
        read(one + two, "nq")


@pytest.mark.parametrize("name", ["graph.rdf", "graph", "graph.nt.zip"])
def test_a_file_of_another_kind_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(BuildFolderError, match=r"its name should end in \.ttl, \.nt, \.nq, \.jsonld"):
        read_graph(tmp_path / name)


def test_damaged_gzip_and_missing_files_are_told(tmp_path: Path) -> None:
    path = tmp_path / "graph.nt.gz"
    with pytest.raises(BuildFolderError, match="there is no such file"):
        read_graph(path)
    path.write_bytes(gzip.compress(NT.encode())[:-9])
    with pytest.raises(BuildFolderError, match="cannot be read"):
        read_graph(path)


def test_nothing_is_fetched() -> None:
    remote = '{"@context": "http://127.0.0.1:9/context.jsonld", "@graph": []}'
    with pytest.raises(BuildFolderError, match=r"cannot be read as RDF: its context .* export it without --context"):
        read(remote.encode(), "jsonld")


def test_the_triples_of_what_was_read_are_the_same() -> None:
    assert list(triples(read(NT.encode()))) == list(triples(RICH))
