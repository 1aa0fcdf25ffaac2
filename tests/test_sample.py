"""The sample that the demonstration is built of: its form, its size, its variety."""

from __future__ import annotations

import json
import re
from pathlib import Path

import kg

SAMPLE = Path(kg.__file__).with_name("data") / "sample.jsonl"
ROWS = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def test_form() -> None:
    assert len(ROWS) >= 120
    assert len({row["title"].casefold() for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.keys() <= {"title", "abstract", "year", "arxiv", "url"}
        assert 60 <= len(row["abstract"].split()) <= 120, row["title"]
        if "arxiv" in row:
            assert re.fullmatch(r"\d{4}\.\d{4,5}", row["arxiv"])
            assert row["url"] == f"https://arxiv.org/abs/{row['arxiv']}"
            assert row["year"] == 2000 + int(row["arxiv"][:2])


def test_variety() -> None:
    texts = [row["abstract"].lower() for row in ROWS]
    for field in ("image", "translation", "speech", "graph", "latency", "prove", "medical", "time series", "3d"):
        assert sum(field in text for text in texts) >= 3, field


def test_no_sentence_of_a_source(shared: Path) -> None:
    """No seven words in a row stand in the listing pages, whose abstracts the digests retell."""
    seen: set[tuple[str, ...]] = set()
    for page in sorted((shared / "corpora" / "hf-papers").glob("*.txt")):
        for line in page.read_text(encoding="utf-8").splitlines():
            source = words(line)
            if len(source) > 40:
                seen.update(zip(*(source[i:] for i in range(7)), strict=False))
    for row in ROWS:
        digest = words(row["abstract"])
        assert not seen & set(zip(*(digest[i:] for i in range(7)), strict=False)), row["title"]
