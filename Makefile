# Few commands, one job each. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-fleet bench bench-agree simulate-scale lint format types contract setup clean python

help:  ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

python:
	@test -n "$(PYTHON)" || { echo "jianghu: Python 3.11 or newer is missing. Install it: sudo apt-get install python3 python3-venv" >&2; exit 1; }

run: python  ## start Jianghu on http://localhost:8000 (PORT=9000, SIMULATE=0)
	@exec $(PYTHON) scripts/run.py

test: python  ## everything CI checks, on a fresh machine too
	@exec $(PYTHON) scripts/check.py all

test-fast: python  ## under a minute: style, types, unit and service tests on SQLite
	@exec $(PYTHON) scripts/check.py fast

test-fleet: python  ## the long fleet tests: workers killed, Redis stopped, 200 clients
	@exec $(PYTHON) scripts/check.py fleet

bench: setup  ## measure beside the peers and write docs/benchmarks.md (ONLY=fanout,durable PEERS=0)
	@exec $(PY) -m tests.bench --keep --only "$(ONLY)" $(if $(filter 0,$(PEERS)),--no-peers)

bench-agree: setup  ## another load client must find the same cost (FANLOAD=path/to/fanload.c)
	@exec $(PY) -m tests.bench.agree "$(FANLOAD)"

simulate-scale: python  ## what 120 million people need; brings docs/scaling.md up to date
	@exec $(PYTHON) scripts/simulate_scale.py

lint: python  ## style and import contracts
	@exec $(PYTHON) scripts/check.py lint

types: setup  ## mypy strict over server and consumers
	@exec $(PYTHON) scripts/check.py types

format: setup  ## put every file into shape
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format .
	@PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix frontend run --silent format

contract: python  ## write the wire contract and the browser's types anew; CI fails when they differ
	@exec $(PYTHON) scripts/check.py contract

setup: python  ## install everything a developer needs
	@$(PYTHON) scripts/setup.py dev npm

clean:  ## forget what was built (keeps var/, your data)
	rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache
