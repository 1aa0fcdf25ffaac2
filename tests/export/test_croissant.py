"""The Croissant description has what the format asks for, and every file, table and column is there as it says."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.export.croissant import CONFORMS, croissant
from kg.graph import SCHEMAS, Graph, Stored, measure
from kg.graph.columns import COLUMNS, KEYS, REFERENCES, TABLES

DATA_TYPES = {
    "sc:Text": pa.types.is_string,
    "sc:Integer": pa.types.is_integer,
    "sc:Float": pa.types.is_floating,
    "sc:Boolean": pa.types.is_boolean,
}


@pytest.fixture(scope="module")
def described(five_folder: Path, five: Graph) -> dict[str, Any]:
    files = measure(five_folder, [f"{name}.parquet" for name in SCHEMAS])
    document: dict[str, Any] = json.loads(croissant(five, files))
    return document


def fields(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [field for records in described["recordSet"] for field in records["field"]]


def test_every_column_is_described_and_no_other() -> None:
    assert {table: list(columns) for table, columns in COLUMNS.items()} == {t: s.names for t, s in SCHEMAS.items()}
    assert TABLES.keys() == SCHEMAS.keys()
    assert all(text.endswith(".") for text in (*TABLES.values(), *(c for t in COLUMNS.values() for c in t.values())))


def test_it_is_a_dataset_that_conforms(described: dict[str, Any]) -> None:
    assert (described["@type"], described["conformsTo"]) == ("sc:Dataset", CONFORMS)
    assert {"@context", "name", "description", "url", "creator", "version", "distribution", "recordSet"} <= set(
        described
    )
    assert described["@context"]["@vocab"] == "https://schema.org/"
    assert described["@context"]["recordSet"] == "cr:recordSet"


def test_ids_are_unique_and_references_lead_somewhere(described: dict[str, Any]) -> None:
    ids = [thing["@id"] for thing in (*described["distribution"], *described["recordSet"], *fields(described))]
    ids += [part["@id"] for field in fields(described) for part in field.get("subField", ())]
    assert len(ids) == len(set(ids))
    for field in fields(described):
        for source in (field["source"], *(part["source"] for part in field.get("subField", ()))):
            assert source["fileObject"]["@id"] in ids
        if "references" in field:
            assert field["references"]["field"]["@id"] in ids
    for records in described["recordSet"]:
        keys = records.get("key", [])
        assert {key["@id"] for key in (keys if isinstance(keys, list) else [keys])} <= set(ids)


def test_files_are_as_they_are_told(described: dict[str, Any], five_folder: Path) -> None:
    for file in described["distribution"]:
        content = (five_folder / file["contentUrl"]).read_bytes()
        assert file["sha256"] == sha256(content).hexdigest()
        assert file["contentSize"] == f"{len(content)} B"
        assert (file["@type"], file["encodingFormat"]) == ("cr:FileObject", "application/x-parquet")
    assert len(described["distribution"]) == len(SCHEMAS)


def test_fields_are_the_columns_of_the_files(described: dict[str, Any], five_folder: Path) -> None:
    for records in described["recordSet"]:
        schema = pq.read_schema(five_folder / f"{records['name']}.parquet")
        assert [field["source"]["extract"]["column"] for field in records["field"]] == schema.names
        for field in records["field"]:
            kind = schema.field(field["source"]["extract"]["column"]).type
            assert field.get("repeated", False) == pa.types.is_list(kind)
            kind = kind.value_type if pa.types.is_list(kind) else kind
            if "subField" in field:
                parts = {part["source"]["transform"]["jsonPath"]: part["dataType"] for part in field["subField"]}
                assert list(parts) == [part.name for part in kind]
                assert all(DATA_TYPES[parts[part.name]](part.type) for part in kind)
            else:
                assert DATA_TYPES[field["dataType"]](kind)


def test_keys_tell_rows_apart_and_references_are_kept(five: Graph) -> None:
    for table, keys in KEYS.items():
        rows = list(zip(*(five.table(table).column(key).to_pylist() for key in keys), strict=True))
        assert len(rows) == len(set(rows))
    for (table, column), key in REFERENCES.items():
        other, _, name = key.partition("/")
        known = set(five.table(other).column(name).to_pylist())
        assert set(five.table(table).column(column).to_pylist()) - {None} <= known


def test_tables_that_are_not_there_are_left_out(five: Graph) -> None:
    described = json.loads(croissant(five, {"papers.parquet": Stored(1, "0"), "graph.ttl": Stored(1, "0")}))
    assert [records["name"] for records in described["recordSet"]] == ["papers"]
