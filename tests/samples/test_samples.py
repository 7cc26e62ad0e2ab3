"""Every sample case reaches the state its note describes, through the doors of the house.

What a hall, an office or a council is before somebody comes is built; from there on everything is
done by sending forms, and read on pages. The samples are no part of this repository: without them
the tests are listed as not run.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build import the_town
from tests.samples import care, council, halls, hotline
from tests.samples.doors import Sample, Step, Story

pytestmark = pytest.mark.django_db
WAYS: Mapping[str, tuple[Step, ...]] = {**care.WAYS, **council.WAYS, **halls.WAYS, **hotline.WAYS}


@pytest.fixture(scope="module")
def samples(optional_data: Path) -> dict[str, Sample]:
    file = optional_data / "sample_cases.jsonl"
    if not file.exists():
        pytest.skip(f"no sample cases here: {file} is missing")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    told = [{name: line[name] for name in Sample.__annotations__} for line in lines]
    return {one["id"]: Sample(**one) for one in told}


@pytest.mark.parametrize("sample", sorted(WAYS))
def test_a_sample_reaches_what_its_note_says(
    sample: str, samples: dict[str, Sample], request: pytest.FixtureRequest
) -> None:
    the_town()
    story = Story(samples[sample], samples)

    reached = [step(story) for step in WAYS[sample]]

    note = samples[sample].test_note or "no note"
    told = f"{sample}: {'; '.join(filter(None, reached))} ({note})"
    request.node.user_properties.append(("reached", told))
    assert any(reached)


def test_no_sample_is_left_out(samples: dict[str, Sample]) -> None:
    assert set(samples) == set(WAYS)
