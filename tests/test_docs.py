"""The documents are complete: what exists is written down, and what is written down exists."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SOURCE = ROOT / "mingchuang"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))
READ = re.compile(r"""environ(?:\.get\(|\[)\s*"([A-Z_]+)\"""")
NAME = re.compile(r"[A-Za-z0-9._-]+")


def _commands() -> set[str]:
    modules = SOURCE.glob("*/management/commands/*.py")
    return {path.stem for path in modules if not path.stem.startswith("_")}


def _names(requirements: list[str]) -> list[str]:
    return [NAME.match(requirement)[0] for requirement in requirements]  # type: ignore[index]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_page(room: str) -> None:
    assert (DOCS / "rooms" / f"{room}.md").exists()


def test_every_setting_is_explained_and_nothing_else() -> None:
    read = set(READ.findall((SOURCE / "settings.py").read_text()))

    explained = re.findall(r"^\| `([A-Z_]+)`", (DOCS / "settings.md").read_text(), re.MULTILINE)

    assert sorted(explained) == sorted(read)


def test_every_command_is_explained_and_nothing_else() -> None:
    headings = re.findall(
        r"^## `mingchuang (\w+)", (DOCS / "commands.md").read_text(), re.MULTILINE
    )

    assert sorted(headings) == sorted(_commands())


@pytest.mark.parametrize(
    "name", _names([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
)
def test_every_dependency_says_what_we_would_have_had_to_write(name: str) -> None:
    decision = (DOCS / "adr" / "0005-dependencies.md").read_text()

    assert re.search(rf"^\| {re.escape(name)} \|", decision, re.MULTILINE)


def test_every_decision_can_be_found_by_its_number() -> None:
    numbers = [path.name[:4] for path in sorted((DOCS / "adr").glob("*.md"))]

    assert len(numbers) == len(set(numbers))
    assert all(number.isdecimal() for number in numbers)
