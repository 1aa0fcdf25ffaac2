"""The file that grows page by page, and beside it, while a fetch is not at its end, how far it came.

What is in the file is never taken back but for a last line that was cut off; what it holds already is not written
again. So whatever ends a fetch, going on with it gives each record once.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from kg.errors import FetchError, PaperFormatError
from kg.fetch.pages import Page, Request
from kg.papers import sniff
from kg.papers.jsonl import decode
from kg.papers.lines import lines
from kg.papers.opening import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class State(msgspec.Struct, frozen=True):
    """How far an unfinished fetch came: ``before`` is how many records the file had when it began."""

    request: Request
    before: int
    position: str | None = None


class Output:
    """A file of JSON Lines.

    Args:
        path: The file.
        request: What is asked for.
        kind: The format of its records.
        append: Whether a file that is there may be added to.

    Attributes:
        resumed: Whether this goes on with what was cut off.
        known: How many came that the file had already.

    Raises:
        FetchError: The file is there and may not be added to, is of another format, belongs to another fetch, or cannot
            be written.
    """

    def __init__(self, path: Path, request: Request, kind: str, *, append: bool) -> None:
        self.path, self._mark = path, path.with_name(f"{path.name}.fetch")
        with _told(path):
            state = self._unfinished(request)
            self.resumed, self.known = state is not None, 0
            if path.exists():
                self._look_at(kind, append=append or self.resumed)
            self._keys = set(_keys(path))
            self._state = state or State(request, len(self._keys))
            self._save(self.position)

    @property
    def position(self) -> str | None:
        """Where to go on."""
        return self._state.position

    @property
    def written(self) -> int:
        """How many records this fetch has brought, those before it was cut off included."""
        return len(self._keys) - self._state.before

    def add(self, page: Page, limit: int | None) -> None:
        """Write what is new of a page, up to a number of records in all, and where the next one begins."""
        added: list[bytes] = []
        for record in page.records:
            line = _line(record)
            key = _key(record, line)
            if limit is not None and self.written >= limit:
                break
            if key in self._keys:
                self.known += 1
            else:
                self._keys.add(key)
                added.append(line)
        with _told(self.path):
            with self.path.open("ab") as file:
                file.writelines(added)
                file.flush()
                os.fsync(file.fileno())
            self._save(page.position)

    def close(self, *, done: bool) -> None:
        """Forget how far it came, if it came to its end or never began."""
        if done or (self.position is None and not self.written):
            self._mark.unlink(missing_ok=True)

    def _unfinished(self, request: Request) -> State | None:
        try:
            state = msgspec.json.decode(self._mark.read_bytes(), type=State)
        except FileNotFoundError:
            return None
        except msgspec.MsgspecError as error:
            raise FetchError(f"{self._mark} is damaged ({error}); delete it, and use --append to go on") from None
        if state.request != request:
            raise FetchError(
                f"{self.path} holds an unfinished fetch of {state.request.query!r} from {state.request.source}, "
                f"with other options: finish that, write to another file, or delete {self._mark}"
            )
        return state

    def _look_at(self, kind: str, *, append: bool) -> None:
        """Refuse a file that is not to be added to, and end its last line: one that this fetch left goes."""
        with self.path.open("r+b") as file:
            head = file.read(HEAD)
            if not head.strip():
                return
            if not append:
                raise FetchError(f"{self.path} is there already; --append adds to it, or name another file")
            if (found := sniff(head, str(self.path))) != kind:
                raise PaperFormatError(f"{self.path} is of format {found}, and what comes is {kind}; name another file")
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                _end_line(file, drop=self.resumed)

    def _save(self, position: str | None) -> None:
        self._state = msgspec.structs.replace(self._state, position=position)
        beside = self._mark.with_name(f"{self._mark.name}.new")
        beside.write_bytes(msgspec.json.encode(self._state))
        beside.replace(self._mark)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell of a file that cannot be written in words of a user."""
    try:
        yield
    except OSError as error:
        raise FetchError(
            f"{path} cannot be written ({error.strerror}): name a file in a folder that is there"
        ) from None


def _keys(path: Path) -> Iterator[str]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for _, line in lines(file):
            if line is not None and not line.isspace():
                yield _key_of_line(line)


def _key_of_line(line: bytes) -> str:
    try:
        return _key(decode(line), line)
    except ValueError:
        return _key({}, line)


def _key(record: dict[str, Any], line: bytes) -> str:
    own = record.get("id")
    return own if own and isinstance(own, str) else sha256(line.strip()).hexdigest()


def _line(record: dict[str, Any]) -> bytes:
    try:
        return json.dumps(record, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can hold
        return json.dumps(record).encode() + b"\n"


def _end_line(file: BinaryIO, *, drop: bool) -> None:
    """End the last line of a file, or drop it."""
    if not drop:
        file.seek(0, os.SEEK_END)
        file.write(b"\n")
        return
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(end - HEAD, 0)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            file.truncate(start + found + 1)
            return
        end = start
    file.truncate(0)
