"""What the TypeScript pages are built of."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg.view.assets
from kg import KgError
from kg.view.assets import built


def test_scripts_and_styles_can_be_embedded() -> None:
    assert "function" in built("explorer", "js")
    assert "color-scheme" in built("explorer", "css")


def test_a_missing_build_names_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kg.view.assets, "files", lambda _: tmp_path)
    with pytest.raises(KgError, match="hatch_build"):
        built("query", "js")
