"""The columns of every table in a build folder. The Parquet tables are the truth; all else is a projection of them."""

from __future__ import annotations

import pyarrow as pa

FOLDER_VERSION = 2
"""Raised when the form of a folder changes. 1 had no checksums, and seconds in the manifest."""
READ_VERSIONS = frozenset({1, 2})
"""What can be read as it stands: the tables of these versions are alike. A build makes the newest of each."""

_EVIDENCE = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))

PAPERS = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("abstract", pa.string()),
        ("year", pa.int32()),
        ("venue", pa.string()),
        ("authors", pa.list_(pa.string())),
        ("url", pa.string()),
        ("keywords", pa.list_(pa.string())),
        ("doi", pa.string()),
        ("arxiv", pa.string()),
        ("sources", pa.list_(pa.struct([("file", pa.string()), ("record", pa.int64()), ("id", pa.string())]))),
    ]
)
MENTIONS = pa.schema(
    [
        ("paper", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("type", pa.string()),
        ("surface", pa.string()),
        ("entity", pa.string()),
        ("proposed", pa.bool_()),
        ("confidence", pa.float64()),
    ]
)
RELATIONS = pa.schema(
    [
        ("head", pa.string()),
        ("relation", pa.string()),
        ("tail", pa.string()),
        ("paper", pa.string()),
        ("evidence", _EVIDENCE),
        ("confidence", pa.float64()),
    ]
)
RESULTS = pa.schema(
    [
        ("subject", pa.string()),
        ("metric", pa.string()),
        ("dataset", pa.string()),
        ("baseline", pa.string()),
        ("value", pa.string()),
        ("number", pa.float64()),
        ("unit", pa.string()),
        ("kind", pa.string()),
        ("paper", pa.string()),
        ("evidence", _EVIDENCE),
        ("confidence", pa.float64()),
    ]
)
ENTITIES = pa.schema(
    [
        ("iri", pa.string()),
        ("type", pa.string()),
        ("name", pa.string()),
        ("aliases", pa.list_(pa.struct([("surface", pa.string()), ("count", pa.int64())]))),
        ("papers", pa.int64()),
        ("ids", pa.list_(pa.string())),
        ("family", pa.string()),
        ("direction", pa.string()),
    ]
)
MERGES = pa.schema(
    [
        ("type", pa.string()),
        ("left", pa.string()),
        ("right", pa.string()),
        ("evidence", pa.string()),
        ("against", pa.string()),
        ("support", pa.int64()),
        ("score", pa.float64()),
        ("margin", pa.float64()),
        ("papers", pa.int64()),
        ("same", pa.bool_()),
        ("paper", pa.string()),
    ]
)
INFERRED = pa.schema(
    [("head", pa.string()), ("relation", pa.string()), ("tail", pa.string()), ("rule", pa.string())],
)
SCHEMAS: dict[str, pa.Schema] = {
    "papers": PAPERS,
    "mentions": MENTIONS,
    "relations": RELATIONS,
    "results": RESULTS,
    "entities": ENTITIES,
    "merges": MERGES,
    "inferred": INFERRED,
}
