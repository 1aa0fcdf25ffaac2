from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import Resolution, resolve
from kg.resolve.corrections import parse
from kg.types import EntityType, Extraction, LocalEntity, Mention
from tests.corpus import FIVE

READ = [one.extraction for one in FIVE]


def one_entity(paper: str, name: str, *surfaces: str) -> Extraction:
    mentions = tuple(Mention(i, i + 1, "Method", "e", surface) for i, surface in enumerate(surfaces or (name,)))
    return Extraction(paper, "by hand", mentions, (LocalEntity("e", "Method", name),))


def node(resolution: Resolution, paper: str) -> str:
    return resolution.nodes(one_entity(paper, "whatever it is called"))["e"].iri


@given(st.permutations(READ))
def test_order_of_papers_changes_nothing(shuffled: list[Extraction]) -> None:
    assert resolve(shuffled) == resolve(READ)


def test_variants_of_one_name_are_one_node() -> None:
    found = resolve([one_entity("a", "beam search"), one_entity("b", "Beam-Search"), one_entity("c", "beam searches")])
    assert len(found.entities) == 1
    assert found.entities[0].name == "beam search"
    assert found.entities[0].papers == 3
    assert dict(found.entities[0].aliases) == {"beam search": 1, "Beam-Search": 1, "beam searches": 1}


def test_an_abbreviation_joins_its_only_expansion() -> None:
    found = resolve([one_entity("a", "gradient clipping", "gradient clipping", "GC"), one_entity("b", "GC")])
    assert node(found, "a") == node(found, "b")
    (row,) = found.merges
    assert (row.left, row.right, row.support, row.same) == ("gc", "gradient clipping", 1, True)


def test_an_abbreviation_with_two_expansions_stays_apart() -> None:
    found = resolve(
        [
            one_entity("a", "gradient clipping", "gradient clipping", "GC"),
            one_entity("b", "graph coarsening", "graph coarsening", "GC"),
            one_entity("c", "GC"),
        ]
    )
    assert len({node(found, paper) for paper in "abc"}) == 3
    assert [(row.evidence, row.same) for row in found.merges] == [
        ("abbreviation", False),
        ("sense", False),
        ("abbreviation", False),
    ]


def test_a_stray_expansion_does_not_count_against_many() -> None:
    many = [one_entity(f"p{n}", "large language model", "large language model", "LLM") for n in range(9)]
    found = resolve([*many, one_entity("x", "large vision language model", "large vision language model", "LLM")])
    assert node(resolve([*many, one_entity("c", "LLM")]), "c") == node(found, "p0")
    assert node(found, "x") != node(found, "p0")


def test_names_used_alike_once_stay_two_nodes() -> None:
    tied = one_entity("a", "sparse window attention", "sparse window attention", "window attention")
    found = resolve([tied, *(one_entity(paper, "window attention") for paper in "bcd")])
    assert node(found, "a") != node(found, "b")


def test_no_chains() -> None:
    defined = [one_entity("a", "long name", "long name", "LN"), one_entity("b", "LN", "LN", "lnorm")]
    found = resolve([*defined, one_entity("c", "lnorm")])
    assert node(found, "a") == node(found, "b") != node(found, "c")


def test_types_are_told_apart_and_iris_are_content() -> None:
    iris = {entity.iri for entity in resolve(READ, "http://x/").entities}
    assert "http://x/model/leafnet" in iris
    assert len(iris) == len(resolve(READ).entities)


def test_nothing_gives_nothing() -> None:
    assert resolve([]) == Resolution()


def test_markup_names_survive() -> None:
    found = resolve([one_entity("a", r"{\SST}")])
    assert found.entities[0].name == r"{\SST}"


def test_of_a_data_set_and_a_model_of_one_name_the_table_knows_one() -> None:
    def said(paper: str, kind: EntityType, *, new: bool) -> Extraction:
        mention = Mention(0, 1, kind, "e", "vision transformer")
        return Extraction(paper, "", (mention,), (LocalEntity("e", kind, "vision transformer", new),))

    both = [said(f"{kind}{n}", kind, new=n == 0) for kind in ("Task", "Dataset") for n in range(2)]
    found = resolve(both)
    assert {(entity.type, entity.ids != ()) for entity in found.entities} == {("Model", True), ("Dataset", False)}
    (one,) = resolve(both, corrections=parse(["type\tvision transformer\tMethod"])).entities
    assert (one.type, one.papers) == ("Method", 4)
