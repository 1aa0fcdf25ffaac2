"""What means the same: from entities of abstracts to nodes of the graph, every decision in a ledger."""

from kg.resolve.corrections import Corrections, beside, read_corrections
from kg.resolve.resolution import Node, Resolution, resolve

__all__ = ["Corrections", "Node", "Resolution", "beside", "read_corrections", "resolve"]
