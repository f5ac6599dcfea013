# `make demo` and `make test` work on a fresh machine with Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test test-slow fuzz snapshot rules stubs lint format check eval bench notebooks readme clean topics

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

demo: $(VENV)/.installed-core
	$(BIN)/newsnlp analyze src/newsnlp/samples/attaque_base.txt

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest

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
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache
