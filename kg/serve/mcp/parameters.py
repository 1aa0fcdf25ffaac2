"""What several tools take, with the bounds and descriptions that clients see."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kg.types import RelationType

Entity = Annotated[
    str, Field(min_length=1, max_length=500, description="A name, an alias or an IRI; case is ignored in names.")
]
Claim = Literal[
    "used for",
    "approached with",
    "part of",
    "has part",
    "variant of",
    "has variant",
    "trained on",
    "training data of",
    "evaluated on",
    "test data of",
    "measured by",
    "measures",
    "benchmark for",
    "has benchmark",
    "outperforms",
    "outperformed by",
    "compared with",
]
"""The phrases of kg.phrases.WORDS."""

Relation = Annotated[RelationType, Field(description="Read from left to right: head relation tail.")]
Limit = Annotated[int, Field(ge=1, le=100, description="The most rows to answer; what is left out is counted.")]
Rows = Annotated[int, Field(ge=1, le=1_000, description="The most rows to answer.")]
Offset = Annotated[int, Field(ge=0, description="How many rows to pass over: for the next page, offset + limit.")]
Quotes = Annotated[int, Field(ge=1, le=10, description="The most papers to quote for each fact.")]
Year = Annotated[int, Field(ge=1_000, le=3_000)]
Short = Annotated[str, Field(max_length=500)]
