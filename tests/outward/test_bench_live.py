"""The bench of a thousand screens, tried with a few. Nothing here asserts a time."""

import pytest
from django.utils.timezone import now

from mingchuang.outward.bench import live
from mingchuang.outward.measuring.asked import Asked
from mingchuang.visits.live.reader import PAUSE


@pytest.mark.django_db(transaction=True)
def test_every_screen_hears_of_every_call_and_comes_back_to_a_server_that_was_killed() -> None:
    found = live.measure(Asked(at=now(), many=20, rounds=2))

    rows = {row.what: row for row in found.rows}
    assert rows["updates that never came"].ours == 0
    assert rows["statements while nothing happens, 20 screens"].ours <= 1 / PAUSE
    assert len([what for what in rows if what.startswith("killed and started again")]) == 2
