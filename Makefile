# The commands of the project. Everything they need, deploy/setup.sh installs first.
PORT ?= 8000
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test check bench bank catalogues pictures bundle lock

help: ## this table
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: ## native libraries, virtual environment, locked requirements
	@deploy/setup.sh run

setup-tests: setup
	@deploy/setup.sh tests

run: setup ## set up, make the demonstration if there is none, serve it on http://127.0.0.1:8000 (PORT=... for another)
	@exec $(PY) -m examsys serve --demo --port $(PORT)

test: setup-tests ## set the tests up and run all of them
	@$(PY) -m pytest -n 2

check: setup-tests ## format, lint, types, arrows, domain and house tests: under a minute
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(PY) -m pytest -q tests/domain tests/house

bench: setup-tests ## measure against the floors; figures into benchmarks/README.md
	@$(PY) -m benchmarks

bank: setup ## check the question bank and print its table
	@$(PY) -m examsys bank check

# A new text: write it in English in the source, as _('…') in a template, message("…") in Python, or in
# examsys/web/vocabulary.py if it only stands in data. This target puts it into examsys/translations/*/LC_MESSAGES/
# messages.po; fill in msgstr there (Tibetan only where candidates or the public see it; '#. draft' until a translator
# releases it), and run it again: it compiles the .mo. It ends with 1 and names what still lacks a translation.
catalogues: setup ## collect the words for people, compile the translations
	@$(PY) deploy/catalogues.py

pictures: setup-tests ## make the pictures of the README from the running product
	@$(PY) -m docs.pictures

bundle: setup ## one tar that installs without a network: dist/examsys.tar
	@deploy/bundle.sh

lock: ## write the two locks again from pyproject.toml (needs uv and a network)
	@deploy/lock.sh
