"""What can be wrong with an input, said in one line that names the file, the record and the remedy.

>>> print(Problem("papers.jsonl", 3, "abstract is null", "give the record an abstract"))
papers.jsonl:3: abstract is null; give the record an abstract
"""

from __future__ import annotations

from msgspec import Struct

from kg.errors import PaperFormatError


class Problem(Struct, frozen=True, order=True):
    """One thing that could not be read.

    Attributes:
        file: The file as the user named it; ``-`` is standard input.
        record: The line, row or entry, from 1, as ``Source.record`` counts; 0 when the whole file is meant.
        message: What is wrong.
        remedy: What to do about it.
    """

    file: str
    record: int
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.record}" if self.record else self.file
        return _one_line(f"{place}: {self.message}; {self.remedy}")


class BadInput(PaperFormatError):
    """A problem that ends the reading of a file; ``problem`` has its parts.

    >>> str(BadInput(Problem("a.csv", 0, "is empty", "leave it out")))
    'a.csv: is empty; leave it out'
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def _one_line(text: str) -> str:
    """Escape what could break the line or drive a terminal: file names and excerpts come from strangers."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
