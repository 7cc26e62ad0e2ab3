"""The house rules that no linter knows."""

import ast
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "mingchuang"
BUDGETS = {
    "models": 300,
    "rules": 200,
    "queries": 200,
    "actions": 250,
    "forms": 150,
    "views": 250,
    "api": 250,
}
LONGEST_FUNCTION = 40
# Only settings are read from the environment, and only in one file (and where it is set).
MAY_READ_THE_ENVIRONMENT = {"environment.py", "settings.py", "cli.py", "wsgi.py", "asgi.py"}
ASSETS = "link|script|img|source|iframe|video|audio|object|embed|use|form"
INLINE = [
    re.compile(r"<script(?![^>]*\b(?:src=|application/json))", re.IGNORECASE),
    re.compile(r"<style\b", re.IGNORECASE),
    re.compile(r"""\s(?:style|on[a-z]+)\s*=\s*["']""", re.IGNORECASE),
]
FOREIGN = {
    ".html": re.compile(
        rf"""<(?:{ASSETS})\b[^>]*\b(?:src|srcset|href|data|poster|action)=["']?(?:https?:)?//"""
    ),
    ".css": re.compile(r"""(?:url\(|@import)\s*["']?(?:https?:)?//"""),
    ".js": re.compile(r"""["'`](?:https?:)?//(?!www\.w3\.org)"""),
}
# Paths of one machine, and folders beside the repository, mean nothing to a stranger.
ELSEWHERE = re.compile(r"\.\./share[d]|/wor[k]/|/roo[t]/|/hom[e]/")
MAY_POINT_ELSEWHERE = {"tests/conftest.py"}


def _paths(*patterns: str, under: Path = SOURCE) -> list[str]:
    found = {path for pattern in patterns for path in under.glob(pattern) if path.is_file()}
    return sorted(str(path.relative_to(ROOT)) for path in found)


def _written() -> list[str]:
    """Every text of the repository, without what was installed or made by running it."""
    made = ("var", "build", "mingchuang.egg-info")
    tops = [path.name for path in ROOT.iterdir() if path.name not in made]
    ours = [name for name in tops if not name.startswith(".") or name == ".ci"]
    found = _paths(*ours, *(f"{name}/**/*" for name in ours), under=ROOT)
    return [path for path in found if "/__pycache__/" not in path]


def _tree(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def _functions(path: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef)]


def _public(path: str) -> list[ast.FunctionDef]:
    functions = [node for node in _tree(path).body if isinstance(node, ast.FunctionDef)]
    return [function for function in functions if not function.name.startswith("_")]


def _kind(path: str) -> str:
    """`mingchuang/cases/rules/clock.py` and `mingchuang/cases/rules.py` are both rules."""
    return Path(*Path(path).parts[2:3]).stem


MODULES = _paths("**/*.py")
TEMPLATES = _paths("*/templates/**/*")
PAGES = [path for path in TEMPLATES if path.endswith(".html")]
ACTIONS = [p for p in _paths("*/actions.py", "*/actions/*.py") if not Path(p).stem.startswith("_")]


@pytest.mark.parametrize("path", ACTIONS)
def test_every_action_is_atomic(path: str) -> None:
    loose = [
        action.name
        for action in _public(path)
        if not any("atomic" in ast.unparse(word) for word in action.decorator_list)
    ]

    assert not loose, "these may write half of what they promise"


@pytest.mark.parametrize("path", ACTIONS)
def test_every_action_says_what_somebody_would_notice(path: str) -> None:
    silent = [action.name for action in _public(path) if not ast.get_docstring(action)]

    assert not silent


@pytest.mark.parametrize("path", ACTIONS)
def test_every_action_is_told_the_time(path: str) -> None:
    untold = [
        action.name
        for action in _public(path)
        if "at" not in {word.arg for word in [*action.args.args, *action.args.kwonlyargs]}
    ]

    assert not untold, "these would have to read the clock"


@pytest.mark.parametrize("path", [path for path in MODULES if _kind(path) in BUDGETS])
def test_no_file_outgrows_its_budget(path: str) -> None:
    lines = (ROOT / path).read_text().count("\n")

    assert lines <= BUDGETS[_kind(path)], "make it a folder of the same name"


@pytest.mark.parametrize("path", MODULES)
def test_a_function_fits_on_a_screen(path: str) -> None:
    long = [
        function.name
        for function in _functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]

    assert not long


def test_importing_a_package_wakes_nothing() -> None:
    packages = [path for path in MODULES if path.endswith("__init__.py")]

    full = [path for path in packages if (ROOT / path).read_text()]

    assert all(path.endswith("/models/__init__.py") for path in full), full


def test_only_the_settings_read_the_environment() -> None:
    readers = [p for p in MODULES if re.search(r"\benviron\b|\bgetenv\b", (ROOT / p).read_text())]

    assert {Path(path).name for path in readers} <= MAY_READ_THE_ENVIRONMENT, readers


@pytest.mark.parametrize("path", TEMPLATES)
def test_every_template_compiles(path: str) -> None:
    name = path.partition("/templates/")[2]

    get_template(name)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_is_inline(path: str) -> None:
    page = (ROOT / path).read_text()

    assert not [found for rule in INLINE for found in rule.findall(page)]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_prints_a_rate_without_what_it_is_a_share_of(path: str) -> None:
    page = (ROOT / path).read_text()

    assert "percent" not in page, "{{ rate|share }} prints numerator and denominator with it"
    assert "tenths" not in page


@pytest.mark.parametrize("path", [*PAGES, *_paths("*/static/**/*.css", "*/static/**/*.js")])
def test_nothing_is_loaded_from_another_host(path: str) -> None:
    text = (ROOT / path).read_text()

    assert not FOREIGN[Path(path).suffix].findall(text)


def test_the_repository_speaks_of_itself_alone() -> None:
    speaking = {
        path for path in _written() if ELSEWHERE.search((ROOT / path).read_text(errors="ignore"))
    }

    assert speaking <= MAY_POINT_ELSEWHERE, speaking - MAY_POINT_ELSEWHERE
