"""What is asked of a build is looked at before anything is read or written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.building import STEPS
from kg.errors import KgError, ModelError
from tests.building.fake import Fake


@pytest.fixture(autouse=True)
def without_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are made of the tables alone, and take longer than all the rest."""
    monkeypatch.setattr("kg.pipeline.STEPS", [(name, step) for name, step in STEPS if name != "pages"])


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    lines = (json.dumps({"title": f"Paper {n}", "abstract": f"We test AlphaNet{n} on DataOne."}) for n in range(3))
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize(
    ("how", "error", "says"),
    [
        ({"model": "accurate"}, TypeError, "'model' is a choice of kg.Config"),
        ({"corrections": "none.csv"}, TypeError, r"give kg.Config\(corrections=…\)"),
        ({"foo": 1}, TypeError, "no choice 'foo': choose of jobs, memory"),
        *(({"jobs": jobs}, KgError, "a whole number of at least 1") for jobs in (0, -1, "2", 1.5, None, True)),
        ({"memory": 4}, KgError, "no amount of memory"),
    ],
)
def test_a_slip_in_how_to_build_is_refused(how: dict[str, Any], error: type, says: str, papers: Path) -> None:
    out = papers.with_name("out")
    for ask in (kg.build, kg.add, kg.remove):
        with pytest.raises(error, match=says):
            ask([str(papers)], out, **how)
    assert not out.exists()


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"base": "not an iri"}, KgError, "base is 'not an iri': give an IRI that ends with a slash"),
        ({"base": "http://example.org/kg"}, KgError, "ends with a slash"),
        ({"base": "http://example.org/<kg>/"}, KgError, "give an IRI"),
        ({"model": "nonsense"}, ModelError, "no extractor 'nonsense'"),
        ({"page_nodes": "many"}, KgError, "page_nodes"),
        ({"min_confidence": 2}, KgError, "from 0 to 1"),
    ],
)
def test_a_slip_in_what_to_build_is_refused_before_reading(wrong: dict[str, Any], error: type, says: str) -> None:
    with pytest.raises(error, match=says):
        kg.build(["no-such-file.jsonl"], "no-such-folder/out", kg.Config(**wrong))
    assert not Path("no-such-folder").exists()


def test_a_configuration_is_no_table() -> None:
    with pytest.raises(TypeError, match=r"give a kg\.Config"):
        kg.build(["no-such-file.jsonl"], "out", {"model": "fast"})  # type: ignore[arg-type]


def test_one_input_or_id_may_stand_by_itself(papers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kg.build(papers, out, reader=Fake()).manifest.inputs == (str(papers),)
    one = kg.load(out).papers()["id"][0]
    assert len(kg.remove(one, out, reader=Fake()).papers()) == 2
    assert len(kg.add(str(papers), out, reader=Fake()).papers()) == 3
