"""Origins, as browsers send them: whose pages may read answers."""

from __future__ import annotations

import re

from kg.errors import KgError

ANY = "*"
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(?:[a-z0-9._~%-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


def checked_origin(text: str) -> str:
    """Return an origin that was given: a scheme, a host and perhaps a port (RFC 6454), or ``*`` for any.

    Raises:
        KgError: It is none, and no page would ever be allowed by it.

    Example:
        >>> checked_origin("https://example.org:8443")
        'https://example.org:8443'
        >>> checked_origin("https://example.org/page")
        Traceback (most recent call last):
        kg.errors.KgError: 'https://example.org/page' is no origin: write one as https://example.org, or *
    """
    if text != ANY and not _ORIGIN.fullmatch(text):
        raise KgError(f"{text[:200]!r} is no origin: write one as https://example.org, or {ANY}")
    return text
