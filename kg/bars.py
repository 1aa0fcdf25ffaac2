"""Long work on a terminal: a bar for each step, with count, rate and time."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg.terminal import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from kg.progress import Progress as Report

_DRAWN_EVERY = 0.1
"""Seconds: working out a rate takes longer than reading a record."""


@contextmanager
def progress() -> Iterator[Report]:
    """Show each step of long work on stderr: count, rate, time. The function it gives takes step, done, total."""
    bar = BarColumn(bar_width=24)
    texts = (TextColumn(f"{{task.{text}}}") for text in ("description:8", "fields[count]", "fields[rate]"))
    columns = SpinnerColumn(finished_text="✓"), next(texts), bar, *texts, TimeElapsedColumn()
    with ExitStack() as shown:
        steps = _Steps(Progress(*columns, console=errors))

        def report(step: str, done: int, total: int | None) -> None:
            if steps.current is None:
                shown.enter_context(steps.bars)
                shown.push(lambda error, *_: steps.end(whole=error is None))
            steps.report(step, done, total)

        yield report


class _Steps:
    """Steps as bars, one below the other; each is drawn ten times a second at most, and as it ends."""

    def __init__(self, bars: Progress) -> None:
        self.bars = bars
        self.current: str | None = None
        self._tasks: dict[str, TaskID] = {}
        self._latest: tuple[int, int | None] = (0, None)
        self._drawn = 0.0

    def report(self, step: str, done: int, total: int | None) -> None:
        if step != self.current:
            self.end()
            self.current = step
            if step not in self._tasks:
                self._tasks[step] = self.bars.add_task(step, total=total, count="", rate="")
        self._latest = done, total
        if perf_counter() >= self._drawn + _DRAWN_EVERY:
            self._draw(step)

    def end(self, *, whole: bool = True) -> None:
        """End the step that is under way; one that is whole has done all that there was to do, however much it was."""
        if self.current is not None:
            done, total = self._latest
            self._latest = done, done if whole and total is None else total
            self._draw(self.current)
            self.bars.stop_task(self._tasks[self.current])

    def _draw(self, step: str) -> None:
        (done, total), task = self._latest, self._tasks[step]
        speed = self.bars.tasks[task].speed
        rate = f"{speed:,.0f}/s" if speed else ""
        self.bars.update(task, completed=done, total=total, count=_count(done, total), rate=rate)
        self._drawn = perf_counter()


def _count(done: int, total: int | None) -> str:
    """Write how much is done; of a step that counts nothing, nothing.

    >>> _count(3, None), _count(12_000, 40_000), _count(0, None), _count(0, 0)
    ('3', '12,000/40,000', '', '')
    """
    return f"{done:,}/{total:,}" if total else f"{done:,}" if done else ""
