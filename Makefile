# Athar. `make run` starts it, `make test` checks it, `make help` lists the rest.
# Needs Python 3.11 or newer; everything else is installed into .venv and node_modules.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT

BIN := .venv/bin
# The tests' settings read no .env and no database of this machine.
CHECK := DJANGO_SETTINGS_MODULE=tests.settings
PIP := $(BIN)/python -m pip install --quiet --no-deps --disable-pip-version-check
STATIC := $(shell find static incidents/static -type f -not -path 'static/vendor/*' 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# A stamp is as old as the last installation of the files it depends on.
.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Athar needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	@echo "Creating .venv …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: requirements.txt .venv/.created
	@echo "Installing Python packages …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	@echo "Installing the tools for tests …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

static/vendor/.copied: package.json package-lock.json .npmrc tools/assets.py | .venv/.runtime
	@echo "Installing browser files …"
	@$(BIN)/python tools/assets.py
	@touch $@

.env: | .venv/.runtime
	@$(BIN)/python tools/dotenv.py

staticfiles/staticfiles.json: $(STATIC) static/vendor/.copied .venv/.runtime | .env
	@$(BIN)/python manage.py collectstatic --clear --noinput --verbosity 0
	@touch $@

.PHONY: install
install: .venv/.runtime static/vendor/.copied .env ## Install what running needs (the first step of run and test)

.PHONY: database
database: install ## Bring the database up to date; fill an empty one with the demo (DEMO=True)
	@$(BIN)/python manage.py migrate --noinput --verbosity 0
	@$(BIN)/python manage.py load_demo --if-empty

# The server's threads share two heaps: of one each, none would give back what it once had.
.PHONY: run
run: database staticfiles/staticfiles.json ## Start Athar on 127.0.0.1:8000 (PORT=… changes the port)
	@exec env MALLOC_ARENA_MAX=2 $(BIN)/python -m gunicorn --config config/gunicorn.py

.PHONY: dev
dev: database ## Start Django's development server: shows errors, reloads changed code
	@exec env DEBUG=True $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

.PHONY: test
test: install lint types ## Run every check and all tests (ARGS="-k rocket" picks some)
	@$(CHECK) $(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m pytest $(ARGS)

.venv/.fuzz: requirements-fuzz.txt .venv/.dev
	@echo "Installing the fuzzer …"
	@$(PIP) -r requirements-fuzz.txt
	@touch $@

.PHONY: fuzz
fuzz: .venv/.fuzz ## Look two minutes for texts that break the reader (ARGS=-max_total_time=600: ten)
	@$(BIN)/python -m tests.fuzz $(ARGS)

.venv/.bench: requirements-bench.txt .venv/.runtime
	@echo "Installing what the reader is compared with …"
	@$(PIP) -r requirements-bench.txt
	@touch $@

.PHONY: bench
bench: .venv/.bench ## Time the reader against a bare look-up of names and a BERT, as ratios
	@$(BIN)/python -m benchmarks.extractor $(ARGS)

.PHONY: bench-desk
bench-desk: .venv/.dev staticfiles/staticfiles.json ## Time the desk with 391,832 incidents, beside plain folium (some minutes)
	@$(BIN)/python -m benchmarks.desk $(ARGS)

.PHONY: bench-exports
bench-exports: .venv/.dev ## Time GeoJSON of 391,832 incidents beside ogr2ogr, and its memory
	@$(BIN)/python -m benchmarks.exports $(ARGS)

.PHONY: lint
lint: .venv/.dev ## Check style and formatting
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: .venv/.dev ## Check types
	@$(BIN)/mypy

.PHONY: format
format: .venv/.dev ## Format the code and mend what the linter can
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: messages
messages: .venv/.dev ## Collect the texts to translate and compile the catalogues (needs gettext)
	@$(CHECK) $(BIN)/python manage.py makemessages --locale ar --no-location --no-wrap \
		--ignore .venv --ignore node_modules --ignore staticfiles
	@$(CHECK) $(BIN)/python manage.py compilemessages --locale ar --ignore .venv

.PHONY: docs
docs: ## Rewrite docs/settings.md from .env.example
	@$(BIN)/python tools/settings_doc.py

.PHONY: clean
clean: ## Remove what was installed; keeps .env and the database
	rm -rf .venv node_modules static/vendor staticfiles artefacts
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'
