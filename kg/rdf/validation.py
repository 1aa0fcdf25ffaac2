"""SHACL: does an export hold to ``ontology/shapes.ttl``? Nothing is fetched from anywhere."""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kg.errors import BuildFolderError, MissingExtra
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


def validate(source: Graph | str | Path) -> list[Violation]:
    """Check a graph, or a file of Turtle or N-Triples (``.ttl``, ``.nt``, ``.nt.gz``), against the shapes.

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
    data = _read(Path(source)) if isinstance(source, str | Path) else _rdflib(source)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    return sorted(set(_violations(report)))


def _rdflib(graph: Graph) -> rdflib.Graph:
    from rdflib import Graph as RdflibGraph  # noqa: PLC0415

    buffer = BytesIO()
    write_ntriples(graph, buffer)
    return RdflibGraph().parse(data=buffer.getvalue(), format="nt")


def _read(path: Path) -> rdflib.Graph:
    from rdflib import Graph as RdflibGraph  # noqa: PLC0415

    stem, zipped = path.name.removesuffix(".gz"), path.suffix == ".gz"
    try:
        with gzip.open(path) if zipped else path.open("rb") as stream:
            return RdflibGraph().parse(data=stream.read(), format="nt" if stem.endswith(".nt") else "turtle")
    except Exception as error:  # rdflib's parsers raise errors of many kinds
        raise BuildFolderError(f"{path} cannot be read as RDF ({error}): export it again") from error


def _violations(report: rdflib.Graph) -> Iterator[Violation]:
    from rdflib.namespace import SH  # noqa: PLC0415

    fields = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage, SH.resultSeverity)
    for one in report.objects(None, SH.result):
        node, path, value, message, severity = (str(report.value(one, field) or "") for field in fields)
        yield Violation(node, path, value, message, severity.removeprefix(str(SH)))
