"""Every error that paperkg raises on purpose; each message names the file, line or record and the remedy."""

from __future__ import annotations


class KgError(Exception):
    """The base of all errors below: catch it to catch them all. ``exit_code`` is what the command ends with."""

    exit_code = 1


class PaperFormatError(KgError):
    """An input cannot be read as papers: missing, unreadable, of no known format, or a record that is broken."""

    exit_code = 3


class BuildFolderError(KgError):
    """A folder is not a build, is not whole, or may not be written."""

    exit_code = 4


class FolderBusy(BuildFolderError):
    """Another build is at work on the folder."""

    exit_code = 8


class QueryRefused(KgError):
    """A SPARQL query that does not parse, or asks for what a local, read-only graph does not do."""

    exit_code = 5


class ModelError(KgError):
    """No such extractor, or its weights do not fit this version."""

    exit_code = 6


class MissingExtra(KgError):
    """A feature whose optional dependency is not installed; the message has the command that installs it."""

    exit_code = 7


class CorrectionsError(KgError):
    """A file of corrections that cannot be read, or lines of it that are none or contradict each other."""

    exit_code = 3


class FetchError(KgError):
    """A source of papers cannot be reached, refuses, or answers what makes no sense; or its answer has no place."""

    exit_code = 9
