"""Builds that are killed at chosen moments: ``python -m tests.building.crash FOLDER SEED COUNT`` tells what came of it.

Every call that the code of paperkg makes is a moment. A build is forked off for each chosen one, and ends itself there
by SIGKILL: no handler runs, no buffer is flushed. Then the folder must be what it was, or what it was to become, and a
second build must end as if nothing had happened. This process itself opens no database, so that it may fork.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType

import duckdb  # noqa: F401 - loaded once, before forking
import pyarrow.parquet  # noqa: F401 - as above

import kg.pipeline
import kg.rdf
from kg.building import STEPS
from kg.errors import BuildFolderError
from tests.building.fake import Fake
from tests.folders import contents, differing

_PLACES = ("workplace.py", "folder.py", "lock.py", "shards.py")
_OURS = (str(Path(kg.__file__).parent), str(Path(__file__).with_name("fake.py")))
_TEXT = "We test AlphaNet{0} on DataOne. MetricA of AlphaNet{0} is 9{0}%."


def main(folder: Path, seed: int, count: int) -> list[dict[str, object]]:
    """Kill ``count`` builds anywhere, and thrice as many where folders are made, moved, locked and removed."""
    _enter(folder)
    _write("old.jsonl", range(4))
    _write("new.jsonl", range(2, 9))
    for name in ("old", "new"):
        _forked(partial(_build, f"{name}.jsonl", f"expected-{name}"))
    moments = _moments()
    delicate = [moment for moment, file in enumerate(moments) if file.endswith(_PLACES)]
    draw = random.Random(seed)
    chosen = {*draw.sample(range(len(moments)), count), *draw.sample(delicate, min(3 * count, len(delicate)))}
    return [_killed(moment, fresh=moment % 2 == 0) for moment in sorted(chosen)]


def limited(folder: Path) -> list[dict[str, object]]:
    """Let files grow to so many bytes and no further, as on a disk that is full."""
    _enter(folder)
    _write("new.jsonl", range(40))
    _forked(partial(_build, "new.jsonl", "expected-new"))
    sizes = sorted({len(data) for data in contents(Path("expected-new")).values()})
    return [_cramped(size - 1) for size in [1, 9, *sizes]]


def _enter(folder: Path) -> None:
    """Work in a folder, without the steps that only project the tables."""
    os.chdir(folder)
    vars(kg.pipeline)["STEPS"] = tuple((name, step) for name, step in STEPS if name not in {"rdf", "describe", "pages"})


def _write(name: str, numbers: range) -> None:
    lines = (json.dumps({"title": f"Paper {n}", "abstract": _TEXT.format(n)}) + "\n" for n in numbers)
    Path(name).write_text("".join(lines))


def _build(given: str, output: str) -> None:
    _give(given)
    kg.build(["in/papers.jsonl"], output, reader=Fake())


def _give(given: str) -> None:
    Path("in").mkdir(exist_ok=True)
    shutil.copyfile(given, "in/papers.jsonl")


def _forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own; return its exit status."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - a child must never return
        sys.stderr.write(f"{error!r}\n")
        os._exit(4 if isinstance(error, BuildFolderError) else 1)
    os._exit(0)


def _moments() -> list[str]:
    """List the files whose code makes each call of a build that replaces another."""
    shutil.copytree("expected-old", "out")
    _forked(partial(_watched, None))
    shutil.rmtree("out")
    return Path("moments").read_text().splitlines()


def _watched(last: int | None) -> None:
    seen: list[str] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        file = frame.f_code.co_filename
        if event in {"call", "c_call"} and file.startswith(_OURS):
            if len(seen) == last:
                os.kill(os.getpid(), signal.SIGKILL)
            seen.append(file)

    sys.setprofile(watch)
    _build("new.jsonl", "out")
    sys.setprofile(None)
    Path("moments").write_text("\n".join(seen))


def _killed(moment: int, *, fresh: bool) -> dict[str, object]:
    shutil.rmtree("out", ignore_errors=True)
    if not fresh:
        shutil.copytree("expected-old", "out")
    status = _forked(partial(_watched, moment))
    return {"moment": moment, "killed": status == -signal.SIGKILL, **_outcome(fresh=fresh)}


def _cramped(size: int) -> dict[str, object]:
    def build() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        kg.build(["in/papers.jsonl"], "out", reader=Fake())

    _give("new.jsonl")
    shutil.rmtree("out", ignore_errors=True)
    return {"size": size, "status": _forked(build), **_outcome(fresh=True)}


def _outcome(*, fresh: bool) -> dict[str, object]:
    """Look at the folder, build again, and look once more."""
    out = Path("out")
    now = contents(out) if out.exists() else None
    wanted = [contents(Path("expected-new")), None if fresh else contents(Path("expected-old"))]
    again = _forked(partial(_build, "new.jsonl", "out"))
    left = sorted(path.name for path in Path().iterdir() if path.name.startswith("."))
    return {"whole": now in wanted, "again": again, "differing": differing(out, Path("expected-new")), "left": left}


if __name__ == "__main__":
    told = limited(Path(sys.argv[1])) if len(sys.argv) == 2 else main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
    sys.stdout.write(json.dumps(told))
