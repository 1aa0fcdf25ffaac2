"""What is asked of a build, looked at before anything is read: a slip must not cost an hour, or pass unnoticed.

>>> check_how({"jobs": 2})
>>> check_how({"model": "accurate"})
Traceback (most recent call last):
    ...
TypeError: 'model' is a choice of kg.Config: give kg.Config(model=…)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, SupportsIndex

import msgspec

from kg.building.config import Config
from kg.building.job import How
from kg.errors import KgError
from kg.extract import version_of
from kg.thresholds import thresholds

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`/?#]+[^\s<>\"{}|\\^`?#]*/")


def check_how(how: Mapping[str, object]) -> None:
    """Look at how a build is to be made.

    Raises:
        TypeError: There is no such choice.
        KgError: There are to be no processes, or no whole number of them.
    """
    for name in how.keys() - How.__annotations__.keys():
        if name in Config.__struct_fields__:
            raise TypeError(f"{name!r} is a choice of kg.Config: give kg.Config({name}=…)")
        raise TypeError(f"there is no choice {name!r}: choose of {', '.join(How.__annotations__)}")
    jobs = how.get("jobs", 1)
    if not isinstance(jobs, SupportsIndex) or isinstance(jobs, bool) or jobs.__index__() < 1:
        raise KgError(f"jobs is {jobs!r}: give a whole number of at least 1")


def checked(config: Config, how: Mapping[str, object]) -> Config:
    """Look at what a build is to make; return it with all values of the types that they should have.

    Raises:
        TypeError: It is no configuration.
        KgError: A value is of no use.
        ModelError: There is no such extractor, and it would be needed.
    """
    if not isinstance(config, Config):
        raise TypeError(f"{config!r} is no configuration: give a kg.Config")
    try:
        known = msgspec.convert(msgspec.to_builtins(config, enc_hook=str), Config)
    except msgspec.ValidationError as error:
        raise KgError(f"the configuration is none ({error}): see kg.Config") from None
    if not _BASE.fullmatch(known.base):
        raise KgError(f"base is {known.base!r}: give an IRI that ends with a slash, as https://example.org/kg/")
    thresholds(known.min_confidence)
    if not how.get("reader"):
        version_of(known.model)
    return known
