"""What SQL cannot make of the values in tables: addresses that are IRIs, numbers as xsd:decimal has them.

>>> decimal(91.40)
'91.4'
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode

_DIGITS = 18
_URL_SAFE = ":/?#@!$&'()*+,;=~%-._"
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def web_address(url: str | None) -> str | None:
    """Give the IRI of a page of the web, what IRIs do not allow percent-encoded; None for any other address.

    >>> web_address("https://e.org/a b>c?100%")
    'https://e.org/a%20b%3Ec?100%25'
    >>> web_address("javascript:alert(1)") is web_address(None) is None
    True
    """
    try:
        parts = urlsplit((url or "").strip())
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return None
        return NamedNode(_LONE_PERCENT.sub("%25", quote(parts.geturl(), safe=_URL_SAFE))).value
    except ValueError:
        return None


def decimal(number: float | None) -> str | None:
    """Write a number as xsd:decimal; None for what is no number, or has more digits than stores of RDF can hold.

    >>> decimal(1200.0), decimal(1e30), decimal(float("nan"))
    ('1200', None, None)
    """
    if number is None or not math.isfinite(number):
        return None
    text = format(Decimal(repr(number)), "f")
    whole, _, fraction = text.lstrip("-").partition(".")
    fraction = fraction.rstrip("0")
    if len(whole) > _DIGITS or len(fraction) > _DIGITS:
        return None
    return f"{'-' if number < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"
