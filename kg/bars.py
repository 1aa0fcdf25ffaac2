"""Long work on a terminal: a bar for each step, with count, rate and time."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg.terminal import errors, fail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID

    from kg.progress import Progress as Report

_DRAWN_EVERY = 0.1
"""Seconds: working out a rate takes longer than reading a record."""


@contextmanager
def progress() -> Iterator[Report]:
    """Show each step of long work on stderr: count, rate, time. The function it gives takes step, done, total.

    Of an interrupt it says how to go on, where that is known.
    """
    bar = BarColumn(bar_width=24)
    texts = TextColumn("{task.description:8}"), TextColumn("{task.fields[rate]}")
    columns = SpinnerColumn(), texts[0], bar, MofNCompleteColumn(), texts[1], TimeElapsedColumn()
    with ExitStack() as shown:
        steps = _Steps(Progress(*columns, console=errors))

        def report(step: str, done: int, total: int | None) -> None:
            if steps.current is None:
                shown.enter_context(steps.bars)
                shown.callback(steps.end)
            steps.report(step, done, total)

        try:
            yield report
        except KeyboardInterrupt as interrupt:
            shown.close()
            if interrupt.args:
                fail(interrupt)
            raise


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
                self._tasks[step] = self.bars.add_task(step, total=total, rate="")
        self._latest = done, total
        if perf_counter() >= self._drawn + _DRAWN_EVERY:
            self._draw(step)

    def end(self) -> None:
        """End the step that is under way."""
        if self.current is not None:
            self._draw(self.current)
            self.bars.stop_task(self._tasks[self.current])

    def _draw(self, step: str) -> None:
        (done, total), task = self._latest, self._tasks[step]
        speed = self.bars.tasks[task].speed
        self.bars.update(task, completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")
        self._drawn = perf_counter()
