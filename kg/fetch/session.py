"""How paperkg behaves towards others: it says who it is, waits between requests, and steps back when it is told to.

The clients of arXiv and OpenAlex both ask through requests, and each has its own idea of patience. They are given this
session instead of their own, so that one place decides.
"""

from __future__ import annotations

import json
import re
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from kg.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from requests import PreparedRequest, Response

TIMEOUT = 60
"""Seconds without a byte after which a request counts as failed."""
PAUSES = (3, 10, 30, 60, 120)
"""Seconds before each further try, unless the source asks for more."""
LONGEST_PAUSE = 300
"""The longest ``Retry-After`` that is waited for, in seconds."""

_BUSY = frozenset({429, 500, 502, 503, 504})
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_SUMMARY = re.compile(r"<summary[^>]*>([^<]*)")
_WHOLE = (b"}", b"</feed>")


class Session(requests.Session):
    """A session of requests that is polite and patient.

    Args:
        interval: The least time between two requests, in seconds.
        mailto: Where the source may write to if we disturb it; OpenAlex serves those who say it better.
        api_key: A key of OpenAlex, sent as a bearer token.
        wait: Sleeps for a number of seconds.
        clock: Tells the seconds since any moment.

    Example:
        >>> Session(mailto="ann@example.org").agent
        'paperkg/... (mailto:ann@example.org)'
    """

    def __init__(
        self,
        *,
        interval: float = 0,
        mailto: str | None = None,
        api_key: str | None = None,
        wait: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        if mailto and not _ADDRESS.fullmatch(mailto):
            raise FetchError(f"{mailto!r} is no mail address; write one like ann@example.org")
        self.agent = f"paperkg/{version('paperkg')}" + (f" (mailto:{mailto})" if mailto else "")
        if api_key:
            self.headers["Authorization"] = f"Bearer {api_key}"
        self._interval, self._wait, self._clock = interval, wait, clock
        self._last: float | None = None
        self._answered = False

    def send(self, request: PreparedRequest, **options: Any) -> Response:
        """Send a request, again if need be.

        Raises:
            FetchError: The source cannot be reached, refuses, or does not get better.
        """
        request.headers["User-Agent"] = self.agent
        for pause in (*PAUSES, None):
            failure = self._try(request, {**options, "timeout": TIMEOUT})
            if not isinstance(failure, _Failure):
                return failure
            if pause is None or failure.pause > LONGEST_PAUSE or not self._answered:
                raise failure.error
            self._wait(max(pause, failure.pause))
        raise AssertionError("the last pause is None")

    def _try(self, request: PreparedRequest, options: dict[str, Any]) -> Response | _Failure:
        self._pace()
        try:
            response = super().send(request, **options)
        except (requests.RequestException, HTTPError) as error:
            return _Failure(FetchError(f"{_host(request)} {_reason(error)}; check the network and the proxy"))
        finally:
            self._last = self._clock()
        self._answered = True
        if response.status_code >= 400:
            return self._refused(request, response)
        whole = response.is_redirect or response.content.rstrip().endswith(_WHOLE)
        return response if whole else _Failure(FetchError(f"{_host(request)} sent an answer that is not whole"))

    def _pace(self) -> None:
        if self._last is not None and (pause := self._last + self._interval - self._clock()) > 0:
            self._wait(pause)

    def _refused(self, request: PreparedRequest, response: Response) -> _Failure:
        error = FetchError(f"{_host(request)} answers {response.status_code} {response.reason}{_said(response)}")
        if response.status_code not in _BUSY:
            raise error
        pause = _asked_for(response)
        if pause > LONGEST_PAUSE:
            error = FetchError(f"{error}; it asks to wait for {pause:,.0f} s")
        return _Failure(error, pause)


class _Failure(NamedTuple):
    """A try that failed, and may go better after a pause."""

    error: FetchError
    pause: float = 0


def _host(request: PreparedRequest) -> str:
    return urlsplit(request.url or "").hostname or "the source"


def _reason(error: BaseException) -> str:
    """Give the deepest cause: the outer ones hold addresses and names of classes."""
    while cause := error.__cause__ or error.__context__:
        error = cause
    return f"cannot be reached ({str(error) or type(error).__name__})"


def _asked_for(response: Response) -> float:
    """Read Retry-After, which is seconds or a date; what makes no sense counts as nothing."""
    try:
        return Retry().parse_retry_after(response.headers.get("Retry-After", "0"))
    except HTTPError:
        return 0


def _said(response: Response) -> str:
    """Find what the source says in its own words: OpenAlex in JSON, arXiv in a feed."""
    text = response.text[:10_000]
    try:
        found = json.loads(text)
        said = str(found.get("message") or found.get("error") or "")
    except (ValueError, AttributeError, RecursionError):
        summary = _SUMMARY.search(text)
        said = summary[1] if summary else ""
    return f": {' '.join(said.split())[:300]}" if said else ""
