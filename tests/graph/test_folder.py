from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BuildFolderError
from kg.graph import check_target, settle, take_place
from kg.graph import folder as folder_module


def made(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "manifest.json").write_text(text)
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture(params=["exchange", "renames"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of taking a place: one system call, and two renames."""
    if request.param == "renames":
        monkeypatch.setattr(folder_module, "_exchange", lambda _left, _right: False)


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    take_place(made(tmp_path / "stage", "1"), tmp_path / "out")
    assert names(tmp_path) == {"out"}
    assert names(tmp_path / "out") == {"manifest.json"}


def test_an_old_build_is_replaced_and_its_readme_kept(tmp_path: Path) -> None:
    out = made(tmp_path / "out", "1")
    (out / "README.md").write_text("mine")
    (out / "extra.parquet").write_text("of the first build")
    take_place(made(tmp_path / "stage", "2"), out)
    assert (out / "manifest.json").read_text() == "2"
    assert names(out) == {"manifest.json", "README.md"}


def test_other_peoples_folders_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(BuildFolderError, match=r"thesis\.tex"):
        check_target(tmp_path)


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(BuildFolderError, match="is a file"):
        check_target(tmp_path / "out")


def test_a_crash_between_renames_is_mended(tmp_path: Path) -> None:
    old = made(tmp_path / ".out.old", "old")
    settle(tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").read_text() == "old"
    made(old, "older")
    settle(tmp_path / "out")
    assert names(tmp_path) == {"out"}
