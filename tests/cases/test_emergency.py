import pytest

from mingchuang.cases.rules.emergency import emergency_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("邻居家着火了，快来人", "119"),
        ("厨房闻到煤气泄漏", "119"),
        ("老人晕倒在楼道里", "120"),
        ("有人持刀在门口", "110"),
        ("路口车祸，有人受伤", "122"),
    ],
)
def test_who_is_in_danger_is_told_whom_to_call(text: str, line: str) -> None:
    assert emergency_line(text) == line


def test_a_broken_lamp_is_no_emergency() -> None:
    assert emergency_line("路灯不亮三天了") is None
