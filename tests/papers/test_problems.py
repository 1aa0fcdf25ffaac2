from __future__ import annotations

import pickle

from kg.papers.problems import BadInput, Problem


def test_a_problem_is_one_harmless_line() -> None:
    problem = Problem("a\nb\x1b[31m\udcff", 3, "is\tbad", "mend it")
    assert str(problem) == "a\\nb\\x1b[31m\\udcff:3: is\\tbad; mend it"


def test_without_a_record_the_file_is_meant() -> None:
    assert str(Problem("a.csv", 0, "is empty", "fill it")) == "a.csv: is empty; fill it"


def test_the_error_survives_a_process_boundary() -> None:
    error = pickle.loads(pickle.dumps(BadInput(Problem("a", 1, "b", "c"))))  # noqa: S301 - our own bytes
    assert error.problem == Problem("a", 1, "b", "c")
