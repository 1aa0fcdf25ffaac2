"""When two records speak of one paper: arXiv id, then DOI, then normalised title.

>>> identify(arxiv="2507.11412", doi="10.1000/x", title="A Paper")
'arxiv:2507.11412'
>>> identify(arxiv=None, doi="10.1000/x", title="A Paper")
'doi:10.1000/x'
>>> identify(arxiv=None, doi=None, title="A Paper") == identify(arxiv=None, doi=None, title=" a  PAPER!")
True
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import unquote

# Both generations: YYMM.NNNN(N) since April 2007, archive/YYMMNNN before (https://info.arxiv.org/help/arxiv_identifier.html).
_ARXIV = r"(?:(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})|([a-z][a-z-]+)(?:\.[a-z]{2})?/(\d{7}))(?:v\d+)?(?!\d)"
_BARE_ARXIV = re.compile(rf"\s*(?:arxiv:\s*)?{_ARXIV}\s*\Z", re.IGNORECASE)
_PLACES = r"(?:ar[x5]iv|alphaxiv)\.org/[a-z]+/|huggingface\.co/papers/|10\.48550/arxiv\.|\barxiv:\s*"
_MARKED_ARXIV = re.compile(rf"(?:{_PLACES}){_ARXIV}", re.IGNORECASE)
_DOI_MARK = r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)\s*"
_DOI = r"(10\.\d{4,9}/[^\s\"<>]+)"
_BARE_DOI = re.compile(rf"\s*(?:{_DOI_MARK})?{_DOI}", re.IGNORECASE)
_MARKED_DOI = re.compile(rf"{_DOI_MARK}{_DOI}", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."


def arxiv_id(value: object, *, bare: bool = False) -> str | None:
    """Find an arXiv id, without its version and, in the old form, without the subject class.

    Args:
        value: Text that may hold the id as a URL, an arXiv DOI or after ``arXiv:``; anything but text gives None.
        bare: Whether an id without any such mark counts too, as in a field made for it.

    Example:
        >>> arxiv_id("https://arxiv.org/pdf/2507.11412v2.pdf"), arxiv_id("10.48550/arXiv.2507.11412")
        ('2507.11412', '2507.11412')
        >>> arxiv_id("2507.11412"), arxiv_id("2507.11412", bare=True), arxiv_id("math.GT/0309136", bare=True)
        (None, '2507.11412', 'math/0309136')
    """
    if not isinstance(value, str):
        return None
    found = (bare and _BARE_ARXIV.match(value)) or _MARKED_ARXIV.search(value)
    if not found:
        return None
    new, archive, number = found.groups()
    return new or f"{archive.lower()}/{number}"


def doi(value: object, *, bare: bool = False) -> str | None:
    """Find a DOI and give it in lower case; an arXiv DOI is an arXiv id and no DOI here.

    Args:
        value: Text that may hold the DOI as a URL or after ``doi:``; anything but text gives None.
        bare: Whether a DOI without any such mark counts too, as in a field made for it.

    Example:
        >>> doi("https://doi.org/10.1000/ABC"), doi("10.1000/ABC"), doi("10.1000/ABC", bare=True)
        ('10.1000/abc', None, '10.1000/abc')
        >>> doi("10.48550/arXiv.2507.11412", bare=True) is None
        True
    """
    if not isinstance(value, str):
        return None
    found = _BARE_DOI.match(unquote(value)) if bare else _MARKED_DOI.search(unquote(value))
    plain = found[1].rstrip(".,;").lower() if found else ""
    return None if not plain or plain.startswith(_ARXIV_DOI) else plain


def normal_title(title: str) -> str:
    """Reduce a title to its letters and digits: NFKC, case folded, everything else one space.

    A title that has neither letter nor digit keeps its signs, or all such titles would be one.

    Example:
        >>> normal_title("Swin\u00a0Transformer: Shifted  Windows!"), normal_title(" ?! ")
        ('swin transformer shifted windows', '?!')
    """
    # Folding can undo the composition that NFKC made, hence the second round.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    words = "".join(c if c.isalnum() else " " for c in folded).split()
    return " ".join(words or folded.split())


def identify(*, arxiv: str | None, doi: str | None, title: str) -> str:
    """Give a paper's id from the strongest thing known of it.

    Args:
        arxiv: An id as :func:`arxiv_id` gives it.
        doi: A DOI as :func:`doi` gives it.
        title: The raw title; its normal form is hashed.

    Example:
        >>> identify(arxiv=None, doi=None, title="Go Wider")
        'title:e3c6936bfbb97ef8'
    """
    if arxiv:
        return f"arxiv:{arxiv}"
    if doi:
        return f"doi:{doi}"
    # A lone surrogate has no UTF-8; readers refuse it, and a paper made by hand must not crash here.
    return f"title:{sha256(normal_title(title).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
