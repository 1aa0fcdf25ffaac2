"""What must hold whatever the papers say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve import Corrections, Resolution, resolve
from kg.types import ENTITY_TYPES, Extraction, LocalEntity, Mention
from tests.resolve.made import iris_of

NAMES = [
    "vision transformer",
    "vision transformers",
    "ViT",
    "ViTs",
    "Vision-Transformer",
    "SGD",
    "stochastic gradient descent",
    "Schema-Guided Dialogue",
    "convolutional neural network",
    "convolution neural network",
    "CNN",
    "CNNs",
    "cellular neural network",
    "BLEU",
    "BLEU score",
    "fine-tuning",
    "finetuning",
    "LLaMA-2",
    "LLaMA-2 7B",
    "LLaMA",
    "accuracy",
    "top-1 accuracy",
    "image classification",
    "classification of images",
    "GraphMix",
    "graph mixing",
    "segmentation",
    "segmentaion of everything",
]


@st.composite
def corpora(draw: st.DrawFn) -> list[Extraction]:
    """Draw papers that speak of things under one or two of our names, as any type."""
    made = []
    for number in range(draw(st.integers(0, 12))):
        entities, mentions = [], []
        for place in range(draw(st.integers(1, 4))):
            surfaces = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True))
            kind = draw(st.sampled_from(ENTITY_TYPES))
            sure = draw(st.floats(0.1, 1))
            entities.append(LocalEntity(f"e{place}", kind, surfaces[0], draw(st.booleans()), sure))
            mentions += [
                Mention(place, place + n + 1, kind, f"e{place}", name, sure) for n, name in enumerate(surfaces)
            ]
        made.append(Extraction(f"p{number}", "by hand", tuple(mentions), tuple(entities)))
    return made


@settings(deadline=None)
@given(corpora(), st.randoms())
def test_order_changes_nothing(corpus: list[Extraction], shuffler: object) -> None:
    shuffled = sorted(corpus, key=lambda _: shuffler.random())  # type: ignore[attr-defined]
    found, again = resolve(corpus), resolve(shuffled)
    assert found == again
    assert iris_of(found, corpus) == iris_of(again, corpus)


@settings(deadline=None)
@given(corpora(), corpora())
def test_what_was_resolved_before_changes_nothing(before: list[Extraction], corpus: list[Extraction]) -> None:
    fresh = resolve(corpus)
    resolve(before)
    assert resolve(corpus) == fresh


@settings(deadline=None)
@given(corpora())
def test_nodes_are_whole(corpus: list[Extraction]) -> None:
    found = resolve(corpus)
    nodes = {node.iri: node for node in found.entities}
    assert len(nodes) == len(found.entities)
    iris = iris_of(found, corpus)
    assert set(iris.values()) == set(nodes)
    assert set(iris) == {(read.paper, entity.key) for read in corpus for entity in read.entities}
    assert sum(count for node in nodes.values() for _, count in node.aliases) == sum(
        len(read.mentions) for read in corpus
    )
    assert all(0 <= row.score <= 1 and 0 <= row.margin <= 1 and row.papers >= 0 for row in found.merges)


@settings(deadline=None)
@given(corpora())
def test_variants_are_of_like_types_and_without_cycles(corpus: list[Extraction]) -> None:
    import networkx as nx

    found = resolve(corpus)
    variants = nx.DiGraph((row.head, row.tail) for row in found.inferred)
    assert nx.is_directed_acyclic_graph(variants)
    assert set(variants) <= {node.iri for node in found.entities}


@settings(deadline=None)
@given(corpora(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_corrections_are_obeyed(corpus: list[Extraction], left: str, right: str) -> None:
    from kg.names import normal_form

    forms = normal_form(left), normal_form(right)
    if forms[0] == forms[1]:
        return
    pair = min(forms), max(forms)
    alone = {read.paper: read for read in corpus if len({m.surface for m in read.mentions}) == len(read.entities)}
    kept = resolve(corpus, corrections=Corrections(different=frozenset({pair})))
    together = resolve(corpus, corrections=Corrections(same=(pair,)))
    for wanted, found in ((False, kept), (True, together)):
        nodes = _nodes_of(found, alone.values(), left), _nodes_of(found, alone.values(), right)
        if all(len(node) == 1 for node in nodes):
            assert (nodes[0] == nodes[1]) is wanted or _dataset_and_other(found, nodes)


def _nodes_of(found: Resolution, corpus: object, name: str) -> set[str]:
    """Return the nodes of what papers call by this name alone."""
    return {
        found.nodes(read)[mention.entity].iri
        for read in corpus  # type: ignore[attr-defined]
        for mention in read.mentions
        if mention.surface == name and sum(other.entity == mention.entity for other in read.mentions) == 1
    }


def _dataset_and_other(found: Resolution, nodes: tuple[set[str], set[str]]) -> bool:
    types = {node.iri: node.type for node in found.entities}
    return len({types[iri] == "Dataset" for side in nodes for iri in side}) == 2
