from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.papers.inputs import Member, is_many, members
from kg.papers.places import named, real
from kg.papers.problems import Problem


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.csv", "in/a.csv", "in/deep/er/c.csv", "in/.hidden.csv", "in/.git/config", "in/we[i]rd.csv"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    return tmp_path


def _names(given: str | Path) -> list[str]:
    return [member.name for member in members(given) if isinstance(member, Member)]


def test_a_directory_is_read_to_its_bottom_in_order(folder: Path) -> None:
    assert _names("in") == ["in/a.csv", "in/b.csv", "in/we[i]rd.csv", "in/deep/er/c.csv"]
    assert _names(folder / "in/deep") == [f"{folder.as_posix()}/in/deep/er/c.csv"]


def test_what_is_hidden_is_reported_once_and_not_entered(folder: Path) -> None:
    problems = [str(member) for member in members("in") if isinstance(member, Problem)]
    assert problems == [
        "in/.git: is hidden and is skipped; name it outright to read it",
        "in/.hidden.csv: is hidden and is skipped; name it outright to read it",
    ]


def test_globs(folder: Path) -> None:
    assert _names("in/*.csv") == ["in/a.csv", "in/b.csv", "in/we[i]rd.csv"]
    assert _names("in/**/*.csv") == ["in/a.csv", "in/b.csv", "in/deep/er/c.csv", "in/we[i]rd.csv"]
    assert _names("in/*.bib") == _names("in/*\0") == []


def test_a_file_whose_name_looks_like_a_glob_is_a_file(folder: Path) -> None:
    assert _names("in/we[i]rd.csv") == ["in/we[i]rd.csv"]
    assert not is_many("in/we[i]rd.csv")


def test_links_and_pipes_in_a_directory(folder: Path) -> None:
    Path("in/loop").symlink_to(folder, target_is_directory=True)
    Path("in/link.csv").symlink_to("a.csv")
    os.mkfifo("in/pipe")
    assert "in/link.csv" in _names("in")
    problems = {str(member).split(";")[0] for member in members("in") if isinstance(member, Problem)}
    assert {"in/loop: is a link to a directory and is skipped", "in/pipe: is no plain file and is skipped"} < problems


def test_a_name_that_is_not_utf8(folder: Path) -> None:
    (problem,) = members("a\udcff.csv")
    assert str(problem) == "a\\udcff.csv: has a name that is not UTF-8; rename it"


def test_a_directory_that_may_not_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied", "in")

    monkeypatch.setattr(os, "scandir", refuse)
    assert [str(member) for member in members("in")] == [
        "in: cannot be listed (Permission denied); check its permissions"
    ]
    monkeypatch.setattr(Path, "is_dir", refuse)
    assert not is_many("in")


@pytest.mark.parametrize("rest", ["a.csv", "deep/er/*.csv", "we[i]rd.csv", "../in/a.csv", "**/"])
def test_what_is_below_the_current_directory_is_named_from_there(rest: str, folder: Path) -> None:
    assert named(f"{folder.resolve()}/in/{rest}") == named(f"in/{rest}") == f"in/{rest}"


def test_what_is_not_below_keeps_its_name(folder: Path) -> None:
    here = folder.resolve()
    assert (named(here), named(f"{here}/"), named(Path("in/a.csv"))) == (".", ".", "in/a.csv")
    for other in ("-", "/", f"{here}/-", f"{here}x/a.csv", f"{here.parent}", "./in/a.csv"):
        assert named(other) == other


def test_a_file_is_in_one_place_by_any_name(folder: Path) -> None:
    Path("link.csv").symlink_to("in/a.csv")
    places = {real(name) for name in ("in/a.csv", "./in/../in/a.csv", f"{folder}/in/a.csv", "link.csv")}
    assert len(places) == 1
    assert (real("-"), real("a\0b")) == ("-", "a\0b")
