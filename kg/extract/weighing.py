"""Components that carry files of weights: loaded from one folder, and copied to another with the pipeline."""

from __future__ import annotations

import json
import shutil
from abc import abstractmethod
from pathlib import Path
from typing import Any, ClassVar, Self


class Weighed:
    """A component with files of weights in a folder; ``settings.json`` is always one of them."""

    files: ClassVar[tuple[str, ...]]
    folder: Path
    settings: dict[str, Any]

    @abstractmethod
    def load(self, folder: Path) -> None:
        """Read the weights that are this component's own."""

    def use(self, folder: Path) -> None:
        """Take all weights from ``folder``."""
        self.folder = folder
        self.settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        self.load(folder)

    def to_disk(self, path: Path | str, **_: Any) -> None:
        """Copy the weights to ``path``."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for pattern in self.files:
            for file in self.folder.glob(pattern):
                shutil.copyfile(file, Path(path) / file.name)

    def from_disk(self, path: Path | str, **_: Any) -> Self:
        """Use the weights at ``path`` from now on."""
        self.use(Path(path))
        return self
