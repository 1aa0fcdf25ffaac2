"""One type a node: a vote of all abstracts, weighted by confidence, the minorities recorded.

A name that some papers introduce as a data set and others as something else is two things; each gets a node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.types import ENTITY_TYPES, EntityType, Merge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.resolve.uses import Ints, Uses

_DATASET = ENTITY_TYPES.index("Dataset")
_FEWEST = 2
_SHARE = 0.1


def minorities(form: str, elected: EntityType, counts: Sequence[int]) -> Iterator[Merge]:
    """Give a row of the ledger for each type that was outvoted: how many abstracts, which share.

    Args:
        form: What the node is called.
        elected: The type that it got.
        counts: How many uses have each of :data:`kg.types.ENTITY_TYPES`.

    Example:
        >>> [(row.right, row.papers, row.score) for row in minorities("pruning", "Method", [1, 3, 0, 0, 0])]
        [('Task', 1, 0.25)]
    """
    total, most = sum(counts), counts[ENTITY_TYPES.index(elected)]
    for kind, count in zip(ENTITY_TYPES, counts, strict=True):
        if count and kind != elected:
            share, margin = round(count / total, 4), round(abs(most - count) / total, 4)
            yield Merge(elected, form, kind, "type vote", "", total, share, margin, count, same=True)


def homonyms(uses: Uses, node: Ints) -> Ints:
    """Tell which uses of a name that is both a data set and something else are to have a node of their own.

    Both readings need a paper that introduces the name so, two papers, and a tenth of all; the lesser gives way.

    Args:
        uses: All uses.
        node: The number of the node of each.

    Returns:
        For each use 0 where it stays, 1 where it goes to a node of data sets, 2 where to one of other things.
    """
    data = (uses.types == _DATASET).astype(np.int64)
    side = 2 * node + data
    sides = 2 * (int(node.max(initial=-1)) + 1)
    papers = np.bincount(side, minlength=sides).reshape(-1, 2)
    introduced = np.bincount(side, uses.proposed, minlength=sides).reshape(-1, 2)
    enough = np.maximum(_FEWEST, _SHARE * papers.sum(axis=1))
    two_things = ((papers >= enough[:, None]) & (introduced > 0)).all(axis=1)
    lesser = (papers[:, 1] < papers[:, 0]).astype(np.int64)
    return np.where(two_things[node] & (data == lesser[node]), 2 - data, 0)
