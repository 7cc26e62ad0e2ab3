"""What is remembered for a while is asked again after it, in a play as in life."""

from datetime import datetime, timedelta

from mingchuang.base.memory import let_pass, remembered, remembered_of_each
from tests.build import MONDAY


def test_what_is_remembered_is_asked_anew_once_its_time_has_passed() -> None:
    asked: list[int] = []

    @remembered(60)
    def how_many() -> int:
        asked.append(1)
        return len(asked)

    assert [how_many(), how_many()] == [1, 1]
    let_pass(61)
    assert how_many() == 2


def test_each_thing_is_remembered_for_itself_by_the_time_handed_down() -> None:
    asked: list[str] = []

    @remembered_of_each(60)
    def how_often(which: str, at: datetime) -> int:
        asked.append(which)
        return asked.count(which)

    assert [how_often(one, MONDAY) for one in "aba"] == [1, 1, 1]
    assert how_often("a", MONDAY + timedelta(seconds=30)) == 1
    later = MONDAY + timedelta(seconds=61)
    assert [how_often("a", later), how_often("b", later)] == [2, 2]
