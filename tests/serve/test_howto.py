"""docs/serve.md: what it shows is what happens."""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kg
from kg.serve import Limits, create_app, server
from kg.serve import app as application
from tests.serve.conftest import running

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "serve.md"
SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"
CONSOLE = re.findall(r"^```console\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
STEPS = re.compile(r"^\$ ((?:.*\n(?:    .*\n)*))((?:(?!\$ ).*\n)*)", re.MULTILINE)
COMMANDS = [(said.strip(), shown) for body in CONSOLE for said, shown in STEPS.findall(body)]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("howto") / "output"
    kg.build([SAMPLE], folder)
    with running(create_app(folder, limits=Limits(workers=1, seconds=60))) as found:
        yield found


@pytest.mark.parametrize(("command", "shown"), [step for step in COMMANDS if step[0].startswith("curl")])
def test_what_curl_is_answered(command: str, shown: str, address: str) -> None:
    if not shutil.which("curl"):
        pytest.skip("needs curl")
    here = command.replace("http://127.0.0.1:8000", address)
    done = subprocess.run(here, shell=True, capture_output=True, text=True, check=False)  # noqa: S602 - our own page
    assert done.stdout.strip() == textwrap.dedent(shown).strip(), done.stderr


def test_there_are_commands_to_run() -> None:
    assert len([command for command, _ in COMMANDS if command.startswith("curl")]) >= 5


def test_the_page_names_the_limits_that_hold() -> None:
    text, limits = PAGE.read_text(encoding="utf-8"), Limits()
    assert f"longer than {limits.seconds} seconds" in text
    assert f"more than {limits.rows:,} rows" in text
    assert f"or {limits.answer_bytes >> 20} MiB" in text
    assert limits.memory == 1024
    assert f"larger than {application.HEAD_BYTES >> 10} KiB" in text
    assert f"larger than {limits.request_bytes >> 10} KiB" in text
    assert f"within {server.PATIENCE} seconds" in text
    assert f"takes {server.CONNECTIONS} connections" in text
