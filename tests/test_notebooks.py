"""The notebooks run, end in a picture, and are stored without their outputs."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LEAST_PICTURE = 20_000
"""Bytes of a PNG: an empty plot of this size has fewer."""


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the notebooks as they are after a run on the sample graph, all in kernels of their own."""
    folder = tmp_path_factory.mktemp("notebooks")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder / "ipython")}
    environment.pop("MPLBACKEND", None)  # else pictures go nowhere
    sample = [sys.executable, "-c", "from kg.cli import main; main()", "demo", "-o", str(folder / "sample")]
    subprocess.run(sample, check=True, env=environment, capture_output=True)
    command = [sys.executable, "-c", "from nbclient.cli import main; main()", "--timeout=120"]
    outputs = f"--output={folder}/{{notebook_name}}"
    environment["KG_BUILD"] = str(folder / "sample")
    done = subprocess.run(
        [*command, outputs, *map(str, NOTEBOOKS)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def read(path: Path) -> Any:
    return nbformat.reads(path.read_text(encoding="utf-8"), nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]


def pictures(outputs: list[Any]) -> list[bytes]:
    return [base64.b64decode(one["data"]["image/png"]) for one in outputs if "image/png" in one.get("data", {})]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_ends_in_a_picture(path: Path, executed: Path) -> None:
    notebook = read(executed / path.name)
    assert "image/png" in notebook.cells[-1].outputs[-1]["data"]
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert len(pictures(outputs)[-1]) > LEAST_PICTURE
    assert not [output for output in outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not [cell for cell in code if cell.outputs or cell.execution_count is not None]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_all_five_are_there() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]
