# Everything runs in .venv, which the first target that needs it makes from the pinned versions of requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
.PHONY: demo test check lint bench lock clean
.DEFAULT_GOAL := demo

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(READY)  ## build the sample graph and its pages into output/
	$(BIN)/kg demo -o output

test: $(READY)  ## the tests
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test  ## all that CI runs

bench: $(READY)  ## speed, as ratios measured side by side
	$(BIN)/python -m pytest tests/bench -s

lock:  ## pin again after a change of dependencies (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url -o requirements.lock

clean:
	rm -rf .venv output/[!R]* .mypy_cache .pytest_cache .ruff_cache
