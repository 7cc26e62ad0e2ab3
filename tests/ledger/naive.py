"""The same tree, written the slow and obvious way: RFC 9162 §2.1 read aloud, for comparison."""

import hashlib


def root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = _largest_power_of_two_below(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = _largest_power_of_two_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), root(leaves[k:])]
    return [*path(m - k, leaves[k:]), root(leaves[:k])]


def consistency(m: int, leaves: list[bytes], *, is_whole: bool = True) -> list[bytes]:
    if m == len(leaves):
        return [] if is_whole else [root(leaves)]
    k = _largest_power_of_two_below(len(leaves))
    if m <= k:
        return [*consistency(m, leaves[:k], is_whole=is_whole), root(leaves[k:])]
    return [*consistency(m - k, leaves[k:], is_whole=False), root(leaves[:k])]


def tile(level: int, position: int, leaves: list[bytes]) -> list[bytes]:
    """C2SP tlog-tiles: the hashes of the complete subtrees of 256^level leaves, 256 in a row."""
    width = 256**level
    starts = range(position * 256 * width, (position + 1) * 256 * width, width)
    return [root(leaves[s : s + width]) for s in starts if s + width <= len(leaves)]


def _largest_power_of_two_below(n: int) -> int:
    k = 1
    while 2 * k < n:
        k *= 2
    return k
