from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BuildFolderError
from kg.graph import folder as folder_module
from kg.graph import settle, staged


def write(stage: Path, text: str) -> None:
    (stage / "manifest.json").write_text(text)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture(params=["exchange", "renames"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of taking a place: one system call, and two renames."""
    if request.param == "renames":
        monkeypatch.setattr(folder_module, "_exchange", lambda _left, _right: False)


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    with staged(tmp_path / "deep" / "out") as stage:
        write(stage, "1")
        assert not (tmp_path / "deep" / "out").exists()
    assert names(tmp_path / "deep" / "out") == {"manifest.json"}
    assert names(tmp_path / "deep") == {"out"}


def test_an_old_build_is_replaced_and_its_readme_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for text in ("1", "2"):
        with staged(out) as stage:
            write(stage, text)
        (out / "README.md").write_text("mine")
        (out / "extra.parquet").write_text("of the first build")
    assert (out / "manifest.json").read_text() == "2"
    with staged(out) as stage:
        write(stage, "3")
    assert names(out) == {"manifest.json", "README.md"}
    assert names(tmp_path) == {"out"}


def test_a_failed_build_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with staged(out) as stage:
        write(stage, "old")
    with pytest.raises(ZeroDivisionError), staged(out) as stage:
        write(stage, "new")
        raise ZeroDivisionError
    assert (out / "manifest.json").read_text() == "old"
    assert names(tmp_path) == {"out"}


def test_other_peoples_folders_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(BuildFolderError, match=r"thesis\.tex"), staged(tmp_path):
        pass
    assert (tmp_path / "thesis.tex").exists()


def test_a_file_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(BuildFolderError, match="is a file"), staged(tmp_path / "out"):
        pass


def test_a_crash_between_renames_is_mended(tmp_path: Path) -> None:
    old = tmp_path / ".out.old"
    old.mkdir()
    write(old, "old")
    settle(tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").read_text() == "old"
    old.mkdir()
    settle(tmp_path / "out")
    assert names(tmp_path) == {"out"}
