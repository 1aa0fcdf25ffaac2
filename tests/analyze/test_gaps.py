"""The predictor never sees what it is asked for, and its scores are those of other implementations."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from kg.analyze import foresight, gaps
from kg.analyze.matrices import facts
from kg.analyze.predictor import Predictor
from kg.errors import KgError
from kg.graph import Graph
from tests.corpus import Annotated, graph_of
from tests.rdf.more import more


def paper_on(model: str, tasks: list[str], number: int, year: int = 2020) -> Annotated:
    entities = {"m": ("Model", model, [model], False)} | {name: ("Task", name, [name], False) for name in tasks}
    uses = [("m", "usedFor", name) for name in tasks]
    text = f"We use {model} for {', '.join(tasks)}."
    return Annotated(f"arxiv:2401.{number:05}", f"On {model}", text, year, entities, uses)  # type: ignore[arg-type]


EARLY = [
    paper_on("FernNet", ["leaf counting", "root finding", "seed sorting"], 1),
    paper_on("MossNet", ["leaf counting", "root finding"], 2),
    paper_on("OakNet", ["river mapping"], 3),
]
LATE = [paper_on("MossNet", ["seed sorting"], 4, 2021), paper_on("IvyNet", ["leaf counting"], 5, 2021)]


def test_what_the_like_have_is_missing() -> None:
    (best, *_) = gaps(graph_of(EARLY), entity="MossNet")
    assert (best["head"], best["relation"], best["tail"]) == ("MossNet", "usedFor", "seed sorting")
    assert "seed sorting" not in [row["tail"] for row in gaps(graph_of(EARLY), entity="FernNet")]


def test_what_some_paper_names_together_is_no_gap() -> None:
    both = Annotated(
        "arxiv:2401.00009",
        "MossNet and seed sorting",
        "",
        2020,
        {"m": ("Model", "MossNet", ["MossNet"], False), "t": ("Task", "seed sorting", ["seed sorting"], False)},
    )
    graph = graph_of([*EARLY, both])
    assert "seed sorting" not in [row["tail"] for row in gaps(graph, entity="MossNet")]
    assert "seed sorting" in [row["tail"] for row in gaps(graph, entity="MossNet", apart=False)]


def test_the_year_after_is_foretold_from_the_years_before() -> None:
    found = {row["score"]: row for row in foresight(graph_of([*EARLY, *LATE]), "usedFor", 2020)}
    assert set(found) == {"popularity", "adamic-adar", "profile", "blend"}
    assert all((row["pairs"], row["heads"], row["tails"], row["unseen"]) == (1, 1, 4, 1) for row in found.values())
    assert found["profile"]["mrr"] == 1.0
    assert all(0 < row["mrr"] <= 1 and 0 <= row["hits@10"] <= 1 for row in found.values())


def test_a_head_is_not_ranked_among_its_own_tails() -> None:
    def part(head: str, tail: str, number: int, year: int) -> Annotated:
        entities = {name: ("Method", name, [name], False) for name in (head, tail)}
        text = f"{head} is in {tail}."
        return Annotated(f"arxiv:2001.{number:05}", text, "", year, entities, [(head, "partOf", tail)])  # type: ignore[arg-type]

    early = [("fernlayer", "mossnet"), ("ashlayer", "mossnet"), ("oaklayer", "fernlayer"), ("elmlayer", "elmnet")]
    graph = graph_of([*(part(*ends, n, 2020) for n, ends in enumerate(early)), part("fernlayer", "elmnet", 9, 2021)])
    ranked = {row["score"]: row for row in foresight(graph, "partOf", 2020)}
    assert (ranked["blend"]["pairs"], ranked["blend"]["mrr"]) == (1, 1.0)


def test_heads_of_few_papers_are_not_asked_for() -> None:
    graph = graph_of([*EARLY, paper_on("MossNet", ["leaf counting"], 6), paper_on("MossNet", ["root finding"], 7)])
    assert {row["head"] for row in gaps(graph, min_papers=1)} > {"MossNet"}
    assert {row["head"] for row in gaps(graph)} == {"MossNet"}


def test_later_papers_change_nothing_of_what_is_seen() -> None:
    seen = facts(graph_of([*EARLY, *LATE]), 2020)
    alone = facts(graph_of(EARLY))
    named = {tuple(seen.iris[row[i]] for i in (0, 2)) for row in seen.rows}
    assert named == {tuple(alone.iris[row[i]] for i in (0, 2)) for row in alone.rows}
    assert seen.support.sum() == alone.support.sum()


def test_adamic_adar_is_that_of_networkx() -> None:
    told = facts(more())
    predictor = Predictor(told, "evaluatedOn")
    plain = nx.Graph((int(head), int(tail)) for head, _, tail in told.rows)
    (scored,) = predictor.scored(np.unique(told.rows[told.rows[:, 1] == 4, 0]))
    for place, head in enumerate(scored.heads.tolist()):
        pairs = [(head, tail) for tail in scored.tails.tolist() if tail != head]
        theirs = {(left, right): score for left, right, score in nx.adamic_adar_index(plain, pairs)}
        ours = scored.scores["adamic-adar"][place]
        expected = np.array([theirs[head, tail] for tail in scored.tails.tolist()])
        assert ours == pytest.approx(expected / max(expected.max(), 1e-12))


def test_what_cannot_be_predicted_is_said(five: Graph) -> None:
    with pytest.raises(KgError, match="no paper here states trainedOn"):
        gaps(graph_of(EARLY), "trainedOn")
    with pytest.raises(KgError, match="take another year"):
        foresight(graph_of(EARLY), "usedFor", 2020)
    with pytest.raises(KgError, match="no entity"):
        gaps(five, entity="MossNet")
