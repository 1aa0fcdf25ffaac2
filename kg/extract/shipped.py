"""The weights that come with paperkg, by the name of the extractor."""

from __future__ import annotations

import json
from pathlib import Path

from kg.errors import ModelError

MODELS: dict[str, str] = {"fast": "weights/fast", "accurate": "weights/accurate"}
"""Extractors by name, and the folder beside this file that holds their weights."""


def weights_folder(model: str) -> Path:
    """Return the folder of an extractor's weights.

    Raises:
        ModelError: There is no extractor of this name, or its weights are missing.

    Example:
        >>> weights_folder("fast").name
        'fast'
    """
    if model not in MODELS:
        raise ModelError(f"no extractor {model!r}: there is {', '.join(MODELS)}")
    folder = Path(__file__).parent / MODELS[model]
    if not (folder / "settings.json").exists():
        raise ModelError(f"the weights of {model!r} are not in {folder}: install paperkg again, or train with kg train")
    return folder


def version_of(model: str) -> str:
    """Return the extractor's name and version, as statements and caches carry it.

    Raises:
        ModelError: There is no such extractor.

    Example:
        >>> version_of("fast").startswith("paperkg-fast ")
        True
    """
    settings = json.loads((weights_folder(model) / "settings.json").read_text(encoding="utf-8"))
    return f"paperkg-{model} {settings['version']}"
