# Everything runs in .venv, which the first target that needs it makes from the pinned versions of requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
READY := .venv/.ready
.PHONY: demo test check lint bench docs notebooks lock clean pages
.DEFAULT_GOAL := demo

$(READY): pyproject.toml requirements.lock hatch_build.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

pages: $(READY)  ## bundle the TypeScript pages, if they changed
	$(BIN)/python hatch_build.py

demo: pages  ## build the sample graph and its pages into output/
	$(BIN)/kg demo -o output

test: pages  ## the tests
	$(BIN)/python hatch_build.py test
	$(BIN)/python -m pytest

lint: pages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python hatch_build.py lint

check: lint test  ## all that CI runs

bench: pages  ## speed, as ratios measured side by side
	$(BIN)/python -m pytest tests/bench -s

docs: $(READY)  ## build the documentation into site/: open site/index.html
	$(BIN)/mkdocs build --strict --quiet

notebooks: demo  ## run the notebooks on the sample graph: with their pictures they stand in notebooks/run/
	mkdir -p notebooks/run
	KG_BUILD=$(CURDIR)/output $(BIN)/jupyter-execute --output=run/{notebook_name} notebooks/*.ipynb

lock:  ## pin again after a change of dependencies (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --no-header --no-annotate --no-emit-index-url -o requirements.lock

clean:
	rm -rf .venv output/[!R]* site notebooks/run kg/view/built kg/view/app/node_modules .mypy_cache .pytest_cache .ruff_cache
