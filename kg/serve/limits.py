"""How much a server gives to one query, and to all of them together."""

from __future__ import annotations

import os

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """The limits of a server; the defaults suit a laptop.

    Attributes:
        seconds: How long a query may take before its process is killed.
        rows: How many rows or triples an answer may have; it is cut there, and says so.
        answer_bytes: How large an answer may be, written as TSV or N-Triples; it is cut there, and says so.
        memory: How many MiB of memory a query may take; it is stopped beyond.
        workers: How many queries run at once; more than there are cores, so that long ones leave room for short ones.
        waiting: How many more may wait for their turn; further ones are refused.
        patience: How many seconds one waits for its turn.
        request_bytes: How large a query may be.
    """

    seconds: float = 10
    rows: int = 100_000
    answer_bytes: int = 32 << 20
    memory: int = 1024
    workers: int = max(4, min(os.cpu_count() or 1, 8))
    waiting: int = 256
    patience: float = 10
    request_bytes: int = 256 << 10
