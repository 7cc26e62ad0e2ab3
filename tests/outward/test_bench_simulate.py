"""`mingchuang bench simulate` with a handful of visitors; the peer is not asked."""

import io

import pytest
from django.core.management import CommandError, call_command

from mingchuang.outward.bench.simulate import KNOWN, estimates


def test_the_exact_values_are_those_of_the_books() -> None:
    exact = {known.name: [round(mean, 4) for mean in known.exact] for known in KNOWN}

    assert exact == {
        "M/M/3, in order": [1.0787, 1.0787],
        "M/M/3, absolute": [0.2839, 1.4193],
        "M/M/3, accumulating 2": [0.7354, 1.2257],
        "M/M/3, accumulating 4": [0.5262, 1.3154],
        "M/M/1, accumulating 2": [6.1875, 11.25],
    }


def test_every_hall_is_simulated_class_by_class() -> None:
    seen = {known.name: estimates(known, 5_000) for known in KNOWN}

    assert all(len(found) == 2 for found in seen.values())
    assert all(one.low < one.mean < one.high for found in seen.values() for one in found)


def test_without_the_peers_it_says_what_to_install() -> None:
    with pytest.raises(CommandError, match="mingchuang bench peers") as refused:
        call_command("bench", "simulate", stdout=io.StringIO(), stderr=io.StringIO())

    assert refused.value.returncode == 2
