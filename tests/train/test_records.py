from __future__ import annotations

import msgspec
import numpy as np
import pytest

from kg.extract.links import PERMITTED, RELATIONS, TYPES
from kg.extract.numbers import find
from kg.extract.reported import KINDS, ROLES
from kg.train.gold import Gold
from kg.train.records import COUNTED, LABELS, Table, gold_record
from tests.train.invented import BOTH, BRIM, encoding


def made(gold: Gold, longest: int = 512) -> Table:
    return gold_record(gold, encoding(), longest=longest)


def surface(gold: Gold, first: int, last: int) -> str:
    """The characters of the words whose pieces are ``first:last``."""
    encoded = encoding()(gold.text)
    words = [place for piece, place in zip(encoded.firsts, encoded.places, strict=True) if first <= piece < last]
    return gold.text[words[0][0] : words[-1][1]]


@pytest.mark.parametrize("gold", BOTH, ids=lambda gold: gold.id)
def test_mentions_stand_where_they_were_annotated(gold: Gold) -> None:
    table = made(gold)
    wanted = [(gold.text[a:b], TYPES.index(kind)) for a, b, kind, _ in gold.spans()]
    assert [(surface(gold, row[0], row[1]), row[4]) for row in table["mentions"].tolist()] == wanted
    entities = {row[2]: key for row, (*_, key) in zip(table["mentions"].tolist(), gold.spans(), strict=True)}
    assert sorted(entities.values()) == sorted(entity.key for entity in gold.entities)
    strings = {(row[3], text) for row, (text, _) in zip(table["mentions"].tolist(), wanted, strict=True)}
    assert len(strings) == len(dict(strings)) == len({text for _, text in strings})


@pytest.mark.parametrize("gold", BOTH, ids=lambda gold: gold.id)
def test_every_word_has_one_tag(gold: Gold) -> None:
    table = made(gold)
    labels = table["labels"]
    assert labels.shape == (len(table["pieces"]), LABELS)
    assert (labels[:, :-1].sum(1) == 1).all()
    starts = np.nonzero(labels[:, 1:-1:2])[0].tolist()
    assert starts == table["mentions"][:, 0].tolist()
    inside = set(np.nonzero(labels[:, 2:-1:2])[0].tolist())
    assert all(piece - 1 in inside or piece - 1 in starts for piece in inside)


def test_what_is_proposed_is_marked_on_all_its_words() -> None:
    table = made(BRIM)
    marked, firsts = table["labels"][:, -1] == 1, table["pieces"][:, 2] == 1
    said = marked | ~firsts  # only the first piece of a word counts
    named = {surface(BRIM, row[0], row[1]) for row in table["mentions"].tolist() if said[row[0] : row[1]].all()}
    assert named == {"BrimNet", "Brimming Network"}
    assert not marked[table["labels"][:, 0] == 1].any()


@pytest.mark.parametrize("gold", BOTH, ids=lambda gold: gold.id)
def test_relations_are_told_of_their_pairs(gold: Gold) -> None:
    table = made(gold)
    names = {row[2]: surface(gold, row[0], row[1]) for row in table["mentions"].tolist()}
    key = {name: entity.key for entity in gold.entities for name in entity.mentions}
    rows, kinds = np.nonzero(table["pair_targets"])
    found = {
        (key[names[table["pairs"][row, 0]]], RELATIONS[kind], key[names[table["pairs"][row, 1]]])
        for row, kind in zip(rows, kinds, strict=True)
    }
    assert found == set(gold.relations)
    types = table["entities"][:, 0]
    assert PERMITTED[types[table["pairs"][:, 0]], types[table["pairs"][:, 1]]].any(1).all()
    assert len(table["pair_evidence"]) == len(table["pair_targets"]) == len(table["pairs"])


def test_numbers_are_told_what_they_report() -> None:
    table = made(BRIM)
    values = [number.value for number in find(BRIM.text)]
    assert values == ["71.5", "68.2", "12"]
    assert table["kinds"].tolist() == [[0, 1, 0, 0, 0]] * 2 + [[1, 0, 0, 0, 0]]
    assert KINDS[0] == "absolute"
    assert [surface(BRIM, *row[:2]) for row in table["numbers"].tolist()] == ["71.5", "68.2", "12"]
    names = {row[2]: surface(BRIM, row[0], row[1]) for row in table["mentions"].tolist()}
    rows, roles = np.nonzero(table["link_targets"][:, :-1])
    told = {
        (values[table["links"][row, 0]], ROLES[role], names[table["links"][row, 1]])
        for row, role in zip(rows, roles, strict=True)
    }
    assert told == {
        ("71.5", "subject", "BrimNet"),
        ("71.5", "metric", "accuracy"),
        ("71.5", "dataset", "HydroSet"),
        ("71.5", "baseline", "PlainNet"),
        ("68.2", "subject", "PlainNet"),
        ("68.2", "metric", "accuracy"),
        ("68.2", "dataset", "HydroSet"),
    }
    counted = table["link_targets"][:, -1] == 1
    assert {values[row] for row in table["links"][counted, 0]} == {"71.5", "68.2"}


@pytest.mark.parametrize("longest", [1, 8, 20, 33, 60])
def test_a_cut_abstract_is_whole_in_itself(longest: int) -> None:
    table, whole = made(BRIM, longest), made(BRIM)
    assert len(table["pieces"]) == min(longest, len(whole["pieces"]))
    assert (table["pieces"] == whole["pieces"][:longest]).all()
    for name, columns in (("mentions", slice(0, 2)), ("pairs", slice(2, 12)), ("numbers", slice(0, 6))):
        assert all(0 <= place <= longest for row in table[name][:, columns].tolist() for place in row)
    assert set(table) == set(whole)
    assert {name: table[name].dtype for name in table} == {name: whole[name].dtype for name in whole}


def test_an_abstract_without_annotations_is_all_outside() -> None:
    table = made(msgspec.structs.replace(BRIM, entities=(), relations=(), results=()))
    assert (table["labels"][:, 0] == 1).all()
    assert [len(table[name]) for name in COUNTED[1:]] == [0, 0, 0, 3, 0]
