"""Who is still to be told that minutes are out, and who must have them on paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from mingchuang.council.models import Letter, Minutes
from mingchuang.council.rules.minutes import Stage


class Readers(NamedTuple):
    """The readers of minutes by their numbers: told by text, being told, brought the minutes on
    paper, and who still has to be."""

    sent: Sequence[int]
    waiting: Sequence[int]
    handed: Sequence[int]
    on_paper: Sequence[int]


def letters_to_send(at: datetime) -> "QuerySet[Letter]":
    """Return letters to be tried now: as long as their minutes can be corrected."""
    due = Letter.objects.filter(next_at__lte=at, stakeholder__withdrawn_at=None)
    return due.filter(minutes__stage=Stage.OUT, minutes__until__gt=at)


def letter_to_send(at: datetime) -> Letter | None:
    """Return what waits longest to be tried."""
    related = ("minutes__sitting__topic", "stakeholder__requester", "stakeholder__topic")
    return letters_to_send(at).select_related(*related).order_by("next_at", "pk").first()


def readers_of(written: Minutes, *, texts: bool) -> Readers:
    """Return how each reader was told; where no texts are sent, all of them read on paper."""
    told: dict[str, list[int]] = {name: [] for name in Readers._fields}
    letters = written.letters.filter(stakeholder__withdrawn_at=None)
    # Who said something of them has read them, however they came.
    read = written.confirmations.filter(stakeholder=OuterRef("stakeholder"))
    letters = letters.exclude(Exists(read), sent_at=None, handed_at=None)
    for letter in letters.select_related("stakeholder"):
        told[_how(letter, texts=texts)].append(letter.stakeholder.number)
    return Readers(**told)


def _how(letter: Letter, *, texts: bool) -> str:
    if letter.handed_at:
        return "handed"
    if letter.sent_at:
        return "sent"
    return "waiting" if texts and letter.next_at else "on_paper"
