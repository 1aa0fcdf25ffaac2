"""What the doctor says.

>>> print(Finding("out/graph.ttl", "is missing", "build the folder again"))
out/graph.ttl: is missing; build the folder again
"""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True):
    """One thing that is not as it should be.

    Attributes:
        where: A file, a table, a package.
        wrong: What is wrong with it.
        remedy: What to do.
        harmless: Whether all works nevertheless.
    """

    where: str
    wrong: str
    remedy: str
    harmless: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong}; {self.remedy}"
