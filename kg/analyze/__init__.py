"""Questions that people ask of a graph, answered from its tables: who leads on a data set, what is said of a thing."""

from kg.analyze.claims import Claims, claims
from kg.analyze.communities import leiden
from kg.analyze.edgelist import EdgeList, edge_list
from kg.analyze.leaderboard import Leaderboard, leaderboard
from kg.analyze.trends import Trends, trends

__all__ = ["Claims", "EdgeList", "Leaderboard", "Trends", "claims", "edge_list", "leaderboard", "leiden", "trends"]
