# 明窗: `make run` to try it, `make test` to check everything.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run demo test check lock messages clean

run: demo
	$(BIN)/mingchuang serve --port $(PORT)

demo: $(VENV)/.run
	$(BIN)/mingchuang demo

test: $(VENV)/.dev
	$(BIN)/python -m tests.everything

check: $(VENV)/.dev
	$(BIN)/python -m tests.everything --only checks

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

messages: $(VENV)/.dev
	cd mingchuang && ../$(BIN)/mingchuang makemessages --locale en --no-obsolete --add-location file
	cd mingchuang && ../$(BIN)/mingchuang compilemessages --locale en

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
