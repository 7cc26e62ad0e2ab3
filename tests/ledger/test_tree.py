"""The tree of RFC 9162, against its reference vectors and against a slow and obvious twin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.ledger.rules import tiles, tree
from mingchuang.ledger.rules.tiles import Edge, Place
from tests.ledger import naive

# The reference leaves and roots of RFC 6962's own implementation (certificate-transparency).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
sizes = st.integers(1, 700)


class Book:
    """A tree kept in tiles, as the ledger keeps it."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.edge = Edge()
        self.tiles: dict[Place, bytes] = {}
        for leaf in leaves:
            self.edge.add(tree.leaf_hash(leaf))
        for place, _offset, hashes in self.edge.pieces():
            self.tiles[place] = hashes

    def proof(self, spans: list[tree.Span]) -> list[bytes]:
        return tiles.proof(spans, lambda place: self.tiles.get(place, b""))


def a_book(size: int) -> list[bytes]:
    return [b"entry %d" % n for n in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference(size: int) -> None:
    book = Book(LEAVES[:size])

    assert book.edge.root.hex() == ROOTS[size - 1]
    assert naive.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert Edge().root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    ("index", "size", "hashes"),
    [
        (0, 1, []),
        (0, 8, [A, B, C]),
        (5, 8, [D, E, ROOTS[3]]),
        (2, 3, [ROOTS[1]]),
        (1, 5, [ROOTS[0], B, D]),
    ],
)
def test_inclusion_proofs_are_those_of_the_reference(
    index: int, size: int, hashes: list[str]
) -> None:
    proof = Book(LEAVES[:size]).proof(tree.inclusion(index, size))

    assert [one.hex() for one in proof] == hashes


@pytest.mark.parametrize(
    ("first", "second", "hashes"),
    [(1, 1, []), (1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])],
)
def test_consistency_proofs_are_those_of_the_reference(
    first: int, second: int, hashes: list[str]
) -> None:
    proof = Book(LEAVES[:second]).proof(tree.consistency(first, second))

    assert [one.hex() for one in proof] == hashes


@given(sizes, st.data())
def test_every_entry_is_proved_and_the_twin_says_the_same(size: int, data: st.DataObject) -> None:
    leaves, index = a_book(size), data.draw(st.integers(0, size - 1))
    book = Book(leaves)

    proof = book.proof(tree.inclusion(index, size))

    assert proof == naive.path(index, leaves)
    assert tree.is_included(
        tree.leaf_hash(leaves[index]), proof, index=index, size=size, root=naive.root(leaves)
    )


@pytest.mark.parametrize("second", range(1, 34))
def test_every_ledger_proves_that_it_grew_from_every_earlier_one(second: int) -> None:
    leaves = a_book(second)
    book = Book(leaves)

    for first in range(1, second + 1):
        proof = book.proof(tree.consistency(first, second))
        assert proof == naive.consistency(first, leaves)
        assert tree.is_consistent(
            proof,
            first=first,
            second=second,
            first_root=naive.root(leaves[:first]),
            second_root=naive.root(leaves),
        )


@given(sizes, st.data())
def test_large_ledgers_prove_that_they_grew(second: int, data: st.DataObject) -> None:
    leaves, first = a_book(second), data.draw(st.integers(1, second))

    proof = Book(leaves).proof(tree.consistency(first, second))

    assert proof == naive.consistency(first, leaves)
    assert tree.is_consistent(
        proof,
        first=first,
        second=second,
        first_root=naive.root(leaves[:first]),
        second_root=naive.root(leaves),
    )


@given(st.integers(2, 300), st.data())
def test_an_inclusion_proof_with_any_byte_changed_fails(size: int, data: st.DataObject) -> None:
    leaves, index = a_book(size), data.draw(st.integers(0, size - 1))
    proof = naive.path(index, leaves)
    changed = _with_one_byte_changed(proof, data)

    is_included = tree.is_included(
        tree.leaf_hash(leaves[index]), changed, index=index, size=size, root=naive.root(leaves)
    )

    assert not is_included


@given(st.integers(2, 300), st.data())
def test_a_consistency_proof_with_any_byte_changed_fails(size: int, data: st.DataObject) -> None:
    leaves, first = a_book(size), data.draw(st.integers(1, size - 1))
    proof = naive.consistency(first, leaves)
    changed = _with_one_byte_changed(proof, data)

    is_consistent = tree.is_consistent(
        changed,
        first=first,
        second=size,
        first_root=naive.root(leaves[:first]),
        second_root=naive.root(leaves),
    )

    assert not is_consistent


@given(st.integers(1, 200), st.data())
def test_a_proof_holds_for_its_own_place_only(size: int, data: st.DataObject) -> None:
    leaves = a_book(size)
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size + 5))
    proof, leaf, root = naive.path(index, leaves), tree.leaf_hash(leaves[index]), naive.root(leaves)

    holds = tree.is_included(leaf, proof, index=other, size=size, root=root)

    assert holds == (other == index)


@pytest.mark.parametrize("extra", [[bytes(32)], [bytes(32)] * 70])
def test_a_proof_with_something_added_fails(extra: list[bytes]) -> None:
    leaves = a_book(5)
    leaf, root = tree.leaf_hash(leaves[2]), naive.root(leaves)
    proof = [*naive.path(2, leaves), *extra]

    assert not tree.is_included(leaf, proof, index=2, size=5, root=root)


def test_proofs_about_nothing_fail() -> None:
    root = naive.root(a_book(3))

    assert not tree.is_included(root, [], index=0, size=0, root=root)
    assert not tree.is_included(root, [], index=-1, size=1, root=root)
    assert not tree.is_consistent([], first=0, second=3, first_root=root, second_root=root)
    assert not tree.is_consistent([], first=3, second=2, first_root=root, second_root=root)
    assert not tree.is_consistent([], first=3, second=5, first_root=root, second_root=root)
    assert not tree.is_consistent([root], first=3, second=3, first_root=root, second_root=root)


def _with_one_byte_changed(proof: list[bytes], data: st.DataObject) -> list[bytes]:
    row, column = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 31))
    changed = bytearray(proof[row])
    changed[column] ^= data.draw(st.integers(1, 255))
    return [*proof[:row], bytes(changed), *proof[row + 1 :]]
