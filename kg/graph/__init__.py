"""The build folder and its tables: written whole, read lazily, projected to NetworkX and back."""

from kg.graph.diff import Diff, diff
from kg.graph.folder import settle, staged
from kg.graph.frame import Frame, text_of
from kg.graph.graph import SENTENCE, Graph
from kg.graph.locate import locate
from kg.graph.manifest import Manifest, read_manifest
from kg.graph.networkx import from_networkx, to_networkx
from kg.graph.schema import FOLDER_VERSION, SCHEMAS
from kg.graph.tables import assemble, write_tables

__all__ = [
    "FOLDER_VERSION",
    "SCHEMAS",
    "SENTENCE",
    "Diff",
    "Frame",
    "Graph",
    "Manifest",
    "assemble",
    "diff",
    "from_networkx",
    "locate",
    "read_manifest",
    "settle",
    "staged",
    "text_of",
    "to_networkx",
    "write_tables",
]
