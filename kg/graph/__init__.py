"""The build folder and its tables: written whole, read lazily, projected to NetworkX and back."""

from kg.graph.checksums import Stored, fault, files_below, measure, sound
from kg.graph.diff import Diff, diff
from kg.graph.find import Found, find
from kg.graph.folder import check_target, settle, take_place
from kg.graph.frame import Frame, text_of
from kg.graph.graph import SENTENCE, Graph
from kg.graph.history import NAME as HISTORY
from kg.graph.history import Run, Work, read_history, write_history
from kg.graph.locate import locate
from kg.graph.manifest import NAME as MANIFEST
from kg.graph.manifest import Manifest, read_manifest
from kg.graph.networkx import simplified, to_igraph, to_networkx
from kg.graph.rows import number, paper_row
from kg.graph.schema import FOLDER_VERSION, SCHEMAS
from kg.graph.session import Session
from kg.graph.tables import assemble, make_tables, write_tables
from kg.graph.unprojecting import from_networkx
from kg.graph.writing import TableWriter

__all__ = [
    "FOLDER_VERSION",
    "HISTORY",
    "MANIFEST",
    "SCHEMAS",
    "SENTENCE",
    "Diff",
    "Found",
    "Frame",
    "Graph",
    "Manifest",
    "Run",
    "Session",
    "Stored",
    "TableWriter",
    "Work",
    "assemble",
    "check_target",
    "diff",
    "fault",
    "files_below",
    "find",
    "from_networkx",
    "locate",
    "make_tables",
    "measure",
    "number",
    "paper_row",
    "read_history",
    "read_manifest",
    "settle",
    "simplified",
    "sound",
    "take_place",
    "text_of",
    "to_igraph",
    "to_networkx",
    "write_history",
    "write_tables",
]
