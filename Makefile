# `make demo` and `make test` work on a fresh machine with Python 3.11 or newer and nothing else.
# Another Python: make test PYTHON=python3.13 VENV=.venv-3.13
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test coverage test-minimum wheel test-slow fuzz snapshot rules stubs lint format check eval bench notebooks readme clean topics keyphrases

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed-core: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

$(VENV)/.installed-lint: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[lint]'
	touch $@

$(VENV)/.installed-release: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[release]'
	touch $@

demo: $(VENV)/.installed-core
	$(BIN)/newsnlp analyze src/newsnlp/samples/attaque_base.txt

# Files in their order: sorted by how many tests they hold, a few long ones would come last, one process waiting.
# What measures costs runs after the rest, alone and untraced: a neighbour is a cost, and so is a tracer.
COSTS := tests/hostile/test_costs.py tests/hostile/test_figures_cost.py tests/hostile/test_growth.py
WORKERS ?= 2
test: $(VENV)/.installed-test
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(COSTS:%=--ignore=%)
	$(BIN)/python -m pytest $(COSTS)

# The same tests, traced, with the gate on coverage: too slow for every run.
coverage: $(VENV)/.installed-test
	$(BIN)/coverage run -m pytest $(COSTS:%=--ignore=%)
	$(BIN)/python -m pytest $(COSTS)
	$(BIN)/coverage report

# With the oldest versions that pyproject.toml allows. Old libraries warn with new ones below them: warnings are no errors.
test-minimum: export PIP_CONSTRAINT = .venv-minimum/constraints.txt
test-minimum: export PIP_ONLY_BINARY = :all:
test-minimum: export PYTEST_ADDOPTS = -W default
test-minimum:
	mkdir -p .venv-minimum
	grep -oE '"[A-Za-z0-9_-]+>=[0-9.]+' pyproject.toml | tr -d '"' | sed 's/>=/==/' | sort -u > $(PIP_CONSTRAINT)
	$(MAKE) test VENV=.venv-minimum

# Builds sdist and wheel, then tests the wheel in an environment and a folder without src. Not there: what reads src.
wheel: $(VENV)/.installed-release
	rm -rf dist build/wheel
	$(BIN)/python -m build
	$(BIN)/twine check --strict dist/*
	ls -l dist
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet "$$(ls dist/*.whl)[test]"
	diff -r -x __pycache__ src/newsnlp build/wheel/venv/lib/python3*/site-packages/newsnlp
	cp -r tests training notebooks docs pyproject.toml Makefile README.md .ci .pre-commit-config.yaml build/wheel
	cd build/wheel && venv/bin/python -m pytest tests/unit tests/contract \
		--ignore=tests/contract/test_imports.py --ignore=tests/contract/test_wheel.py --ignore=tests/unit/training \
		--ignore=tests/unit/lexicons/test_one_copy.py \
		--deselect=tests/unit/records/test_record_kinds.py::test_no_module_lists_the_kinds_again

# Campaigns that take minutes: fuzzing at full size, runs killed over and over, memory over millions of characters.
test-slow: $(VENV)/.installed-test
	$(BIN)/python -m pytest -m campaign

# Random examples, thirty times as many as in `make test`; the same ones again: make fuzz SEED=…
ifndef SEED
SEED := $(shell od -An -N4 -tu4 /dev/urandom | tr -d ' ')
endif
fuzz: $(VENV)/.installed-test
	@echo "make fuzz SEED=$(SEED)"
	$(BIN)/python -m pytest -m hypothesis --hypothesis-profile=fuzz --hypothesis-seed=$(SEED)

# Rewrites tests/snapshot: the analyses of gold, samples and pages, to be read as a diff before they are committed.
snapshot: $(VENV)/.installed-test
	$(BIN)/python tests/snapshot/snapshot.py --update

# How often each rule fires, and which never do; which rules the tests miss when they are replaced by stubs.
rules: $(VENV)/.installed-core
	$(BIN)/python tests/eval/rules.py --shared $(SHARED)

stubs: $(VENV)/.installed-test
	$(BIN)/python tests/eval/stubs.py

lint: $(VENV)/.installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/towncrier build --draft --version next > /dev/null

format: $(VENV)/.installed-lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: lint test

# Measures against the gold in $(SHARED); developers only.
eval: $(VENV)/.installed-core
	$(BIN)/python tests/eval/run.py --shared $(SHARED)

# Rebuilds the weights of the built-in topic labeller from training/topics, byte for byte.
topics: $(VENV)/.installed-core
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python training/topics/build.py

# Rebuilds the weights that tell nouns and verbs apart for keyphrases, from the passages of the topic labeller.
keyphrases: $(VENV)/.installed-core
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python training/keyphrases/build.py

bench: $(VENV)/.installed-core
	$(BIN)/python tests/eval/bench.py --shared $(SHARED)
	$(BIN)/python tests/eval/bench_related.py
	$(BIN)/python tests/eval/bench_corpus.py

# Executes the scripts of notebooks/ and writes the paired .ipynb with their outputs.
notebooks: $(VENV)/.installed-test
	$(BIN)/jupytext --quiet --to ipynb --execute notebooks/*.py

# Rewrites the outputs that README.md shows from what its examples print.
readme: $(VENV)/.installed-test
	$(BIN)/python tests/contract/readme_blocks.py --update

clean:
	rm -rf $(VENV) .venv-* build dist .pytest_cache .mypy_cache .ruff_cache
