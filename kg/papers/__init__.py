r"""Where papers come from: one reader a format, and one Paper for every paper.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = Path(folder, "a.csv").write_text("title,abstract,doi\nA tiny BERT,We shrink it.,10.1000/x\n")
...     _ = Path(folder, "b.bib").write_text("@misc{b, title={A Tiny {BERT}}, abstract={We shrink it.}}")
...     papers = list(unify(read([folder])))
>>> [(paper.id, [Path(source.file).name for source in paper.sources]) for paper in papers]
[('doi:10.1000/x', ['a.csv', 'b.bib'])]

:func:`read` streams one Paper a record, :func:`unify` makes one of those that are the same, :data:`READERS` is the list
of formats, :func:`sniff` recognises them, and a :class:`Problem` is what could not be read and what to do about it.
"""

from __future__ import annotations

from kg.papers.detect import sniff
from kg.papers.fields import FieldNames
from kg.papers.gathering import gather
from kg.papers.identity import identify
from kg.papers.inputs import covers
from kg.papers.places import each, named, real
from kg.papers.problems import Problem
from kg.papers.reading import READERS, read
from kg.papers.unifying import merge, unify

__all__ = [
    "READERS",
    "FieldNames",
    "Problem",
    "covers",
    "each",
    "gather",
    "identify",
    "merge",
    "named",
    "read",
    "real",
    "sniff",
    "unify",
]
