"""A real server, a real Chromium, and a database the tests fill by the house's own actions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker

from tests.browser.window import DESK, PHONE, chromium, window
from tests.tools import serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Serve the tests' own database as `mingchuang serve` would."""
    with django_db_blocker.unblock():
        environment = serving.environment(settings.HOME, serving.database_of_tests())
    with serving.served(environment) as served:
        # What the server laid in for a real town; every later test finds it gone as well.
        with django_db_blocker.unblock():
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        yield served.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, in which Django would refuse to work.
    with pytest.MonkeyPatch.context() as patch, chromium() as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield opened


@pytest.fixture
def address(server: str, transactional_db: None) -> str:
    """Return the address of the house, empty again before each test."""
    cache.clear()
    return server


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    """Open a resident's phone."""
    with window(browser, address, PHONE) as page:
        yield page


@pytest.fixture
def desk(browser: Browser, address: str) -> Iterator[Page]:
    """Open a clerk's screen."""
    with window(browser, address, DESK) as page:
        yield page
