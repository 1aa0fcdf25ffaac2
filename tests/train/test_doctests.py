"""The examples in the training room: they are run where the libraries of their module are installed."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import kg.train

MODULES = sorted(path.stem for path in Path(kg.train.__path__[0]).glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    try:
        module = import_module(f"kg.train.{name}")
    except ModuleNotFoundError as error:
        pytest.skip(f"needs {error.name}: pip install 'paperkg[train]'")
    found = doctest.testmod(module, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert not found.failed
