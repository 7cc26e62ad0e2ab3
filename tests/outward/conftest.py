"""What tests of the follower lean on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """Forget the checkpoints a follower kept: the database of the test is gone too."""
    yield
    (Path(settings.HOME) / "checkpoints").unlink(missing_ok=True)
