"""One TOML a run: a list of stages, done in order, each once.

``[paths]`` names folders (counted from the TOML file) that stages refer to as ``${name}``; a ``[[stage]]`` names
what it runs and holds what that is told. A stage that is done leaves a mark in ``${work}`` with the hash of its table,
so that a run that was interrupted goes on where it stopped, and a changed stage is done again.
"""

from __future__ import annotations

import os
import sys
import tomllib
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import KgError, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Sequence

STAGES: dict[str, str] = {
    "prepare": "kg.train.prepare",
    "pretrain": "kg.train.pretrain",
    "finetune": "kg.train.finetune",
    "silver": "kg.train.silver",
    "distil": "kg.train.distil",
    "export": "kg.train.export",
    "judges": "kg.train.judges",
}
"""What a stage can run: a module whose ``run`` takes the stage's table."""


class TrainConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A run: folders by name, ``work`` among them, and the stages in order."""

    paths: dict[str, str]
    stage: list[dict[str, Any]]


def read_config(path: Path) -> TrainConfig:
    """Read a run's TOML, with every ``${name}`` put in.

    Raises:
        KgError: It cannot be read, or a key is missing, unknown or of another type; the message names it.
    """
    try:
        config = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), TrainConfig)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KgError(f"{path} is no training configuration ({error}): see kg/train/shipped.toml") from None
    folders = {name: str((path.parent / folder).resolve()) for name, folder in config.paths.items()}
    unknown = {str(table.get("run")) for table in config.stage} - set(STAGES)
    if unknown or "work" not in folders:
        wrong = (
            f"no stage {min(unknown)!r}: there are {', '.join(STAGES)}" if unknown else "[paths] names no work folder"
        )
        raise KgError(f"{path}: {wrong}")
    return TrainConfig(folders, [put_in(table, folders) for table in config.stage])


def put_in(value: Any, folders: dict[str, str]) -> Any:
    """Put folders in the place of their names, in strings at any depth.

    >>> put_in({"gold": ["${shared}/gold.jsonl"], "rate": 1e-4}, {"shared": "/data"})
    {'gold': ['/data/gold.jsonl'], 'rate': 0.0001}
    """
    if isinstance(value, dict):
        return {key: put_in(inner, folders) for key, inner in value.items()}
    if isinstance(value, list):
        return [put_in(inner, folders) for inner in value]
    if isinstance(value, str):
        for name, folder in folders.items():
            value = value.replace(f"${{{name}}}", folder)
    return value


def train(path: Path) -> list[str]:
    """Do all stages of the TOML at ``path`` that are not done yet; return the names of those done now.

    Raises:
        KgError: The configuration is wrong.
        MissingExtra: torch is not installed.
    """
    config = read_config(path)
    done = []
    for number, table in enumerate(config.stage):
        mark, digest = _mark(config, number)
        if not mark.exists() or mark.read_text(encoding="utf-8") != digest:
            _do(config, number)
            done.append(f"{number} {table['run']}")
    return done


def main(arguments: Sequence[str]) -> None:
    """Do one stage, whether it is done or not: *arguments* are the TOML and the number of the stage, from 0.

    So a stage can be shared among several GPUs of one machine; :func:`train` then goes on behind it::

        torchrun --nproc-per-node 4 -m kg.train.run kg/train/shipped.toml 1
    """
    path, number = arguments
    _do(read_config(Path(path)), int(number))


def _do(config: TrainConfig, number: int) -> None:
    """Do a stage; the first of several processes marks it as done."""
    table, (mark, digest) = config.stage[number], _mark(config, number)
    mark.parent.mkdir(parents=True, exist_ok=True)
    _stage(str(table["run"]))({key: value for key, value in table.items() if key != "run"})
    if os.environ.get("RANK", "0") == "0":
        mark.write_text(digest, encoding="utf-8")


def _mark(config: TrainConfig, number: int) -> tuple[Path, str]:
    """The file that tells that a stage is done, and what it then holds."""
    digest = sha256(msgspec.json.encode(config.stage[number], order="sorted")).hexdigest()
    return Path(config.paths["work"]) / f"stage-{number}.done", digest


def _stage(name: str) -> Any:
    try:
        return import_module(STAGES[name]).run
    except ModuleNotFoundError as error:
        raise MissingExtra(f"training needs {error.name}: pip install 'paperkg[train]'") from None


if __name__ == "__main__":
    main(sys.argv[1:])
