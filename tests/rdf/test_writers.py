"""All formats say the same to every parser, byte for byte the same every time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pyarrow as pa
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import BuildFolderError, KgError
from kg.graph import SCHEMAS, Graph
from kg.rdf import PKG, PROFILES, triples, write_jsonld, write_nquads, write_ntriples, write_turtle
from kg.rdf.ontology import read
from tests.corpus import FIVE, graph_of
from tests.rdf.more import more, replaced, rich

MORE, RICH = more(), rich()
GRAPHS = pytest.mark.parametrize("graph", [MORE, RICH, graph_of([])], ids=["more", "rich", "empty"])
WRITERS = pytest.mark.parametrize("write", [write_ntriples, write_turtle, write_nquads, write_jsonld])
LANGUAGES = {
    write_ntriples: RdfFormat.N_TRIPLES,
    write_turtle: RdfFormat.TURTLE,
    write_nquads: RdfFormat.N_QUADS,
    write_jsonld: RdfFormat.JSON_LD,
}
FORMATS = {write_ntriples: "nt", write_turtle: "turtle", write_nquads: "nquads", write_jsonld: "json-ld"}


@cache
def written(write: Any, graph: Graph, **options: Any) -> bytes:
    buffer = BytesIO()
    write(graph, buffer, **options)
    return buffer.getvalue()


@cache
def given(graph: Graph, profile: str = "standard", *, rdf12: bool = False) -> list[Triple]:
    return list(triples(graph, profile, rdf12=rdf12))


@GRAPHS
@WRITERS
@pytest.mark.parametrize("profile", PROFILES)
def test_every_format_gives_all_triples_back(graph: Graph, write: Any, profile: str) -> None:
    quads = list(parse(written(write, graph, profile=profile), LANGUAGES[write]))
    expected = given(graph, profile)
    assert [quad.triple for quad in quads] == expected or write is write_jsonld
    assert {quad.triple for quad in quads} == set(expected)
    assert len(quads) == len(expected)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib's own parsers
@GRAPHS
@WRITERS
def test_rdflib_reads_every_format_as_the_same_graph(graph: Graph, write: Any) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=written(write, graph, profile="full"), format=FORMATS[write])
    expected = rdflib.Graph().parse(data=written(write_ntriples, graph, profile="full"), format="nt")
    assert {(s, p, o) for s, p, o, _ in dataset.quads()} == set(expected)
    assert len(expected) == len(given(graph, "full"))
    assert not [o for o in expected.objects() if isinstance(o, rdflib.Literal) and o.ill_typed]


@GRAPHS
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("rdf12", [False, True])
def test_the_lines_made_in_sql_are_those_of_pyoxigraph(graph: Graph, profile: str, *, rdf12: bool) -> None:
    ours = written(write_ntriples, graph, profile=profile, rdf12=rdf12)
    assert ours == serialize(given(graph, profile, rdf12=rdf12), format=RdfFormat.N_TRIPLES)
    quads = written(write_nquads, graph, profile=profile, rdf12=rdf12)
    (name,) = {quad.graph_name for quad in parse(quads, RdfFormat.N_QUADS)} or {None}
    if name is not None:
        named = (Quad(t.subject, t.predicate, t.object, name) for t in given(graph, profile, rdf12=rdf12))
        assert quads == serialize(named, format=RdfFormat.N_QUADS)


def test_rdf12_says_of_every_statement_what_its_parts_say() -> None:
    reifies = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
    parts = {NamedNode(f"{PKG}{name}") for name in ("head", "relation", "tail")}
    plain, short = set(given(RICH)), set(given(RICH, rdf12=True))
    statements = {s: {p: o for s2, p, o in plain if s2 == s and p in parts} for s, p, _ in plain if p in parts}
    assert {s: o for s, p, o in short if p == reifies} == {
        s: Triple(*(found[NamedNode(f"{PKG}{name}")] for name in ("head", "relation", "tail")))
        for s, found in statements.items()
    }
    assert {t for t in short if t.predicate != reifies} == {t for t in plain if t.predicate not in parts}
    for write, language in ((write_turtle, RdfFormat.TURTLE), (write_nquads, RdfFormat.N_QUADS)):
        assert {quad.triple for quad in parse(written(write, RICH, rdf12=True), language)} == short


def test_profiles_say_more_and_more() -> None:
    plain, standard, full = (set(given(RICH, profile)) for profile in PROFILES)
    assert plain < standard < full


def test_ntriples_has_one_triple_a_line() -> None:
    lines = written(write_ntriples, RICH).decode().split("\n")
    assert len(lines) == len(given(RICH)) + 1
    assert all(line.startswith("<") and line.endswith(" .") for line in lines[:-1])


def test_turtle_is_grouped_and_short(five: Graph) -> None:
    text = written(write_turtle, five).decode()
    assert "\nmodel:birdbert a pkg:Model ;\n" in text
    assert text.count("\nmodel:birdbert ") == 1
    assert len(text) < len(written(write_ntriples, five)) / 2


def test_jsonld_has_one_node_object_a_line_in_our_terms(five: Graph) -> None:
    text = written(write_jsonld, five)
    document = json.loads(text)
    assert document["@context"] == json.loads(read("context.jsonld"))["@context"]
    ids = [node["id"] for node in document["@graph"]]
    assert len(ids) == len(set(ids)) == len(text.splitlines()) - 3
    (bert,) = (node for node in document["@graph"] if node.get("name") == "BirdBERT")
    assert (bert["type"], bert["trainedOn"]) == ("Model", ["https://w3id.org/paperkg/dataset/avicorpus"])
    assert all(value not in (None, []) for node in document["@graph"] for value in node.values())


def test_jsonld_can_refer_to_its_context(five: Graph) -> None:
    document = json.loads(written(write_jsonld, five, context="https://e.org/context.jsonld"))
    assert document["@context"] == "https://e.org/context.jsonld"
    assert document["@graph"] == json.loads(written(write_jsonld, five))["@graph"]


def test_the_named_graph_is_named_for_what_the_graph_holds(five: Graph) -> None:
    def name(graph: Graph) -> object:
        return next(parse(written(write_nquads, graph), RdfFormat.N_QUADS)).graph_name

    manifest = msgspec.structs.replace(five.manifest, config={"page_nodes": 3}, inputs=("elsewhere",))
    shuffled = {table: five.table(table)[::-1] for table in SCHEMAS}
    assert name(Graph(manifest, shuffled)) == name(five)
    other = msgspec.structs.replace(five.manifest, extractor="by-hand 2")
    fewer = {"merges": five.table("merges")[:0], "mentions": five.table("mentions")[1:]}
    assert len({name(five), name(Graph(other, shuffled)), name(MORE), name(replaced(five, fewer))}) == 4


def test_rows_keep_their_order_over_many_batches(five: Graph) -> None:
    """More rows than DuckDB has in a vector or we in a batch, in an order that no thread keeps by chance."""
    heads = [f"https://w3id.org/paperkg/model/{number:05}" for number in range(30_000)]
    row = {"relation": "partOf", "tail": heads[0], "paper": "arxiv:2101.00001", "evidence": [], "confidence": 0.5}
    rows = [{**row, "head": head} for head in heads]
    Random(1).shuffle(rows)
    graph = replaced(five, {"relations": pa.Table.from_pylist(rows, schema=SCHEMAS["relations"])})
    lines = written(write_ntriples, graph).decode().split("\n")
    assert [line.split(" ")[2][1:-1] for line in lines if f"<{PKG}head>" in line] == [*heads, *_inferred(five)]


def _inferred(graph: Graph) -> list[str]:
    return sorted(graph.table("inferred").column("head").to_pylist())


def test_bytes_are_equal_whatever_the_order_and_the_process(five: Graph) -> None:
    expected = b"".join(written(write, five, profile="full") for write in LANGUAGES)
    assert b"".join(written(write, graph_of(reversed(FIVE)), profile="full") for write in LANGUAGES) == expected
    program = (
        "import sys; from tests.corpus import FIVE, graph_of; from tests.rdf.test_writers import LANGUAGES\n"
        "for write in LANGUAGES: write(graph_of(FIVE), sys.stdout.buffer, profile='full')"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": "1"}, capture_output=True, check=True
    ).stdout
    assert sha256(out).digest() == sha256(expected).digest()


@WRITERS
def test_errors_reach_the_caller(five: Graph, write: Any) -> None:
    with pytest.raises(BuildFolderError, match="another base"):
        write(replaced(five, {}, base="no iri"), BytesIO())
    with pytest.raises(KgError, match="no profile 'big'"):
        write(five, BytesIO(), profile="big")

    class Full(BytesIO):
        def write(self, _: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write(five, Full())


@pytest.mark.parametrize("iri", ["no iri", "https://w3id.org/paperkg/model/a b", "https://w3id.org/paperkg/model/%zz"])
def test_an_entity_that_is_no_iri_is_refused(five: Graph, iri: str) -> None:
    entities = five.table("entities").to_pylist()
    entities[0]["iri"] = iri
    graph = replaced(five, {"entities": pa.Table.from_pylist(entities, schema=SCHEMAS["entities"])})
    with pytest.raises(BuildFolderError, match="is none"):
        write_ntriples(graph, BytesIO())


@WRITERS
def test_damaged_tables_are_named(five_folder: Path, write: Any, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(five_folder, tmp_path / "build"))
    path = folder / "relations.parquet"
    path.write_bytes(b"PAR1" + bytes(500) + path.read_bytes()[504:])
    with pytest.raises(BuildFolderError, match="build the folder again"):
        write(Graph.open(folder), BytesIO())
    path.unlink()
    with pytest.raises(BuildFolderError, match=r"relations\.parquet"):
        write(Graph.open(folder), BytesIO())


@pytest.mark.parametrize(
    "context", ["not a url", "", "context.jsonld", "file:///context.jsonld", "https://", "//e.org"]
)
def test_a_context_is_at_an_address_of_the_web(five: Graph, context: str) -> None:
    with pytest.raises(KgError, match="is no address of a context"):
        write_jsonld(five, BytesIO(), context=context)
