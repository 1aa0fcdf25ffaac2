"""The annotators' canonical names join entities across papers: how well does resolution, which does not see them?

B-cubed (Bagga and Baldwin 1998, "Algorithms for scoring coreference chains"): for each in-abstract entity, the share of
its node that belongs with it, and the share of what belongs with it that is in its node.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.names import normal_form
from kg.resolve import resolve
from kg.types import Extraction, LocalEntity, Mention
from tests.resolve.made import iris_of

GOLD = Path(__file__).parents[3] / "shared" / "gold"
Place = tuple[str, str]


def b_cubed(found: Mapping[Place, str], wanted: Mapping[Place, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    ours, theirs = Counter(found.values()), Counter(wanted.values())
    both = Counter((found[place], wanted[place]) for place in wanted)
    precision = sum(count * count / ours[node] for (node, _), count in both.items()) / len(wanted)
    recall = sum(count * count / theirs[name] for (_, name), count in both.items()) / len(wanted)
    return precision, recall, 2 * precision * recall / (precision + recall)


def unnamed(paper: dict[str, Any]) -> Extraction:
    """Give an annotated paper as an extractor would: an entity is called by its commonest, spelt-out surface."""
    text = f"{paper['title']}\n{paper['abstract']}"
    mentions, entities = [], []
    for entity in paper["entities"]:
        counts = {surface: text.count(surface) for surface in entity["mentions"]}
        name = min(counts, key=lambda surface: (" " not in surface, -counts[surface], surface))
        new = bool(entity.get("proposed"))
        entities.append(LocalEntity(entity["key"], entity["type"], " ".join(name.split()), new))
        mentions += [Mention(0, 1, entity["type"], entity["key"], surface) for surface in entity["mentions"]]
    return Extraction(paper["id"], "annotators", tuple(mentions), tuple(entities))


def scores(*parts: str) -> dict[str, tuple[float, float, float]]:
    papers = [json.loads(line) for part in parts for line in (GOLD / part).read_text(encoding="utf-8").splitlines()]
    wanted: dict[Place, str] = {}
    for paper in papers:
        wanted |= {(paper["id"], entity["key"]): normal_form(entity["name"]) for entity in paper["entities"]}
    read = [unnamed(paper) for paper in papers]
    exact = {
        (one.paper, entity.key): f"{entity.type} {normal_form(entity.name)}" for one in read for entity in one.entities
    }
    return {"exact": b_cubed(exact, wanted), "resolved": b_cubed(iris_of(resolve(read), read), wanted)}


def test_b_cubed_by_hand() -> None:
    found = {("p", "a"): "1", ("p", "b"): "1", ("p", "c"): "2"}
    wanted = {("p", "a"): "x", ("p", "b"): "y", ("p", "c"): "y"}
    precision, recall, _ = b_cubed(found, wanted)
    assert (precision, recall) == pytest.approx((2 / 3, 2 / 3))


@pytest.mark.skipif(not GOLD.exists(), reason="the annotated abstracts are not beside the project")
@pytest.mark.parametrize("parts", [("dev.jsonl",), ("dev.jsonl", "train.jsonl")], ids=["dev", "dev and train"])
def test_resolution_beats_the_exact_normal_form(parts: tuple[str, ...]) -> None:
    found = scores(*parts)
    assert found["resolved"][2] > found["exact"][2]
    assert found["resolved"][0] > 0.95


def wrong(found: Mapping[Place, str], wanted: Mapping[Place, str]) -> dict[str, set[str]]:
    """Give for each node the canonical names that it mixes."""
    mixed: dict[str, set[str]] = defaultdict(set)
    for place, node in found.items():
        mixed[node].add(wanted[place])
    return {node: names for node, names in mixed.items() if len(names) > 1}
