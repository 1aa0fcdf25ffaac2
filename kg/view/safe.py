r"""What a hostile title must pass before a page shows it: one place for cleaning, embedding and hashes.

Titles and names come from anywhere. In a page they are text and nothing else: Jinja escapes what it writes, the scripts
use ``textContent`` alone, and the data they read is embedded so that no string can end its element.

>>> clean("evil\u202egnp.exe\x00  name")
'evilgnp.exe name'
>>> print(script_json({"title": "</script><!--"}))
{"title":"\u003c/script\u003e\u003c!--"}
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any
from zlib import DEFLATED, MAX_WBITS, compressobj

import msgspec
from markupsafe import Markup

_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"\s+")
_HARDEST = 9
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def clean(text: str, longest: int = 300) -> str:
    """Take out control and direction characters, make white space single, cut what is longer than ``longest``.

    >>> clean("x" * 10_000, longest=5)
    'xxxx…'
    """
    shown = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    return shown if len(shown) <= longest else shown[: longest - 1].rstrip() + "…"


def script_json(value: Any) -> Markup:
    """Write data for a ``<script type="application/json">``: no string in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - what HTML could read as markup is escaped on this line


def packed(value: Any) -> str:
    """Write data for a page in little room: JSON, deflated without a header (RFC 1951), in base64.

    Its letters are base64's alone, so that nothing in it is markup. A browser inflates it with ``DecompressionStream``.

    >>> from base64 import b64decode
    >>> from zlib import decompress
    >>> decompress(b64decode(packed({"title": "</script>"})), -15)
    b'{"title":"</script>"}'
    """
    squeeze = compressobj(_HARDEST, DEFLATED, -MAX_WBITS)
    return b64encode(squeeze.compress(msgspec.json.encode(value)) + squeeze.flush()).decode()


def inline(text: str) -> Markup:
    """Mark a script or style of ours for embedding, with the line ends that the hash must be taken of.

    Raises:
        ValueError: The text would end its own element.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(?:script|style)|<!--", plain, re.IGNORECASE):
        raise ValueError("an inline script or style may hold neither its end tag nor a comment")
    return Markup(plain)  # noqa: S704 - shipped files only, checked on the line above


def policy(*, scripts: tuple[str, ...] = (), styles: tuple[str, ...] = ()) -> str:
    """Write the Content-Security-Policy of a page that may run these inline scripts and styles, and load nothing.

    >>> policy(styles=("p{}",)).split("; ")[:2]
    ["default-src 'none'", "style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='"]
    """
    allowed = [("script-src", scripts), ("style-src", styles)]
    rules = [f"{name} {' '.join(map(_hash, texts))}" for name, texts in allowed if texts]
    return "; ".join(["default-src 'none'", *rules, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
