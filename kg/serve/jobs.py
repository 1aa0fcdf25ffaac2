"""What the server and its query processes say to each other: one line of JSON there, one back."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Job(Struct, frozen=True, kw_only=True):
    """A query to answer.

    Attributes:
        query: The SPARQL text, unchecked.
        results: The media type for the answer of SELECT and ASK; None where the client takes none that there is.
        graphs: The media type for the answer of CONSTRUCT and DESCRIBE; None likewise.
        rows: The most rows or triples to write.
        answer_bytes: The most bytes to write, of the answer's plainest form.
        seconds: How much processor time to give it.
        output: The file to write the answer to.
    """

    query: str
    results: str | None
    graphs: str | None
    rows: int
    answer_bytes: int
    seconds: float
    output: str


class Done(Struct, frozen=True, kw_only=True, tag="done"):
    """The answer is in the file: in which media type, how many rows or triples, and whether some were cut."""

    media_type: str
    rows: int
    cut: bool


class Failed(Struct, frozen=True, kw_only=True, tag="failed"):
    """There is no answer, and why: query refused, no format that the client takes, time or memory up, an error."""

    why: Literal["refused", "format", "time", "memory", "error"]
    message: str


Reply = Done | Failed
