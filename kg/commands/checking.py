"""The command that says what is wrong, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.bars import progress
from kg.commands.options import AsJson
from kg.errors import BuildFolderError
from kg.terminal import errors, plain, print_finding, print_json


def doctor(
    folder: Annotated[
        Path | None, typer.Argument(help="A build folder; without it, paperkg itself is checked.", metavar="[DIR]")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a graph, or without DIR this installation, and name what is wrong and the remedy.

    Of a graph: files that are missing, cut, changed or foreign; tables that do not fit each other; spans beside their
    text. Of the installation: packages, extras, weights, pages. Ends with 0 where all works, with 4 for a damaged
    graph, with 1 for a damaged installation.
    """
    from kg.doctor import examine, examine_installation

    harm = 0
    with progress() as report:
        findings = [*(examine_installation() if folder is None else examine(folder, report))]
    for finding in findings:
        harm += not finding.harmless
        if as_json:
            print_json({name: getattr(finding, name) for name in finding.__struct_fields__})
        else:
            print_finding(finding)
    if not findings:
        errors.print(f"{plain(str(folder or 'paperkg'))} is as it should be")
    if harm:
        raise typer.Exit(BuildFolderError.exit_code if folder else 1)
