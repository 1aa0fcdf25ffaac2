"""Extractions as JSON Lines: the prediction form of the annotation guidelines, with confidences and evidence beside it.

A relation is a list of three, as scorers expect it; ``relation_evidence`` runs parallel and has, for each, the spans
and the confidence.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec.structs import replace

from kg.errors import KgError, PaperFormatError
from kg.types import Evidence, Extraction, LocalEntity, Mention, Relation, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import IO

    from kg.types import Paper

T = TypeVar("T")


def to_prediction(extraction: Extraction) -> dict[str, Any]:
    """Give an extraction the form of a line.

    >>> read = Extraction("p1", "paperkg-fast 1", relations=(Relation("a", "usedFor", "b", (Evidence(0, 9),), 0.7),))
    >>> line = to_prediction(read)
    >>> line["relations"], line["relation_evidence"]
    ([['a', 'usedFor', 'b']], [{'evidence': [[0, 9]], 'confidence': 0.7}])
    >>> from_prediction(line) == read
    True
    """
    line: dict[str, Any] = msgspec.to_builtins(_line(extraction))
    return line


def _line(extraction: Extraction) -> dict[str, Any]:
    """Name the parts of a line; those whose form is that of our types stay what they are, which is written sooner."""
    relations = extraction.relations
    return {
        "id": extraction.paper,
        "extractor": extraction.extractor,
        "mentions": extraction.mentions,
        "entities": extraction.entities,
        "relations": [[r.head, r.relation, r.tail] for r in relations],
        "relation_evidence": [{"evidence": _spans(r.evidence), "confidence": r.confidence} for r in relations],
        "results": [{**msgspec.to_builtins(r), "evidence": _spans(r.evidence)} for r in extraction.results],
    }


def _spans(evidence: Iterable[Evidence]) -> list[list[int]]:
    return [[span.start, span.end] for span in evidence]


def from_prediction(line: dict[str, Any]) -> Extraction:
    """Read the form of a line back; evidence and confidences may be missing.

    Raises:
        msgspec.ValidationError: A field is missing or of another type.
    """
    relations = line.get("relations", [])
    details = line.get("relation_evidence") or [{}] * len(relations)
    return Extraction(
        paper=line["id"],
        extractor=line.get("extractor", ""),
        mentions=msgspec.convert(_with_surfaces(line.get("mentions", [])), tuple[Mention, ...]),
        entities=msgspec.convert(line.get("entities", []), tuple[LocalEntity, ...]),
        relations=tuple(_relation(triple, detail) for triple, detail in zip(relations, details, strict=True)),
        results=tuple(_result(result) for result in line.get("results", [])),
    )


def _with_surfaces(mentions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"surface": "", **mention} for mention in mentions]


def _relation(triple: list[str], detail: dict[str, Any]) -> Relation:
    head, relation, tail = triple
    fields = {"head": head, "relation": relation, "tail": tail, "confidence": detail.get("confidence", 1.0)}
    return msgspec.convert({**fields, "evidence": _evidence(detail)}, Relation)


def _result(result: dict[str, Any]) -> Result:
    return msgspec.convert({**result, "evidence": _evidence(result)}, Result)


def _evidence(detail: dict[str, Any]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in detail.get("evidence", [])]


def write_predictions(extractions: Iterable[Extraction], stream: IO[bytes]) -> int:
    """Write one line for each extraction, as they come; return how many."""
    lines = (msgspec.json.encode(_line(extraction)) + b"\n" for extraction in extractions)
    return sum(bool(stream.write(line)) for line in lines)


def read_predictions(path: Path) -> Iterator[Extraction]:
    """Read a file of predictions.

    Raises:
        PaperFormatError: The file cannot be read, or a line is no prediction; the message names the line.
    """
    lines = msgspec.json.Decoder(dict[str, Any])
    return decode_lines(path, lambda line: from_prediction(lines.decode(line)), "write the file with kg extract")


def decode_lines(path: Path, decode: Callable[[bytes], T], remedy: str) -> Iterator[T]:
    """Decode each line of a file that is not blank.

    Raises:
        PaperFormatError: The file cannot be read, or a line cannot be decoded; the message names it and the remedy.
    """
    number = 0
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):  # noqa: B007 - the error names it
                if line.strip():
                    yield decode(line)
    except OSError as error:
        raise PaperFormatError(f"{path} cannot be read ({error.strerror}): {remedy}") from None
    except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
        raise PaperFormatError(f"{path}, line {number}: not as expected ({error}): {remedy}") from None


def named_by_source(papers: Iterable[Paper]) -> Iterator[Paper]:
    """Give each paper the id that its file calls it by, where it does, so that lines can be matched with records."""
    for paper in papers:
        own = paper.sources[0].id if paper.sources else None
        yield replace(paper, id=own) if own else paper


@contextmanager
def writing(output: str) -> Iterator[IO[bytes]]:
    """Open an output: ``-`` is standard output; a file appears under its name once it is whole.

    Raises:
        KgError: It cannot be written.
    """
    if output == "-":
        yield sys.stdout.buffer
        return
    path = Path(output)
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            try:
                yield stream.file
                os.chmod(stream.name, 0o644)  # noqa: PTH101 - as any file that a user writes
                Path(stream.name).replace(path)
            finally:
                Path(stream.name).unlink(missing_ok=True)
    except OSError as error:
        raise KgError(f"{output} cannot be written ({error.strerror}): choose another output") from None
