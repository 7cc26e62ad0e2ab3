"""The register of flats: who owns what, and who holds which link."""

from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from mingchuang.base.errors import NotFound
from mingchuang.council.models import Flat, Owner, Topic
from mingchuang.council.rules.address import address_typed
from mingchuang.people.fields import text_index


class Register(NamedTuple):
    """How large a register is: flats, heads, and hundredths of a square metre."""

    flats: int
    heads: int
    area: int


def flats_of(topic: Topic) -> QuerySet[Flat]:
    """Return the flats of a topic in the order of its register, with those taken out of it."""
    return topic.flats.select_related("owner__requester", "owner__topic").order_by("number")


def register_of(topic: Topic) -> Register:
    """Count the register: several flats of one owner are one head."""
    sums = topic.flats.counted().aggregate(
        flats=Count("pk"), heads=Count("owner", distinct=True), area=Sum("area", default=0)
    )
    return Register(**sums)


def label_index(label: str) -> str:
    """Return what a flat is found again by: 3幢 201 and ３号楼201室 are one."""
    return text_index("flat", address_typed(label))


def flat_called(topic: Topic, label: str) -> Flat | None:
    """Return the flat somebody means; None where the register knows none of that name."""
    found = topic.flats.counted().filter(label_index=label_index(label) or None)
    return found.select_related("owner").first()


def flat_numbered(topic: Topic, number: int) -> Flat:
    """Return one flat of a register whose topic is locked."""
    flat = topic.flats.select_related("topic").filter(number=number).first()
    if flat is None:
        raise NotFound
    return flat


def stands_still(topic: Topic) -> bool:
    """Say whether the register may not change now: owners vote by it."""
    return topic.ballots.counting().exists()


def owner_of(code: str) -> Owner:
    """Return the owner for who holds their link; only of a topic everybody may read."""
    owners = Owner.objects.filter(topic__opened_at__isnull=False)
    owner = owners.select_related("topic__unit", "requester").filter(code=code).first()
    if owner is None:
        raise NotFound
    return owner


def owner_numbered(topic: Topic, number: int, *, lock: bool = False) -> Owner:
    """Return one owner of a topic; locked, and so read alone, if they change."""
    owners = topic.owners.filter(number=number)
    owner = (owners.select_for_update() if lock else owners.select_related("requester")).first()
    if owner is None:
        raise NotFound
    return owner
