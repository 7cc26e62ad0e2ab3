"""The steps that ways are made of: each is done through a door, and says what it came to."""

from typing import Any

from mingchuang.ledger.queries import entries_of
from mingchuang.people.rules.roles import Role
from tests.build import a_unit
from tests.samples.doors import (
    CALLER,
    Step,
    Story,
    at_desk,
    deed,
    in_hand,
    page_of,
    receipt,
    say,
    take_in,
    wish,
)


def calls_in(**more: object) -> Step:
    """They call, come or write a letter; the reception takes it in."""

    def step(story: Story) -> str:
        story.heard(take_in(story.sample, **{**CALLER, **more}))
        return ""

    return step


def writes(**more: object) -> Step:
    """They write on the public page."""

    def step(story: Story) -> str:
        story.heard(say(story.sample, **more))
        return ""

    return step


def desk(name: str, **words: Any) -> Step:
    """The dispatcher does it."""

    def step(story: Story) -> str:
        deed(story.said.number, name, **words)
        return ""

    return step


def given_to_a_unit(story: Story) -> str:
    """Accepted, dispatched, and signed for by a unit."""
    in_hand(story.said, a_unit())
    return ""


def unit(name: str, **words: Any) -> Step:
    """Whoever handles it does it."""

    def step(story: Story) -> str:
        deed(story.said.number, name, by=story.handler, **words)
        return ""

    return step


def answers(text: str, disposition: str = "done") -> Step:
    return unit("reply", text=text, disposition=disposition)


def holder(name: str, **words: object) -> Step:
    """Whoever holds the receipt does it."""

    def step(story: Story) -> str:
        wish(story.said, name, **words)
        return ""

    return step


def stands(state: str) -> Step:
    def step(story: Story) -> str:
        assert story.case.state == state
        return state

    return step


def recorded(verb: str, times: int = 1) -> Step:
    """The ledger tells of it, so often."""

    def step(story: Story) -> str:
        told = [entry.verb for entry in entries_of(story.case.subject)]
        assert told.count(verb) == times, told
        return verb if times == 1 else f"{verb} × {times}"

    return step


def receipt_reads(*words: str) -> Step:
    def step(story: Story) -> str:
        page = receipt(story.said)
        assert [word for word in words if word not in page] == []
        return f"the receipt reads “{'”, “'.join(words)}”"

    return step


def unit_reads(word: str, *, hides: tuple[str, ...] = ()) -> Step:
    """Whoever handles it reads this, and nothing of what is hidden from them."""

    def step(story: Story) -> str:
        page = page_of(story.handler, "cases:case", story.case.number)
        assert word in page
        assert [clue for clue in hides if clue in page] == []
        return f"the unit reads “{word}”" + (f", and not {len(hides)} clues" if hides else "")

    return step


def desk_reads(word: str) -> Step:
    def step(story: Story) -> str:
        page = page_of(at_desk(Role.DISPATCHER), "cases:case", story.case.number)
        assert word in page
        return f"the desk reads “{word}”"

    return step
