"""Where a paper can be read: addresses that come from anywhere, and are links only if they are web links.

>>> web_link("javascript:alert(1)"), web_link("https://arxiv.org/abs/1706.03762")
(None, 'https://arxiv.org/abs/1706.03762')
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


def web_link(url: str | None) -> str | None:
    """Return a link that may be clicked: http or https, with a host and no white space; else nothing.

    >>> web_link("https://"), web_link("//host/x"), web_link(None), web_link("http://[broken")
    (None, None, None, None)
    """
    if not url or _BREAKS.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def paper_link(row: Mapping[str, Any]) -> str | None:
    """Return where a paper can be read: its own link if it is a web link, else by its arXiv id or DOI.

    >>> paper_link({"url": "javascript:x", "arxiv": "1706.03762", "doi": None})
    'https://arxiv.org/abs/1706.03762'
    """
    arxiv = row["arxiv"] and f"https://arxiv.org/abs/{row['arxiv']}"
    doi = row["doi"] and f"https://doi.org/{row['doi']}"
    return web_link(row["url"]) or web_link(arxiv) or web_link(doi)
