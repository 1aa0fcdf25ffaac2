from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, MissingExtra, PaperFormatError
from kg.extract.jsonl import to_prediction
from kg.graph import Frame
from kg.train import run
from kg.train.evaluate import evaluate
from kg.train.gold import Gold, GoldEntity, read_gold
from kg.train.run import STAGES, read_config, train
from kg.train.score import score
from kg.types import Extraction, LocalEntity, Mention, Relation, Result
from tests.corpus import FIVE


def gold_lines() -> list[dict[str, object]]:
    """The five papers in the form of an annotation file."""
    return [
        {
            "id": one.id,
            "title": one.title,
            "abstract": one.abstract,
            "entities": [
                {"key": key, "type": kind, "name": name, "mentions": surfaces, "proposed": new}
                for key, (kind, name, surfaces, new) in one.entities.items()
            ],
            "relations": one.relations,
            "results": [
                dict(zip(("subject", "metric", "dataset", "value", "unit", "kind", "baseline"), result, strict=True))
                for result in one.results
            ],
        }
        for one in FIVE
    ]


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in gold_lines()))
    return path


def test_gold_scores_itself_full(gold_file: Path) -> None:
    figures = score({one.id: one.extraction for one in FIVE}, read_gold(gold_file))
    assert {figure.f1 for figure in figures.values()} == {1.0}


def test_no_prediction_is_an_empty_one(gold_file: Path) -> None:
    figures = score({}, read_gold(gold_file))
    assert all(figure.right == figure.vain == 0 and figure.missed for figure in figures.values())


def test_longer_surfaces_take_their_place_first() -> None:
    entities = (GoldEntity("a", "Method", "a", ("self-attention",)), GoldEntity("b", "Method", "b", ("attention",)))
    gold = Gold("g", "On attention", "Use self-attention, not self-attentions.", entities)
    assert [(gold.text[s:e], key) for s, e, _, key in gold.spans()] == [("attention", "b"), ("self-attention", "a")]


def test_broken_gold_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text('{"id": "a", "title": "t", "abstract": "b"}\n{"id": 3}\n')
    with pytest.raises(PaperFormatError, match="line 2"):
        list(read_gold(path))
    with pytest.raises(PaperFormatError, match="cannot be read"):
        list(read_gold(tmp_path / "none.jsonl"))


@given(st.text(min_size=1))
def test_the_held_out_slice_depends_on_the_id_alone(name: str) -> None:
    assert Gold(name, "a", "b").held_out(10) == Gold(name, "c", "d").held_out(10)


