"""Papers beside the five: some that make every named query answer, and some that mean harm."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import rdflib

from kg.graph import Graph, Manifest
from kg.rdf import write_ntriples
from tests.corpus import FIVE, Annotated, graph_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

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


def exported(graph: Graph) -> rdflib.Graph:
    """What rdflib reads of an export."""
    buffer = BytesIO()
    write_ntriples(graph, buffer)
    return rdflib.Graph().parse(data=buffer.getvalue(), format="nt")


def replaced(graph: Graph, tables: Mapping[str, pa.Table], base: str | None = None) -> Graph:
    """The same graph with other tables, or under another base."""
    old = graph.manifest
    manifest = Manifest(1, "0.0", old.extractor, base or old.base, old.inputs, {}, old.counts, {})
    return Graph(manifest, {name: graph.table(name) for name in old.counts} | dict(tables))
