# Outcome Harvest Knowledge Graph: `make demo`, `make test`. Every target sets up what it needs, once.
# For a POSIX shell and GNU make 3.81 or newer; on Windows see README.md for the same in PowerShell.

PY := .venv/bin/python
STEP := .ci/step
TESTS ?= tests kg

# Steps print as they go and share an environment; pytest itself takes the cores.
.NOTPARALLEL:

.PHONY: help demo docs pictures test check lint types imports built pages chromium virtuoso smoke unit harm fuzz update-golden lock clean

help:  ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: .venv/.run built  ## Set up, build the example harvest into output/, say what to open
	@$(STEP) "build the example harvest" .venv/bin/kg -C examples build
	@echo
	@echo "Open these in a browser or an editor:"
	@for file in explorer.html harvest.trig mentions.jsonl report.json; do \
	  if [ -e "output/internal/$$file" ]; then echo "  $(CURDIR)/output/internal/$$file"; fi; done
	@echo "Then ask it something:"
	@echo "  .venv/bin/kg -C examples queries"
	@echo "  .venv/bin/kg -C examples query organisations"

# pytest comes last and prints last, so that its verdict is the last thing to read.
test: .venv/.dev built chromium virtuoso check pages smoke unit  ## Set up and run every check and every test

check: lint types imports  ## ruff, mypy and the import contracts

lint: .venv/.dev
	@$(STEP) "ruff check" $(PY) -m ruff check --quiet .
	@$(STEP) "ruff format" $(PY) -m ruff format --check --quiet .

types: .venv/.dev
	@$(STEP) "mypy" $(PY) -m mypy

imports: .venv/.dev
	@$(STEP) "lint-imports" .venv/bin/lint-imports

# Does nothing where they were built from the same sources.
built:
	@$(PY) hatch_build.py

pages: .venv/.dev
	@$(STEP) "pages: type check and unit tests" .ci/pages

chromium:
	@$(STEP) --again "chromium" .ci/chromium

virtuoso:
	@$(STEP) --again "virtuoso" .ci/virtuoso

smoke: .venv/.dev  ## Build sdist and wheel, install from a wheelhouse, do the first steps of a new user
	@$(STEP) "smoke test of the wheel" .ci/smoke

wheelhouse: .venv/.dev built  ## All packages for a machine without a connection, of this system -> build/wheelhouse
	@$(STEP) --again "wheelhouse" .ci/wheelhouse build/wheelhouse

unit: .venv/.dev built  ## pytest alone: unit, doctest, golden and browser tests (TESTS="tests/read" narrows it)
	@echo "-- pytest"
	@$(PY) -m pytest -n 2 --dist worksteal -rs --durations=10 -o faulthandler_timeout=300 $(TESTS)

# One after the other: it kills processes, fills disks and measures memory. See docs/harm.md.
HARM = tests/release tests/test_audience.py tests/test_crashes.py tests/query/test_query_confined.py \
  tests/test_export_hostile.py \
  tests/query/test_query_guard.py tests/query/test_hostile_answers.py tests/query/test_words_behind.py tests/read/test_hostile.py \
  tests/browser/test_explorer_hostile.py tests/browser/test_hostile.py
harm: .venv/.dev built  ## The full counts of what must never harm anybody: 200 releases, 200 kills …
	@KG_HARM=1 $(PY) -m pytest -n 0 -rs --durations=10 $(HARM)

FUZZED ?= txt csv tsv json jsonl xlsx xls ods docx zip md codes
FUZZ_SECONDS ?= 200
fuzz: .venv/.dev  ## Every reader and the code grammar under a coverage-guided fuzzer, 200 seconds each
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/fuzz.txt
	@mkdir -p build/fuzz
	@for target in $(FUZZED); do echo "-- fuzz $$target"; \
	  $(PY) tests/fuzz/run.py $$target $(FUZZ_SECONDS) build/fuzz || exit 1; done

update-golden: .venv/.dev  ## Write the golden files anew; read the diff before you commit it
	@$(PY) -m pytest -n 0 --update-golden $(TESTS)

docs: .venv/.dev built  ## The pages of docs/ as a site, with what follows from the code: build/site/index.html
	@$(STEP) "site" .venv/bin/mkdocs build --strict --quiet
	@echo "  open it in a browser, by double click or: $(PY) -m webbrowser file://$(CURDIR)/build/site/index.html"

pictures: .venv/.dev built chromium  ## Take the pictures of docs/images anew, of the example
	@$(STEP) "pictures" $(PY) docs/hooks/pictures.py

lock:  ## Choose the newest versions that pyproject.toml allows and write requirements/*.txt
	@$(STEP) --again "lock" .ci/lock

clean:  ## Remove what make made here (not output/)
	rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis explorer/node_modules kg/pages/built kg/extract/data/built

# Stamps: an environment is made again only when what it is made from changed.
# The package itself is installed editable, by the locked build backend, without asking an index.
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation -e .

.venv/.run: requirements/run.txt requirements/build.txt pyproject.toml
	@$(STEP) --again "Python environment in .venv" .ci/environment .venv requirements/run.txt requirements/build.txt
	@$(STEP) "outcome-kg, editable" $(INSTALL)
	@touch $@

.venv/.dev: requirements/dev.txt requirements/build.txt pyproject.toml
	@$(STEP) --again "Python environment in .venv, with the tools" .ci/environment .venv requirements/dev.txt requirements/build.txt
	@$(STEP) "outcome-kg, editable" $(INSTALL)
	@touch $@ .venv/.run
