"""Where sentences begin: after the title, and after full stops that end no abbreviation."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?][\"')\]”’]*\s+(?=[\"'(\[“‘\\$]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|etc|resp|w\.r\.t|Fig|Figs|Eq|Eqs|Sec|Tab|Ref|No|approx|Dr|Mr|St)|\b[A-Z])\.$",
)


def sentence_starts(text: str) -> list[int]:
    r"""Return the offsets at which sentences begin; the first line feed ends the title.

    >>> sentence_starts("A title\nWe follow Smith et al. It works, e.g. in 3 cases. Done.")
    [0, 8, 58]
    """
    title_end = text.find("\n") + 1
    starts = {0, title_end}
    for match in _END.finditer(text):
        stop = match.start() + 1
        if not _ABBREVIATION.search(text, max(0, stop - 12), stop):
            starts.add(match.end())
    return sorted(starts)
