"""The manifest of a build folder: what went in, what came out, which versions, and what each file should be."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from kg.errors import BuildFolderError
from kg.graph.checksums import Stored
from kg.graph.schema import FOLDER_VERSION, READ_VERSIONS
from kg.papers.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"


class Manifest(msgspec.Struct, frozen=True):
    """What a build folder says of itself; equal papers, read alike, give equal manifests.

    Attributes:
        folder_version: The version of the folder's form.
        paperkg: The version that wrote it.
        extractor: What read the papers.
        base: What every IRI begins with.
        inputs: What was given, sorted.
        config: The choices of the build.
        counts: Rows of each table, entities of each type, records read and skipped.
        files: Every file of the folder but this one and the history.
        recipe: A hash of all that the folder follows from; empty where not all was read, so that the next build tries.
        skipped: What could not be read.
        seal: A hash of all of the above, set when it is written.
    """

    folder_version: int
    paperkg: str
    extractor: str
    base: str
    inputs: tuple[str, ...]
    config: dict[str, object]
    counts: dict[str, int]
    files: dict[str, Stored] = {}
    recipe: str = ""
    skipped: tuple[Problem, ...] = ()
    seal: str = ""

    def write(self, folder: Path) -> None:
        """Write ``manifest.json`` into ``folder``."""
        sealed = msgspec.structs.replace(self, seal=self.digest())
        (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(sealed), indent=2) + b"\n")

    def digest(self) -> str:
        """Hash all but the seal."""
        return sha256(msgspec.json.encode(msgspec.structs.replace(self, seal=""))).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build folder.

    Raises:
        BuildFolderError: There is no manifest, it is damaged, or another version of paperkg wrote the folder.
    """
    path = folder / NAME
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        raise BuildFolderError(f"{folder} is no build folder (it has no {NAME}): make one with kg build") from None
    except NotADirectoryError:
        raise BuildFolderError(f"{folder} is a file: name the folder that kg build wrote") from None
    except (msgspec.DecodeError, OSError) as error:
        raise BuildFolderError(f"{path} cannot be read ({error}): build the folder again with kg build") from None
    if manifest.folder_version == FOLDER_VERSION and manifest.seal != manifest.digest():
        raise BuildFolderError(f"{path} is damaged: build the folder again with kg build")
    if manifest.folder_version not in READ_VERSIONS:
        raise BuildFolderError(
            f"{folder} has folder version {manifest.folder_version} and this paperkg reads up to {FOLDER_VERSION}: "
            "build it again with kg build, or install a newer paperkg"
        )
    return manifest
