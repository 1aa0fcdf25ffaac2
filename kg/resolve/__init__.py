"""What means the same: from entities of abstracts to nodes of the graph, every decision in a ledger."""

from kg.resolve.corrections import Corrections, all_beside, beside, parse, read_corrections, text_of
from kg.resolve.resolution import Node, Resolution, resolve
from kg.resolve.unheard import unheard

__all__ = [
    "Corrections",
    "Node",
    "Resolution",
    "all_beside",
    "beside",
    "parse",
    "read_corrections",
    "resolve",
    "text_of",
    "unheard",
]
