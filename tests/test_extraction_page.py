"""docs/extraction.md shows what the extractor reads now.

``KG_UPDATE_GOLDEN=1 pytest tests/test_extraction_page.py`` writes its examples anew.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from kg.extract import extract
from kg.extract.numbers import find
from kg.phrases import WORDS, amount
from kg.train.gold import Gold
from kg.train.score import paired_entities
from kg.types import Paper, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.types import Extraction

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "extraction.md"
SAMPLE = {one["title"]: one for one in map(json.loads, (ROOT / "kg/data/sample.jsonl").read_text("utf-8").splitlines())}
BLOCK = re.compile(r"<!-- (example|numbers) -->\n.*?<!-- end -->", re.DOTALL)
SENTENCE = (
    "Net-2 improves mAP on COCO from 41.2 to 45.6 (+4.4), gets 76.4/82.1% on A and B, cuts FLOPs by up to 75\\%, is "
    "2-3x faster, and needs 5.7M parameters and 83.4 ± 0.2 GB."
)


def annotation(line: str) -> Gold:
    read = json.loads(line)
    return msgspec.convert({"id": read["title"], "abstract": SAMPLE[read["title"]]["abstract"], **read}, Gold)


GOLDS = [annotation(line) for line in (ROOT / "docs" / "examples.jsonl").read_text("utf-8").splitlines()]


def compared(gold: Gold, read: Extraction) -> Iterator[str]:
    """Give the lines of a comparison: entities, relations and results; of the annotation first, in its order."""
    partner = paired_entities(read, gold)
    names = {one.key: one.name for one in gold.entities}
    ours = {one.key: partner.get(one.key, f"“{one.name}”") for one in read.entities}
    shown = {**{key: key for key in ours.values()}, **names}

    def entity(key: str, kind: str) -> str:
        return f"{shown[key]} ({kind})"

    def relation(head: str, said: str, tail: str) -> str:
        return f"{shown[head]} {WORDS[said][0]} {shown[tail]}"  # type: ignore[index]

    def result(one: Any, key: Callable[[str], str]) -> str:
        place = f" on {shown[key(one.dataset)]}" if one.dataset else ""
        against = f", against {shown[key(one.baseline)]}" if one.baseline else ""
        what = f"{shown[key(one.subject)]}: {shown[key(one.metric)]}"
        return f"{what} {amount(one.value, one.unit)}{place} ({one.kind}{against})"

    mine, theirs = ours.__getitem__, str
    yield from section(
        "entities",
        [entity(one.key, one.type) for one in gold.entities],
        {entity(mine(one.key), one.type): one.confidence for one in read.entities},
    )
    yield from section(
        "relations",
        [relation(*one) for one in gold.relations],
        {relation(mine(one.head), one.relation, mine(one.tail)): one.confidence for one in read.relations},
    )
    yield from section(
        "results",
        [result(one, theirs) for one in gold.results],
        {result(one, mine): one.confidence for one in read.results},
    )


def section(name: str, wanted: list[str], found: dict[str, float]) -> Iterator[str]:
    right = sum(line in found for line in wanted)
    yield f"@@ {name}: {right} of {len(wanted)} read, {len(found) - right} more @@"
    for line in wanted:
        yield f"  {line}  {found[line]:.2f}" if line in found else f"- {line}"
    yield from (f"+ {line}  {confidence:.2f}" for line, confidence in sorted(found.items()) if line not in wanted)


def example(gold: Gold) -> str:
    (read,) = extract([Paper(id="p", title=gold.title, abstract=gold.abstract)])
    comparison = "\n".join(compared(gold, read))
    return f"> {gold.abstract}\n\n```diff\n{comparison}\n```"


def numbers() -> str:
    header = f"> {SENTENCE}\n\n| number | written as | place | up to | times |\n| ---: | --- | --- | --- | ---: |"
    rows = (
        f"| {one.value} | {one.form}{f', {one.suffix}' if one.suffix else ''} | {one.role} | "
        f"{'yes' if one.up_to else ''} | {one.scale:g} |"
        for one in find(SENTENCE)
    )
    return "\n".join([header, *rows])


def test_the_page_shows_what_is_read() -> None:
    page, examples = PAGE.read_text("utf-8"), iter(GOLDS)

    def fresh(match: re.Match[str]) -> str:
        body = numbers() if match[1] == "numbers" else example(next(examples))
        return f"<!-- {match[1]} -->\n{body}\n<!-- end -->"

    made = BLOCK.sub(fresh, page)
    assert next(examples, None) is None
    if os.environ.get("KG_UPDATE_GOLDEN") == "1":
        PAGE.write_text(made, "utf-8")
    assert made == PAGE.read_text("utf-8")


@pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.title)
def test_an_annotation_keeps_to_the_guidelines(gold: Gold) -> None:
    types = {one.key: one.type for one in gold.entities}
    assert {key for _, _, _, key in gold.spans()} == set(types)
    assert all(allowed(types[head], relation, types[tail]) for head, relation, tail in gold.relations)  # type: ignore[arg-type]
    values = {number.value for number in find(gold.text)}
    assert all(one.value in values and types[one.metric] == "Metric" for one in gold.results)
    assert f"## {gold.title}\n" in PAGE.read_text("utf-8")
