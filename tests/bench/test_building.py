"""Memory of a build as the corpus grows, all its processes together; ``pytest tests/bench -s`` prints it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import kg
from tests.bench.memory import measure

SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"


def grown(path: Path, times: int) -> Path:
    """Write the sample many times over, each copy under titles of its own."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    with path.open("w", encoding="utf-8") as stream:
        for copy in range(times):
            stream.writelines(line.replace('"title": "', f'"title": "{copy} ', 1) + "\n" for line in lines)
    return path


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux, which counts shared pages")
def test_memory_grows_far_slower_than_the_corpus(tmp_path: Path) -> None:
    def peak(times: int) -> float:
        papers = grown(tmp_path / f"{times}.jsonl", times)
        command = "from kg.cli import main; main()"
        out = str(tmp_path / f"out{times}")
        return measure([sys.executable, "-c", command, "build", str(papers), "-o", out, "--jobs", "2"]).peak

    small, large = peak(4), peak(40)
    print(f"\npeak of 5,760 papers / of 576: {large / small:.2f} ({large / 1e6:,.0f} and {small / 1e6:,.0f} MB)")
    assert large < 3 * small
