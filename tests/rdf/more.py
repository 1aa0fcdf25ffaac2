"""Papers beside the five: some that make every named query answer, and some that mean harm."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pyarrow as pa
import rdflib

from kg.graph import SCHEMAS, Graph, Manifest
from kg.rdf import write_ntriples
from tests.corpus import FIVE, Annotated, graph_of

if TYPE_CHECKING:
    from collections.abc import Mapping

MORE = [
    Annotated(
        "arxiv:2401.00006",
        "ResNet-50 strikes back in the field",
        "On PlantVillage, ResNet-50 outperforms LeafNet. PlantVillage serves leaf counting as well. "
        "TinyLeaf, a small LeafNet, counts leaves. ResNet is old.",
        2024,
        {
            "rn": ("Model", "ResNet-50", ["ResNet-50"], False),
            "old": ("Model", "ResNet", ["ResNet"], False),
            "leafnet": ("Model", "LeafNet", ["LeafNet"], False),
            "tiny": ("Model", "TinyLeaf", ["TinyLeaf"], True),
            "pv": ("Dataset", "PlantVillage", ["PlantVillage"], False),
            "count": ("Task", "leaf counting", ["leaf counting"], False),
        },
        [("rn", "outperforms", "leafnet"), ("pv", "benchmarkFor", "count"), ("tiny", "variantOf", "leafnet")],
    )
]

_NASTY = 'Net">\\<script>\x01\x1b\x7f\x85\u2028\u202e\ufffe\U0001f41b'

HOSTILE = [
    Annotated(
        'doi:10.1/a>b\\" {c}|d^`e\n',
        'A "title" with \\ and \r\n\t breaks, \x00 and \x08, ]]> & <b>href</b> \ud7ff\ufffd',
        f"=HYPERLINK('http://e.org') is a Model. {_NASTY} beats @SUM(A1) on -1+1 by +cmd. '''\"\"\" it has 1,200 C++.",
        2024,
        {
            "formula": ("Model", "=HYPERLINK('http://e.org')", ["HYPERLINK"], True),
            "nasty": ("Model", _NASTY, [_NASTY], True),
            "sum": ("Method", "@SUM(A1)", ["SUM"], False),
            "minus": ("Dataset", "-1+1", ["-1+1"], False),
            "plus": ("Metric", "+cmd", ["+cmd"], False),
            "c": ("Task", "C++", ["C++"], False),
        },
        [("nasty", "outperforms", "sum"), ("nasty", "usedFor", "c"), ("nasty", "evaluatedOn", "minus")],
        [
            ("nasty", "plus", "minus", "1,200", '"\\\n', "absolute", None),
            ("nasty", "plus", None, "1e999", "", "factor", "sum"),
            ("nasty", "plus", None, "not a number", "", "gain", "sum"),
        ],
    ),
    Annotated("title:", "", "", None, {}),
]


def more() -> Graph:
    return graph_of([*FIVE, *MORE])


def hostile() -> Graph:
    """The five papers and the hostile ones, with web addresses that are none."""
    graph = graph_of([*FIVE, *HOSTILE])
    urls = ["javascript:alert(1)", 'https://e.org/a>b c"d\\e{f}|^`%zz#x#y', "http://[bad", "http://", "x", None, ""]
    papers = graph.table("papers")
    column = papers.schema.get_field_index("url")
    changed = papers.set_column(column, papers.field(column), [urls[: papers.num_rows]])
    return replaced(graph, {"papers": changed})


def rich() -> Graph:
    """A graph with something in every column of every table, hostile text wherever there is text."""
    graph = graph_of([*FIVE, *MORE, *HOSTILE])
    rows = {name: graph.table(name).to_pylist() for name in SCHEMAS}
    for number, paper in enumerate(rows["papers"]):
        paper |= {
            "venue": [None, "", _NASTY, "Journal of Leaves"][number % 4],
            "authors": [[], ["Z", "A", "Z"], [_NASTY, ""]][number % 3],
            "keywords": [["b", "a", "b"], [], [_NASTY]][number % 3],
            "doi": [None, "10.5555/Birdsong.3", _NASTY, ""][number % 4],
            "arxiv": [paper["arxiv"], "2101.00001v2"][number % 2],
            "url": [paper["url"], "", "javascript:x", "https://e.org/a b", "HTTPS://E.org/x"][number % 5],
            "sources": [
                {"file": _NASTY, "record": 1 + number, "id": None},
                {"file": "a.jsonl", "record": 2**40, "id": ""},
                {"file": "a.jsonl", "record": 3, "id": _NASTY},
            ][: number % 4],
        }
    for number, entity in enumerate(rows["entities"]):
        entity["ids"] = [[], ["wikidata:Q42"], ["arxiv:1804.07461", "doi:10.1/x", "wikidata:Q1"]][number % 3]
    first = rows["mentions"][0]
    rows["mentions"] += [first, {**first, "type": "Task"}, {**first, "proposed": False, "confidence": 1e-9}]
    rows["mentions"].sort(key=lambda m: [m[name] for name in ("paper", "start", "end", "type", "entity", "confidence")])
    decision = {"type": "Model", "left": _NASTY, "right": "", "evidence": "sense", "against": ""}
    figures = {"support": 2**40, "score": 0.1 + 0.2, "margin": 5e-324, "papers": 1, "same": False}
    rows["merges"] += [{**decision, **figures, "paper": first["paper"]}, {**decision, **figures, "paper": None}]
    rows["merges"].sort(key=lambda m: [m[name] or "" for name in ("type", "left", "right", "evidence", "paper")])
    return replaced(graph, {name: pa.Table.from_pylist(rows[name], schema=SCHEMAS[name]) for name in SCHEMAS})


def exported(graph: Graph, profile: str = "standard") -> rdflib.Graph:
    """What rdflib reads of an export."""
    buffer = BytesIO()
    write_ntriples(graph, buffer, profile=profile)
    return rdflib.Graph().parse(data=buffer.getvalue(), format="nt")


def replaced(graph: Graph, tables: Mapping[str, pa.Table], base: str | None = None) -> Graph:
    """The same graph with other tables, or under another base."""
    old = graph.manifest
    manifest = Manifest(1, "0.0", old.extractor, base or old.base, old.inputs, {}, old.counts, {})
    return Graph(manifest, {name: graph.table(name) for name in old.counts} | dict(tables))
