# `make` alone lists what there is. All of it works in a fresh clone with only python3 and make.

PYTHON = python3
PORT = 8501
SAMPLE = samples/maison-lumiere
CASES = 2000
# More words for pytest, or for the benchmark: make test ARGS="-k carries -x"
ARGS =

VENV = .venv/bin
LOCALE = charter/messages/locale

.DEFAULT_GOAL := help
.PHONY: help run test check lint format oracle bench messages docs constraints clean

help: ## list these commands
	@echo "make COMMAND, where COMMAND is:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1@\2/p' Makefile | \
		while IFS=@ read -r name words; do printf '  %-11s %s\n' "$$name" "$$words"; done

run: ## install what is needed, check a sample and open the app on it (PORT=8501, SAMPLE=…)
	@$(PYTHON) -m tools.prepare app
	@$(VENV)/python -m tools.demo $(SAMPLE) $(PORT)

test: ## install what is needed, a browser included, and run every test (ARGS="-k word")
	@$(PYTHON) -m tools.prepare tests
	@$(VENV)/python -m pytest $(ARGS)

check: lint test ## everything CI runs: format, lint, types, import contracts, tests

lint: ## the checks of `make check` that aren't tests
	@$(PYTHON) -m tools.prepare tests
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy
	$(VENV)/lint-imports

format: ## put the code into its one format, and mend what the linter can mend safely
	@$(PYTHON) -m tools.prepare tests
	$(VENV)/ruff check --fix --exit-zero .
	$(VENV)/ruff format .

oracle: ## compare the engine with brute force, at length (CASES=2000 a kind)
	@$(PYTHON) -m tools.prepare tests
	ORACLE_CASES=$(CASES) $(VENV)/python -m pytest tests/oracle $(ARGS)

