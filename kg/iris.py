"""IRIs that depend on content alone: on no order, clock, worker or run.

>>> mint("Model", "swin transformer")
'https://w3id.org/paperkg/model/swin-transformer'
>>> paper_iri("arxiv:1706.03762")
'https://w3id.org/paperkg/paper/arxiv-1706.03762'
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from kg.types import EntityType

BASE = "https://w3id.org/paperkg/"
"""Where IRIs live unless a build is configured otherwise; ends with a slash."""

_UNSAFE = re.compile(r"[^a-z0-9.]+")
_PLAIN = re.compile(r"[a-z0-9.]+(?: [a-z0-9.]+)*")
_LONGEST = 80


def slug(normal_form: str) -> str:
    """Make a path segment of a normal form; two different normal forms never share one.

    A normal form of lower-case ASCII words maps to itself with hyphens. Whatever else it holds is dropped, and a short
    hash of the whole form is appended so that ``c++`` and ``c#`` stay apart.

    >>> slug("imagenet 1k"), slug("c++")
    ('imagenet-1k', 'c-cedb1bac')
    """
    ascii_form = unicodedata.normalize("NFKD", normal_form).encode("ascii", "ignore").decode().lower()
    stem = _UNSAFE.sub("-", ascii_form).strip("-.")[:_LONGEST].rstrip("-.")
    if _PLAIN.fullmatch(normal_form) and stem.replace("-", " ") == normal_form:
        return stem
    digest = sha256(normal_form.encode()).hexdigest()[:8]
    return f"{stem}-{digest}" if stem else digest


def mint(kind: EntityType, normal_form: str, base: str = BASE) -> str:
    """Give the IRI of the entity of this type and normal form."""
    return f"{base}{kind.lower()}/{slug(normal_form)}"


def paper_iri(paper_id: str, base: str = BASE) -> str:
    """Give the IRI of a paper from its id (``arxiv:…``, ``doi:…``, ``title:…``).

    >>> paper_iri("doi:10.1/a(b)")
    'https://w3id.org/paperkg/paper/doi-10.1%2Fa%28b%29'
    """
    scheme, _, name = paper_id.partition(":")
    return f"{base}paper/{quote(scheme, safe='')}-{quote(name, safe='')}"
