"""SHACL: does an export hold to ``ontology/shapes.ttl``? Nothing is fetched from anywhere."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from pyoxigraph import RdfFormat, serialize

from kg.errors import MissingExtra
from kg.rdf.files import quads
from kg.rdf.ontology import read
from kg.rdf.writers import write_ntriples

if TYPE_CHECKING:
    from collections.abc import Iterator

    import rdflib

    from kg.graph import Graph


class Violation(Struct, frozen=True, order=True):
    """One thing that a shape does not allow: at which node, on which property, which value, and why.

    Attributes:
        severity: ``Violation`` where the graph is wrong, ``Warning`` where it only leaves a reader without something.
    """

    node: str
    path: str
    value: str
    message: str
    severity: str


def validate(source: Graph | str | Path, profile: str = "standard") -> list[Violation]:
    """Check a graph, or a file of RDF, against the shapes.

    Args:
        source: A graph, or a file: ``.ttl``, ``.nt``, ``.nq`` or ``.jsonld``, perhaps with ``.gz`` behind it.
        profile: How much of a graph is checked.

    Returns:
        What the shapes do not allow, and what they advise, sorted; an empty list where all is well.

    Raises:
        MissingExtra: pySHACL is not installed.
        BuildFolderError: The file cannot be read.
    """
    try:
        import pyshacl  # noqa: PLC0415 - an extra
        import rdflib  # noqa: PLC0415
    except ImportError:
        raise MissingExtra("checking shapes needs pySHACL: pip install 'paperkg[validate]'") from None
    shapes = rdflib.Graph().parse(data=read("shapes.ttl"), format="turtle")
    lines = _lines(Path(source)) if isinstance(source, str | Path) else _lines_of(source, profile)
    data = rdflib.Graph().parse(data=lines, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    return sorted(set(_violations(report)))


def _lines(path: Path) -> bytes:
    """Read a file as N-Triples; the names of graphs are left out."""
    buffer = BytesIO()
    serialize((quad.triple for quad in quads(path)), buffer, RdfFormat.N_TRIPLES)
    return buffer.getvalue()


def _lines_of(graph: Graph, profile: str) -> bytes:
    buffer = BytesIO()
    write_ntriples(graph, buffer, profile=profile)
    return buffer.getvalue()


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    from rdflib.namespace import SH  # noqa: PLC0415

    fields = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage, SH.resultSeverity)
    for one in report.objects(None, SH.result):
        node, path, value, message, severity = (str(report.value(one, field) or "") for field in fields)
        yield Violation(node, path, value, message, severity.removeprefix(str(SH)))
