# `make` alone lists what there is. All of it works in a fresh clone with only python3 and make.

PYTHON = python3
PORT = 8501
SAMPLE = samples/maison-lumiere
CASES = 10000
PLANS = 2000
# More words for pytest, or for the benchmark: make test ARGS="-k carries -x"
ARGS =

VENV = .venv/bin
LOCALE = charter/messages/locale

.DEFAULT_GOAL := help
.PHONY: help run test check lint format oracle torture studio mutants bench load messages docs screenshots constraints clean

help: ## list these commands
	@echo "make COMMAND, where COMMAND is:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1@\2/p' Makefile | \
		while IFS=@ read -r name words; do printf '  %-11s %s\n' "$$name" "$$words"; done

run: ## install what is needed, check a sample and open the app on it (PORT=8501, SAMPLE=…)
	@$(PYTHON) -m tools.prepare app
	@$(VENV)/python -m tools.demo $(SAMPLE) $(PORT)

# Tests start the program often. It is compiled once, also where Python may not do so by itself.
test: ## install what is needed, a browser included, and run every test (ARGS="-k word")
	@$(PYTHON) -m tools.prepare tests
	@$(VENV)/python -m compileall -q charter journeys
	@$(VENV)/python -m pytest --numprocesses=auto --dist=loadfile \
		--no-loadscope-reorder $(ARGS)

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

oracle: ## compare engine and planner with brute force, at length (CASES=10000 a kind, PLANS=2000)
	@$(PYTHON) -m tools.prepare tests
	$(VENV)/python -m tests.oracle.long_run $(CASES) $(ARGS)
	EXHAUSTIVE=1 ORACLE_CASES=400 PRIORITY_CASES=400 HASH_SEEDS=32 \
		REPAIR_CASES=$(PLANS) BUDGET_CASES=$(PLANS) \
		$(VENV)/python -m pytest -s --numprocesses=auto tests/oracle tests/test_hash_seeds.py

torture: ## kill saves, fail disks, race writers and edit at random, at length
	@$(PYTHON) -m tools.prepare tests
	TORTURE=10 TORTURE_EDITS=5000 $(VENV)/python -m pytest -s tests/torture tests/test_edit*.py $(ARGS)

studio: ## try the Studio at length in a browser: every page by axe-core, hostile texts, the map
	@$(PYTHON) -m tools.prepare tests
	$(VENV)/python -m pytest -m at_length tests/browser $(ARGS)

mutants: ## break the prover on purpose and see that tests notice, at length (ARGS="journeys.prove.*")
	@$(PYTHON) -m tools.prepare mutants
	@$(VENV)/python -m tools.mutants $(ARGS)

bench: ## measure us and the peers up to 1,000,000 touchpoints, docs/benchmarks.md (ARGS="100 1000")
	@$(PYTHON) -m tools.prepare bench
	@$(VENV)/python -m benchmarks $(ARGS)

load: ## measure the app with 20 visitors, and a workshop with 60 phones, at once, docs/load.md
	@$(PYTHON) -m tools.prepare tests
	@$(VENV)/python -m benchmarks.load $(ARGS)
	@$(VENV)/python -m benchmarks.workshop

messages: ## collect the words to translate, bring the catalogues up to date and compile them
	@$(PYTHON) -m tools.prepare tests
	mkdir -p $(LOCALE)
	$(VENV)/pybabel --quiet extract --no-location --sort-output --omit-header \
		--keyword=many:1,2 --keyword=speak -o $(LOCALE)/charter.pot charter
	$(VENV)/pybabel update --domain=charter --no-wrap --no-fuzzy-matching \
		--ignore-pot-creation-date -i $(LOCALE)/charter.pot -d $(LOCALE)
	$(VENV)/pybabel compile --domain=charter -d $(LOCALE) --statistics

docs: ## write docs/rules.md and docs/rules.fr.md from the rule kinds' own documentation
	@$(PYTHON) -m tools.prepare tests
	$(VENV)/python -m tools.rule_reference

screenshots: ## take a picture of each page of the Studio, docs/studio/
	@$(PYTHON) -m tools.prepare tests
	$(VENV)/python -m tools.screenshots

constraints: ## write the newest versions that pyproject.toml allows into constraints.txt
	rm -rf .venv/newest
	$(PYTHON) -m venv .venv/newest
	.venv/newest/bin/pip install --quiet '.[studio,dev,mutants,bench]' colorama
	.venv/newest/bin/pip freeze --exclude pip --exclude experience-charter > constraints.txt

clean: ## remove what was installed and made
	rm -rf .venv .venv.log .apt.log build dist *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find charter -name '*.mo' -exec rm -f {} +
