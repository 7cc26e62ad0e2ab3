"""Every verb that any room writes in the book has words, and no word waits for a verb."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import mingchuang
from mingchuang.ledger.words.verbs import DEEDS, NOUNS, deed_of

SOURCE = Path(mingchuang.__file__).parent
# Where rooms write: their actions, the doors of signing in, and the administrators' pages.
WRITERS = ("*/actions.py", "*/actions/*.py", "people/adapters.py", "*/admin.py")
# profiles.json is written like a verb, and is a file.
VERB = re.compile(r"[a-z]+\.(?!json)[a-z_]+")
# These name a lock, not a verb.
TURNS = {"wait_for_turn"}


@cache
def _trees() -> list[ast.Module]:
    return [ast.parse(path.read_text()) for glob in WRITERS for path in SOURCE.glob(glob)]


def _texts(node: ast.AST) -> Iterator[str]:
    """Yield every text below a node, but for the names of locks."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TURNS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


def _first_texts(calls: str) -> Iterator[str]:
    """Yield the first argument of every call of this name."""
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(calls):
            yield from _texts(node.args[0])


def _rooms() -> Iterator[str]:
    """Yield what administrators' pages call the things they change: `room = "hall"`."""
    for node in (node for tree in _trees() for node in ast.walk(tree)):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "room":
            yield ast.literal_eval(node.value)


@cache
def verbs_written() -> frozenset[str]:
    texts = {text for tree in _trees() for text in _texts(tree) if VERB.fullmatch(text)}
    told = {f"{room}.{deed}" for room, deed in product(_rooms(), _first_texts("self._tell"))}
    return frozenset(texts | told)


def test_every_verb_has_words() -> None:
    halves = [verb.split(".") for verb in verbs_written()]

    assert {noun for noun, _ in halves} - set(NOUNS) == set()
    assert {deed for _, deed in halves} - set(DEEDS) == set()


def test_no_word_waits_for_a_verb() -> None:
    halves = [verb.split(".") for verb in verbs_written()]

    assert set(NOUNS) - {noun for noun, _ in halves} == set()
    assert set(DEEDS) - {deed for _, deed in halves} == set()


def test_the_verbs_of_every_way_of_writing_are_seen() -> None:
    written = verbs_written()

    assert {"case.merged", "case.warned", "plea.refused", "requester.added"} <= written
    assert {"person.signed_in", "hall.removed", "submission.received"} <= written


def test_what_happened_is_said_in_words() -> None:
    assert deed_of("hall.removed") == "大厅·删除"
