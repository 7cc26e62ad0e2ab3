"""What every test may lean on."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import settings

from mingchuang.base.memory import forget
from tests.tools.flushing import let_tests_empty_it

ROOT = Path(__file__).parent.parent
# What a test leans on that asks the database. One that leans on none of these is not let to it.
DATABASE = {
    "db",
    "django_db_setup",
    "live_server",
    "transactional_db",
}
# How long an example takes says how busy the machine is, and nothing of what is tested.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# Pages and statements leave many knots, and what was imported is looked through for each anew:
# with Python's own 700 a sixth of all the time is spent on looking.
gc.set_threshold(200_000, 10, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is the same whatever the database, so that it need not be run on each."""
    for item in items:
        if asks_no_database(item):
            item.add_marker(pytest.mark.pure)
            item.user_properties.append(("pure", "yes"))


def pytest_collection_finish() -> None:
    """Look no more for knots in what lives as long as the tests run."""
    gc.collect()
    gc.freeze()


def asks_no_database(item: pytest.Item) -> bool:
    """Say so where pytest-django would stop the test from asking; in doubt it asks.

    What is skipped for a reason may be skipped for the sake of one database.
    """
    marked = any(item.get_closest_marker(name) for name in ("django_db", "skipif"))
    return not marked and DATABASE.isdisjoint(getattr(item, "fixturenames", DATABASE))


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> None:
    let_tests_empty_it()


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Begin in Chinese, whatever language the test before spoke."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture(autouse=True)
def _with_nothing_in_mind() -> None:
    """Begin without what a test before asked."""
    forget()


@pytest.fixture(scope="session")
def optional_data() -> Path:
    """Return the folder of real messages and halls, which is not part of this repository."""
    folder = Path(os.environ.get("MINGCHUANG_TEST_DATA", ROOT / "../shared/data"))
    if not folder.is_dir():
        pytest.skip("no real messages here: MINGCHUANG_TEST_DATA names no folder")
    return folder.resolve()
