"""The tree cut into tiles, as C2SP tlog-tiles writes and addresses them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.rules.tiles import Edge, Place, bundle, hash_of, place_in, place_text
from mingchuang.ledger.rules.tree import Node, leaf_hash
from tests.ledger import naive


def laid(edge: Edge, tiles: dict[Place, bytes]) -> None:
    """Lay what the edge gathered into the tiles, as sealing does."""
    for place, offset, hashes in edge.pieces():
        assert len(tiles.get(place, b"")) == 32 * offset
        tiles[place] = tiles.get(place, b"") + hashes


@given(st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_tiles_are_the_same_however_often_was_sealed(steps: list[int]) -> None:
    leaves = [b"entry %d" % n for n in range(sum(steps))]
    edge, tiles, written = Edge(), dict[Place, bytes](), iter(leaves)

    for step in steps:
        for _ in range(step):
            edge.add(leaf_hash(next(written)))
        laid(edge, tiles)

    assert edge.root == naive.root(leaves)
    for place, hashes in tiles.items():
        assert hashes == b"".join(naive.tile(place.level, place.position, leaves))


def test_a_tree_of_70000_has_the_tiles_of_the_specification() -> None:
    edge, tiles = Edge(), dict[Place, bytes]()

    for n in range(70_000):
        edge.add(leaf_hash(b"%d" % n))
    laid(edge, tiles)

    widths = {place: len(hashes) // 32 for place, hashes in tiles.items()}
    assert [widths[Place(0, n)] for n in range(274)] == [256] * 273 + [112]
    assert [widths[Place(1, n)] for n in range(2)] == [256, 17]
    assert widths[Place(2, 0)] == 1
    assert len(widths) == 277


def test_a_tree_of_256_already_has_a_hash_one_level_up() -> None:
    edge, tiles = Edge(), dict[Place, bytes]()

    for n in range(256):
        edge.add(leaf_hash(b"%d" % n))
    laid(edge, tiles)

    assert tiles[Place(1, 0)] == edge.root


def test_a_tile_that_is_too_short_is_said_to_be() -> None:
    with pytest.raises(LookupError, match="holds 64 bytes, 128 are needed"):
        hash_of(Node(2, 0), lambda _place: bytes(64))


@pytest.mark.parametrize(
    ("text", "position", "width"),
    [
        ("000", 0, 256),
        ("067", 67, 256),
        ("999", 999, 256),
        ("x001/000", 1000, 256),
        ("x001/x234/067", 1_234_067, 256),
        ("x001/x234/067.p/8", 1_234_067, 8),
        ("273.p/112", 273, 112),
    ],
)
def test_a_tile_has_one_address(text: str, position: int, width: int) -> None:
    assert place_in(text) == (position, width)
    assert place_text(position, width) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "67",
        "0067",
        "-01",
        "x000/067",
        "x001",
        "x001/x067",
        "001/067",
        "067.p/0",
        "067.p/256",
        "067.p/08",
        "067.p/999",
        "067.p/",
        "067/",
        "067\n",
        "٠٦٧",
        "x001/x002/x003/x004/x005/006",
        "x" * 5000,
    ],
)
def test_what_is_no_address_of_a_tile_is_none(text: str) -> None:
    assert place_in(text) is None


@given(st.integers(0, 10**12), st.integers(1, 256))
def test_addresses_can_be_read_back(position: int, width: int) -> None:
    assert place_in(place_text(position, width)) == (position, width)


def test_a_bundle_writes_each_entry_behind_its_length() -> None:
    assert bundle([b"ab", b"", b"c" * 300]) == b"\x00\x02ab\x00\x00\x01\x2c" + b"c" * 300
