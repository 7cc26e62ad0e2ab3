"""How a word comes in and becomes a case."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localtime

from mingchuang.cases.actions._steps import tell
from mingchuang.cases.actions.photos import keep_photos
from mingchuang.cases.errors import KeyReused
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.said import Said, title_of
from mingchuang.people.actions import add_requester
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.rules.masking import mask_text

P = ParamSpec("P")
R = TypeVar("R")


def sent_twice_taken_once(action: Callable[P, R]) -> Callable[P, R]:
    """Run the action again when a twin of it won the race for the key; then it finds the twin.

    Inside somebody else's transaction there is no second try: the refusal must undo it all.
    """

    @functools.wraps(action)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return action(*args, **kwargs)
        except IntegrityError:
            if connection.in_atomic_block:
                raise
            return action(*args, **kwargs)

    return once


@sent_twice_taken_once
@transaction.atomic
def receive_submission(
    said: Said, *, unit: Unit, at: datetime, taken_by: Person | None = None
) -> Submission:
    """Take in what somebody said and give it a number. Sent twice, it is taken in once.

    Raises KeyReused where the same key comes back with other words.
    """
    earlier = Submission.objects.select_related("case").filter(key=said.key).first()
    if earlier is not None:
        return _the_same(earlier, said)
    requester = _requester(said, at=at)
    case = _new_case(said, unit=unit, at=at)
    submission = Submission(
        number=case.number,
        key=said.key,
        case=case,
        requester=requester,
        channel=said.channel,
        confidential=said.confidential,
        reachable=bool(said.phone),
        taken_by=taken_by,
        at=at,
        original=said.text if said.confidential else "",
        text=masked(said.text, said) if said.confidential else said.text,
    )
    tell(
        submission,
        "submission.received",
        case,
        at=at,
        kind=said.kind,
        urgency=said.urgency,
        channel=said.channel,
        unit=unit.code,
        confidential=said.confidential,
        photos=len(said.photos),
        by=taken_by.badge if taken_by else "",
    )
    keep_photos(submission, said.photos, at=at)
    return submission


def masked(text: str, said: Said) -> str:
    """Cover the clues to who is speaking that a machine can find."""
    return mask_text(text, names=[said.name], phones=[said.phone]).text


def _the_same(earlier: Submission, said: Said) -> Submission:
    if (earlier.original or earlier.text) != said.text:
        raise KeyReused
    return earlier


def _requester(said: Said, *, at: datetime) -> Requester | None:
    if not (said.name or said.phone or said.address):
        return None
    return add_requester(
        name=said.name,
        phone=said.phone,
        address=said.address,
        vulnerability=said.vulnerability,
        representative_of=said.representative_of,
        at=at,
    )


def _new_case(said: Said, *, unit: Unit, at: datetime) -> Case:
    title = said.title or title_of(said.text)
    return Case.objects.create(
        series=f"{settings.SERIES}-{localtime(at).year}",
        title=masked(title, said) if said.confidential else title,
        place=masked(said.place, said) if said.confidential else said.place,
        kind=said.kind,
        urgency=said.urgency,
        confidential=said.confidential,
        redacted=not said.confidential,
        intake_unit=unit,
        received_at=at,
    )
