"""From what a user names to papers: find the files, recognise, read and judge, and report what is no paper."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.papers import arxiv, bibtex, jsonl, listing, openalex, parquet, pubmed, ris, semanticscholar, tables
from kg.papers.detect import sniff
from kg.papers.drafts import Draft, judge
from kg.papers.fields import DEFAULT, FieldNames
from kg.papers.inputs import Member, is_many, members
from kg.papers.opening import Opened, opened
from kg.papers.places import each
from kg.papers.problems import BadInput, Problem

if TYPE_CHECKING:
    from kg.types import Paper

Reader = Callable[[Opened, FieldNames], Iterator[Draft]]

READERS: dict[str, Reader] = {
    "listing": listing.read,
    "jsonl": jsonl.read,
    "arxiv": arxiv.read,
    "openalex": openalex.read,
    "semanticscholar": semanticscholar.read,
    "csv": tables.read,
    "tsv": tables.read,
    "parquet": parquet.read,
    "bibtex": bibtex.read,
    "ris": ris.read,
    "pubmed": pubmed.read,
}
"""Format name to reader; :func:`kg.papers.sniff` chooses."""

_LOG = logging.getLogger("kg.papers")
_NOTHING = "give at least one paper with title and abstract"


def read(
    inputs: str | Path | Iterable[str | Path],
    *,
    fields: FieldNames | None = None,
    strict: bool = False,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Paper]:
    """Read the papers of files, directories, globs and standard input, one Paper a record, in the order of the files.

    A record or a file that cannot be read is reported and skipped, and nothing else is lost. Memory stays flat, and a
    file is closed before the next is opened. See :func:`kg.papers.unify` for making one paper of several records.

    Args:
        inputs: Paths, or one; a directory or a zip archive is read to its bottom, ``**`` in a glob means any depth, and
            ``-`` is standard input.
        fields: What the fields of JSON Lines, CSV, TSV and Parquet are called, where the defaults do not fit.
        strict: Raise at the first problem instead of reporting it.
        on_problem: Takes each problem; without it they are logged as warnings to ``kg.papers``.

    Raises:
        PaperFormatError: Not one paper could be read from the inputs, or ``strict`` and there is a problem.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     page = Path(folder, "page.jsonl")
        ...     _ = page.write_text('{"title": "A tiny BERT", "abstract": "We shrink it."}')
        ...     [paper.title for paper in read([page])]
        ['A tiny BERT']
    """
    desk = _Desk(strict=strict, on_problem=on_problem or _log)
    for given in each(inputs):
        yield from _read_input(given, fields or DEFAULT, desk)
    desk.close()


def _read_input(given: str | Path, fields: FieldNames, desk: _Desk) -> Iterator[Paper]:
    many, before = is_many(given), desk.papers
    for member in members(given):
        if isinstance(member, Problem):
            desk.report(member)
            continue
        try:
            yield from _read_file(member, fields, desk)
        except BadInput as error:
            # Strict has raised it already, and a reader's own failure must reach the caller the same way.
            desk.report(error.problem, whole_input=not many)
    if many and desk.papers == before:
        desk.report(Problem(Path(given).as_posix(), 0, "holds no papers", _NOTHING), whole_input=True)


def _read_file(member: Member, fields: FieldNames, desk: _Desk) -> Iterator[Paper]:
    with opened(member.name, member.path, member.inside) as file:
        reader = READERS[sniff(file.head, file.name, fields=fields)]
        records = 0
        for records, found in enumerate(reader(file, fields), 1):  # noqa: B007 - how many there were counts below
            result = judge(found, file.name)
            if isinstance(result, Problem):
                desk.report(result)
            else:
                desk.count()
                yield result
        if not records:
            raise BadInput(Problem(file.name, 0, "holds no papers", _NOTHING))


def _log(problem: Problem) -> None:
    _LOG.warning("%s", problem)


class _Desk:
    """Counts the papers and passes the problems on, or raises them.

    What spoils a whole input is held until a first paper is read: should none come, it is raised, not reported.
    """

    def __init__(self, *, strict: bool, on_problem: Callable[[Problem], None]) -> None:
        self.papers = 0
        self._strict, self._on_problem = strict, on_problem
        self._first: Problem | None = None
        self._held: list[Problem] = []

    def count(self) -> None:
        self.papers += 1
        self._release()

    def report(self, problem: Problem, *, whole_input: bool = False) -> None:
        if self._strict:
            raise BadInput(problem)
        self._first = self._first or problem
        if whole_input and not self.papers:
            self._held.append(problem)
        else:
            self._on_problem(problem)

    def close(self) -> None:
        if self.papers or not self._first:
            return
        if not self._held:
            raise BadInput(Problem(self._first.file, 0, "holds no papers that can be read", f"see {self._first}"))
        worst, self._held = self._held[0], self._held[1:]
        self._release()
        raise BadInput(worst)

    def _release(self) -> None:
        for problem in self._held:
            self._on_problem(problem)
        self._held.clear()
