"""Croissant 1.0: the Parquet tables of a build, described so that loaders of data sets find files and columns.

See https://docs.mlcommons.org/croissant/docs/croissant-spec.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from kg.graph import SCHEMAS
from kg.graph.columns import COLUMNS, KEYS, REFERENCES, TABLES
from kg.iris import BASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.graph import Graph, Stored

CONFORMS = "http://mlcommons.org/croissant/1.0"
_TERMS = """
    citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset
    jsonPath key md5 parentField path recordSet references regex repeated replace samplingRate separator source
    subField transform
"""
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "sc": "https://schema.org/",
    **{name: f"cr:{name}" for name in _TERMS.split()},
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}
_TYPES = {pa.string(): "sc:Text", pa.int32(): "sc:Integer", pa.int64(): "sc:Integer"} | {
    pa.float64(): "sc:Float",
    pa.bool_(): "sc:Boolean",
}


def croissant(graph: Graph, files: Mapping[str, Stored]) -> bytes:
    """Describe the tables of a build in Croissant.

    Args:
        graph: The graph.
        files: The files beside the description, by name; those of the tables are taken.
    """
    papers = graph.manifest.counts.get("papers", 0)
    tables = [name for name in SCHEMAS if f"{name}.parquet" in files]
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": "paperkg",
        "conformsTo": CONFORMS,
        "description": f"A knowledge graph of what {papers:,} abstracts of papers say, read by "
        f"{graph.manifest.extractor}: entities, relations, results, each with the place where it was read.",
        "url": graph.manifest.base,
        "creator": {"@type": "sc:Organization", "name": "paperkg", "url": BASE},
        "version": graph.manifest.paperkg or "0",
        "distribution": [_file(f"{name}.parquet", files[f"{name}.parquet"]) for name in tables],
        "recordSet": [_records(name) for name in tables],
    }
    return msgspec.json.format(msgspec.json.encode(described), indent=1) + b"\n"


def _file(name: str, stored: Stored) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "contentUrl": name,
        "contentSize": f"{stored.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": stored.sha256,
    }


def _records(table: str) -> dict[str, object]:
    keys = [{"@id": f"{table}/{column}"} for column in KEYS.get(table, ())]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": TABLES[table],
        **({"key": keys[0] if len(keys) == 1 else keys} if keys else {}),
        "field": [_field(table, column) for column in SCHEMAS[table]],
    }


def _field(table: str, column: pa.Field) -> dict[str, object]:
    place = {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column.name}}
    described: dict[str, object] = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": f"{table}/{column.name}",
        "description": COLUMNS[table][column.name],
    }
    kind = column.type
    if pa.types.is_list(kind):
        described["repeated"] = True
        kind = kind.value_type
    if pa.types.is_struct(kind):
        return {**described, "source": place, "subField": [_part(table, column, part) for part in kind]}
    reference = REFERENCES.get((table, column.name))
    return {
        **described,
        "dataType": _TYPES[kind],
        "source": place,
        **({"references": {"field": {"@id": reference}}} if reference else {}),
    }


def _part(table: str, column: pa.Field, part: pa.Field) -> dict[str, object]:
    name = f"{table}/{column.name}/{part.name}"
    extract = {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column.name}}
    source = {**extract, "transform": {"jsonPath": part.name}}
    return {"@type": "cr:Field", "@id": name, "name": name, "dataType": _TYPES[part.type], "source": source}
