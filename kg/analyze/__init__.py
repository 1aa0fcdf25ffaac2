"""Questions that people ask of a graph, answered from its tables: who leads on a data set, what is said of a thing."""

from kg.analyze.card import Card, card
from kg.analyze.centrality import centrality
from kg.analyze.claims import Claims, claims
from kg.analyze.communities import leiden
from kg.analyze.cooccurrence import cooccurrence
from kg.analyze.edgelist import EdgeList, edge_list
from kg.analyze.evidence import evidence
from kg.analyze.fields import Communities, communities
from kg.analyze.gaps import foresight, gaps
from kg.analyze.leaderboard import Leaderboard, leaderboard
from kg.analyze.lineage import Lineage, lineage
from kg.analyze.neighbours import Neighbourhood, neighbours
from kg.analyze.overview import Overview, overview
from kg.analyze.papers import PapersAbout, papers_about, papers_by_id
from kg.analyze.paths import path
from kg.analyze.projection import projection
from kg.analyze.similar import similar, similar_papers
from kg.analyze.trends import Trends, trends
from kg.analyze.uptake import uptake

__all__ = [
    "Card",
    "Claims",
    "Communities",
    "EdgeList",
    "Leaderboard",
    "Lineage",
    "Neighbourhood",
    "Overview",
    "PapersAbout",
    "Trends",
    "card",
    "centrality",
    "claims",
    "communities",
    "cooccurrence",
    "edge_list",
    "evidence",
    "foresight",
    "gaps",
    "leaderboard",
    "leiden",
    "lineage",
    "neighbours",
    "overview",
    "papers_about",
    "papers_by_id",
    "path",
    "projection",
    "similar",
    "similar_papers",
    "trends",
    "uptake",
]
