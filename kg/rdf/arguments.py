r"""Arguments of named queries: what users give becomes an RDF term of the kind that the example has.

>>> Argument("dataset", '"imagenet"', "a data set").term('ImageNet "V2"')
'"imagenet \\"v2\\""'
>>> Argument("relation", "pkg:usedFor", "a relation").term("partof")
'pkg:partOf'
>>> Argument("year", '"2021"^^xsd:gYear', "a year").term("twenty")
Traceback (most recent call last):
kg.errors.QueryRefused: the argument year is no year: write four digits, as in 2021
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from kg.errors import QueryRefused
from kg.types import ENTITY_TYPES, RELATION_TYPES

_YEAR_TERM = re.compile(r'"(\d{4})"\^\^xsd:gYear')
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


@cache
def block(name: str) -> re.Pattern[str]:
    """Return the pattern of the block that holds an argument in the text of a query."""
    return re.compile(rf"VALUES \?{name} \{{ (?P<term>[^\n]+?) \}}")


class Argument(Struct, frozen=True):
    """An argument of a named query: ``example`` is a term of SPARQL; optional ones may be left open."""

    name: str
    example: str
    description: str
    required: bool = True

    @property
    def shown(self) -> str:
        """The example as a user gives it.

        >>> Argument("type", "pkg:Method", "a type").shown, Argument("model", '"bert"', "a model").shown
        ('Method', 'bert')
        """
        year = _YEAR_TERM.fullmatch(self.example)
        return year[1] if year else self.example.removeprefix("pkg:").strip('"')

    def __str__(self) -> str:
        return f"{self.name}{'' if self.required else '?'}={self.shown}"

    def term(self, value: str | float) -> str:
        """Write a value as a term of the kind of the example; text in lower case, as ``pkg:key`` is.

        Raises:
            QueryRefused: It is none of this kind.
        """
        text = str(value).strip()
        if _YEAR_TERM.fullmatch(self.example):
            return f'"{text}"^^xsd:gYear' if _YEAR.fullmatch(text) else self._refuse("no year: write four digits")
        if self.example.startswith("pkg:"):
            return self._chosen(text)
        if self.example.startswith('"'):
            return self._text(text)
        return text if _NUMBER.fullmatch(text) else self._refuse("no number: write digits")

    def _chosen(self, text: str) -> str:
        names: tuple[str, ...] = RELATION_TYPES if self.shown in RELATION_TYPES else ENTITY_TYPES
        for name in names:
            if name.lower() == text.lower():
                return f"pkg:{name}"
        return self._refuse(f"none of {', '.join(names)}: choose one")

    def _text(self, text: str) -> str:
        try:
            text.encode()
        except UnicodeEncodeError:
            self._refuse("no text: it has half a character")
        return f'"{text.lower().translate(_ESCAPES)}"'

    def _refuse(self, why: str) -> str:
        raise QueryRefused(f"the argument {self.name} is {why}, as in {self.shown}")
