# What people and CI type. It needs GNU Make 3.81, git and Python 3.11; all else goes to .venv.

PORT ?= 3000
JOBS ?= 2
ARGS ?=

# The first Python that is new enough; `make PYTHON=/path/to/python …` overrules the search.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& echo "$$name" && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
RUN := .venv/run.stamp
DEV := .venv/dev.stamp

.PHONY: help try test lint bench chromium lock clean
.DEFAULT_GOAL := help

help:
	@echo "make try      play in your browser, without Slack: http://localhost:$(PORT)"
	@echo "make test     every check and test (choose some with ARGS='-k grading')"
	@echo "make lint     format, style and types only"
	@echo "make bench    measure speed"
	@echo "make lock     pin the newest versions of all packages (needs uv)"
	@echo "make clean    remove what make has made; your data stays"
	@echo "Settings: PORT=3000, PYTHON=python3.12, JOBS=2 (tests at the same time)"

try: $(RUN)
	@$(BIN)/python -m bot try --port $(PORT)

test: lint chromium
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(DEV)
	$(BIN)/python -m bench $(ARGS)

chromium: $(DEV)
	@.ci/chromium

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 1; }
	$(UV_COMPILE) -o requirements/run.txt
	$(UV_COMPILE) --group dev -o requirements/dev.txt

UV_COMPILE = uv pip compile --quiet --upgrade pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage htmlcov test-results dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says which requirements are installed. Order-only: a virtual environment is made once.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or newer. Install it, or name it:" \
		"make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv || { rm -rf .venv; exit 1; }

$(RUN): requirements/run.txt | $(BIN)/python
	@echo "Setting up (about half a minute)…"
	@$(PIP) install --require-hashes -r requirements/run.txt
	@touch $@

# The development requirements hold the others too, so `make try` has nothing left to do then.
$(DEV): requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Setting up with the tools for development (about a minute)…"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(RUN) $@
