"""What means the same: from entities of abstracts to nodes of the graph, every decision in a ledger."""

from kg.resolve.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
