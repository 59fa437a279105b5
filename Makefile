# Two commands do everything: `make run` and `make test`. The steps are in scripts/.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test test-long lint bench docs

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing and build the pages
	@scripts/setup.sh

run: ## Set up, load the demo city, serve on http://127.0.0.1:8000 (PORT=8001 for another port)
	@PORT=$(PORT) scripts/run.sh

test: ## Set up, then every check and test
	@scripts/test.sh

test-long: ## The same with the full-size tests
	@scripts/test.sh long

lint: ## Only the checks
	@scripts/setup.sh test && scripts/lint.sh

bench: ## Measure speed against named peers (SEED=7 draws the data, COUNT=100000 so much of it, QUICK=1 a twentieth and fewer turns)
	@scripts/setup.sh test && .venv/bin/python -m bench $(SEED) $(if $(COUNT),--count $(COUNT)) $(if $(QUICK),--quick)

docs: ## Write docs/openapi.json, the types the pages take from it, and docs/roles.md, who may do what
	@scripts/setup.sh && .venv/bin/python scripts/write_openapi.py && npm --prefix frontend run --silent types && .venv/bin/python scripts/write_roles.py
