"""What somebody asks for, checked where it is asked: a name out of a few, a number that is large enough.

>>> one_of("Model", ("Task", "Model"), "type")
'Model'
>>> at_least(1, limit=None, hops=2)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg.errors import KgError
from kg.types import ENTITY_TYPES, EntityType

if TYPE_CHECKING:
    from collections.abc import Collection

Name = TypeVar("Name", bound=str)


def one_of(name: str, known: Collection[Name], what: str) -> Name:
    """Take a name that is one of those known.

    Args:
        name: What was asked for.
        known: What there is, in the order to list it in.
        what: What such a name is of, for the message.

    Raises:
        KgError: It is none of them; the message lists them.
    """
    for one in known:
        if one == name:
            return one
    raise KgError(f"no {what} {str(name)[:60]!r}: there are {', '.join(known)}")


def some_of(names: Collection[str] | None, known: Collection[Name], what: str) -> list[Name]:
    """Take names that are all known, one alone too; where none is asked for, all.

    Raises:
        KgError: One of them is not known; the message lists those that are.

    Example:
        >>> some_of("Model", ("Task", "Model"), "type"), some_of(None, ("Task", "Model"), "type")
        (['Model'], ['Task', 'Model'])
    """
    if names is None:
        return list(known)
    return [one_of(name, known, what) for name in ([names] if isinstance(names, str) else names)]


def type_asked(name: str | None) -> EntityType | None:
    """Take a type of entities; None, which asks for all, is well.

    Raises:
        KgError: There is no such type; the message lists them.
    """
    return None if name is None else one_of(name, ENTITY_TYPES, "type")


def at_least(least: float, /, **numbers: float | None) -> None:
    """Check numbers by the names that the asker knows them by; None, which asks for no bound, is well.

    Raises:
        KgError: One is less, or no number.
    """
    for name, number in numbers.items():
        if number is not None and not (isinstance(number, int | float) and number >= least):
            raise KgError(f"{name.replace('_', ' ')} {number!r} is not possible: ask for {least:g} or more")
