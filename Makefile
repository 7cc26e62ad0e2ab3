# 明窗: `make run` to try it, `make test` to check everything.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: run demo test check bench format lock messages clean

# The hall of the demo town lives for as long as its pages are served.
run: demo
	@$(BIN)/mingchuang demo --live >/dev/null & living=$$!; trap "kill $$living 2>/dev/null" EXIT; \
	$(BIN)/mingchuang serve --port $(PORT)

demo: $(VENV)/.run
	$(BIN)/mingchuang demo

test: $(VENV)/.dev
	$(BIN)/python -m tests.everything

bench: $(VENV)/.dev
	$(BIN)/python -m tests.benchmarks $(BENCH)

check: $(VENV)/.dev
	$(BIN)/python -m tests.everything --only checks

format: $(VENV)/.dev
	$(BIN)/ruff check --quiet --fix .
	$(BIN)/ruff format --quiet .
	find mingchuang -path '*/templates/*' -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

# A half-made environment is removed, so that the next try begins anew.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "明窗 needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) --require-hashes -r requirements/dev.txt
	touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url -c requirements/run.txt requirements/peers.in -o requirements/peers.txt

messages: $(VENV)/.dev
	cd mingchuang && ../$(BIN)/python -m django makemessages --locale en --no-obsolete --add-location file
	cd mingchuang && ../$(BIN)/python -m django compilemessages

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
