"""What a number of an abstract can be, and which entities it can be tied to."""

from __future__ import annotations

from typing import get_args

from kg.types import ResultKind

KINDS: tuple[ResultKind, ...] = get_args(ResultKind)
ROLES = ("subject", "metric", "dataset", "baseline")
_SYSTEMS = ("Model", "Method")
ROLE_TYPES = {"subject": _SYSTEMS, "metric": ("Metric",), "dataset": ("Dataset",), "baseline": _SYSTEMS}
"""The types that an entity may have in each role, from the guidelines."""
