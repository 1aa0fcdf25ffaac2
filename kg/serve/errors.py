"""What a client is told when there is no answer, and with which status."""

from __future__ import annotations

from typing import ClassVar

from kg.errors import KgError, QueryRefused


class Unanswered(KgError):
    """The base of the errors below, each of which is an HTTP status."""

    status: ClassVar[int] = 500
    headers: ClassVar[dict[str, str]] = {}


class RequestRefused(Unanswered):
    """The request is not one that the protocol allows."""

    status = 400


class NotFound(Unanswered):
    """There is nothing of this name in the graph."""

    status = 404


class FormatRefused(Unanswered):
    """The client takes no format that there is."""

    status = 406


class RequestTooSlow(Unanswered):
    """The rest of the request does not come."""

    status = 408


class RequestTooLarge(Unanswered):
    """The request is larger than a query needs to be."""

    status = 413


class TypeRefused(Unanswered):
    """The body of a request is of a media type that no query comes in."""

    status = 415


class QueryFailed(Unanswered):
    """The query needed more memory than one may take, or the engine failed."""


class ServerBusy(Unanswered):
    """Too many queries at once."""

    status = 503
    headers: ClassVar[dict[str, str]] = {"Retry-After": "5"}


class QueryTookTooLong(Unanswered):
    """The query was stopped when its time was up."""

    status = 504


def status_of(error: KgError) -> int:
    """Return the HTTP status of an error.

    >>> status_of(QueryRefused("")), status_of(ServerBusy("")), status_of(KgError(""))
    (400, 503, 500)
    """
    if isinstance(error, Unanswered):
        return error.status
    return 400 if isinstance(error, QueryRefused) else 500
