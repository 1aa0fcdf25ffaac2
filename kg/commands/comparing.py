"""The command that tells two builds apart."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import kg
from kg.commands.options import AsJson, Limit
from kg.terminal import print_json, print_sections


def diff(
    old: Annotated[Path, typer.Argument(help="The build before.", metavar="DIR1")],
    new: Annotated[Path, typer.Argument(help="The build after.", metavar="DIR2")],
    limit: Limit = None,
    as_json: AsJson = False,
) -> None:
    """Show what differs between two builds: papers, entities (new, gone, merged, split, …), facts and results."""
    found = kg.load(new).diff(kg.load(old))
    if as_json:
        print_json(found.to_dict())
    else:
        print_sections(found.sections(limit), "nothing differs")
