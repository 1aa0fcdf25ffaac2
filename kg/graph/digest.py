"""A name for what a graph holds."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from kg.graph.schema import SCHEMAS

if TYPE_CHECKING:
    from kg.graph.session import Session


def digest(session: Session) -> str:
    """Hash all tables of a session: equal rows, in whatever order, give the same 64 hexadecimal digits.

    >>> from kg.graph import Graph, Manifest
    >>> manifest = Manifest(1, "0", "by hand", "http://e/", (), {}, {}, {})
    >>> with Graph(manifest, {name: schema.empty_table() for name, schema in SCHEMAS.items()}).session() as session:
    ...     len(digest(session))
    64
    """
    whole = sha256()
    for name in SCHEMAS:
        whole.update(f"{name}\n".encode())
        query = f"SELECT sha256(CAST(to_json(rows) AS VARCHAR)) AS row FROM {name} AS rows ORDER BY row"  # noqa: S608
        for batch in session.batches(query):
            whole.update("".join(batch.column(0).to_pylist()).encode())
    return whole.hexdigest()