def test_evaluation_of_predictions_and_of_the_extractor(gold_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text("".join(json.dumps(to_prediction(one.extraction)) + "\n" for one in FIVE))
    full = evaluate(gold_file, predictions=path)
    assert set(full["f1"]) == {100.0}
    own = evaluate(gold_file)
    assert own.columns == full.columns
    assert 0 < figure(own, "mention") <= 100
    mentions = evaluate(gold_file, given="mentions")
    assert figure(mentions, "mention") == 100
    assert figure(own, "relation") <= figure(mentions, "relation") < 100
    entities = evaluate(gold_file, given="entities")
    assert figure(entities, "entity") == figure(entities, "pair") == 100


def figure(table: Frame, name: str) -> float:
    return float(next(row["f1"] for row in table if row["figure"] == name))


def noisy(gold: Gold, chance: random.Random) -> Extraction:
    """Make a prediction from gold by dropping, moving, retyping and regrouping at random."""
    mentions = [
        Mention(start + chance.choice((0, 0, 0, 1)), end, chance.choice((kind, kind, "Task")), key, "")
        for start, end, kind, key in gold.spans()
        if chance.random() > 0.2
    ]
    mentions = [m for m in mentions if m.start < m.end]
    kinds = {m.entity: m.type for m in mentions}
    mentions = [Mention(m.start, m.end, kinds[m.entity], m.entity, "") for m in mentions]
    local = [LocalEntity(key, kind, key, chance.random() > 0.7) for key, kind in kinds.items()]
    relations = [Relation(h, r, t) for h, r, t in gold.relations if chance.random() > 0.3]  # type: ignore[arg-type]
    results = [
        Result(r.subject, r.metric, chance.choice((r.value, "1")), r.unit, r.kind, r.dataset, r.baseline)
        for r in gold.results
    ]
    return Extraction(gold.id, "noise", tuple(mentions), tuple(local), tuple(relations), tuple(results))


def test_figures_equal_the_scorer_of_the_gold(shared: Path, tmp_path: Path) -> None:
    """Differential: our scorer and the one that comes with the annotations agree on noisy predictions."""
    gold = shared / "gold" / "dev.jsonl"
    chance = random.Random(3)
    predictions = [noisy(one, chance) for one in read_gold(gold)]
    path = tmp_path / "p.jsonl"
    path.write_text("".join(json.dumps(to_prediction(one)) + "\n" for one in predictions))
    command = [sys.executable, "-B", str(shared / "gold" / "score.py"), str(path), str(gold), "--json"]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    ours = score({one.paper: one for one in predictions}, read_gold(gold))
    assert ours.keys() == theirs.keys()
    for name, figure in ours.items():
        assert (figure.right + figure.missed, figure.right + figure.vain) == (
            theirs[name]["gold"],
            theirs[name]["predicted"],
        ), name
        assert figure.f1 == pytest.approx(theirs[name]["f1"]), name


@pytest.mark.parametrize(
    "text",
    ["", "paths = 3", "nonsense", "stage = []\n[paths]\nx = 'y'", "[paths]\nwork = 'w'\n[[stage]]\nrun = 'dance'"],
)
def test_a_wrong_configuration_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(text)
    with pytest.raises(KgError, match=r"run\.toml"):
        read_config(path)


def test_the_shipped_run_names_known_stages() -> None:
    config = read_config(Path(score.__code__.co_filename).with_name("shipped.toml"))
    assert {table["run"] for table in config.stage} <= set(STAGES)
    assert not any("${" in str(table) for table in config.stage)


def read_by(module: str) -> tuple[set[str], set[str]]:
    """The keys of its table that a stage cannot do without, and those that it reads where they are given."""
    needed, optional = set(), set()
    for node in ast.walk(ast.parse(Path(run.__file__).with_name(f"{module}.py").read_text())):
        match node:
            case ast.Subscript(ast.Name("table" | "options"), ast.Constant(str(key))):
                needed.add(key)
            case ast.Call(ast.Attribute(ast.Name("table" | "options"), "get"), [ast.Constant(str(key)), *_]):
                optional.add(key)
            case ast.Compare(ast.Constant(str(key)), [ast.In()], [ast.Name("table" | "options")]):
                optional.add(key)
    return needed, optional


def fields_of(module: str, name: str) -> set[str]:
    tree = ast.parse(Path(run.__file__).with_name(f"{module}.py").read_text())
    (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name)
    return {row.target.id for row in body if isinstance(row, ast.AnnAssign) and isinstance(row.target, ast.Name)}


def test_the_shipped_run_says_what_its_stages_read() -> None:
    known = {"options": fields_of("fitting", "Options"), "stage": fields_of("pretrain", "Stage")}
    known |= {"shape": fields_of("student", "StudentSize")}
    for table in read_config(Path(run.__file__).with_name("shipped.toml")).stage:
        needed, optional = read_by(table["run"])
        if table["run"] == "judges":
            needed |= {"gold", "folds"}
            optional |= {"seen"}  # kg.train.unseen reads them
        said = set(table) - {"run"}
        assert said <= needed | optional, table
        assert needed - optional - said <= ({"texts"} if table.get("kind") == "tagger" else {"every"}), table
        for part, fields in known.items():
            assert set(table.get(part, ())) <= fields, table


def test_one_stage_can_be_done_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(run, "_stage", lambda _: lambda table: seen.append(table["what"]))
    config = tmp_path / "run.toml"
    config.write_text("[paths]\nwork = 'w'\n" + "".join(f"[[stage]]\nrun = 'silver'\nwhat = '{k}'\n" for k in "abc"))
    monkeypatch.setenv("RANK", "1")
    run.main([str(config), "1"])
    assert seen == ["b"]
    monkeypatch.setenv("RANK", "0")
    run.main([str(config), "1"])
    assert train(config) == ["0 silver", "2 silver"]
    assert seen == ["b", "b", "a", "c"]


def test_stages_are_done_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.train.run as room

    seen: list[str] = []
    monkeypatch.setattr(room, "_stage", lambda _: lambda table: seen.append(table["what"]))
    config = tmp_path / "run.toml"
    stages = ["[[stage]]\nrun = 'prepare'\nwhat = 'a'\n", "[[stage]]\nrun = 'export'\nwhat = '${work}'\n"]
    config.write_text("[paths]\nwork = 'w'\n" + "".join(stages))
    assert train(config) == ["0 prepare", "1 export"]
    assert train(config) == []
    config.write_text("[paths]\nwork = 'w'\n" + stages[0] + stages[1].replace("'${work}'", "'b'"))
    assert train(config) == ["1 export"]
    assert seen == ["a", str(tmp_path / "w"), "b"]


def test_a_missing_library_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.train.run as room

    def missing(_: str) -> None:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    monkeypatch.setattr(room, "import_module", missing)
    config = tmp_path / "run.toml"
    config.write_text("[paths]\nwork = 'w'\n[[stage]]\nrun = 'prepare'\n")
    with pytest.raises(MissingExtra, match=r"torch.*pip install"):
        train(config)
