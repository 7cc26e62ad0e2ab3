"""A table for the terminal."""

from hypothesis import given
from hypothesis import strategies as st

from mingchuang.base.columns import columns, width

cells = st.text("ab1 窗口（", max_size=8)


def test_chinese_takes_two_places() -> None:
    table = columns([["类别", "等候"], ["1", "12.5"], ["绿色通道", "3"]])

    assert table.splitlines() == [
        "类别      等候",
        "1         12.5",
        "绿色通道     3",
    ]


@given(st.lists(st.tuples(cells, cells, st.just("1")), min_size=1, max_size=6))
def test_every_line_is_as_wide_as_the_others(rows: list[tuple[str, str, str]]) -> None:
    lines = columns(rows).split("\n")

    assert len({width(line) for line in lines}) == 1
