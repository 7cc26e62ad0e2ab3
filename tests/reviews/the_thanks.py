"""Thanks of the town: words that wait, a banner that hangs, a gift that was not kept."""

from typing import Any

from django.utils.timezone import now

from mingchuang.cases.rules.photo import Photo
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.actions.settling_thanks import hang_thanks
from mingchuang.reviews.models import Commendation, Gift, ThanksPhoto
from tests.reviews.thanks import a_gift, said_thanks, some_thanks


def the_thanks(unit: Unit, photo: Photo, *, reception: Person, by: Person) -> None:
    plain: dict[str, Any] = {"giver": "Ann Lee", "words": "Thank you.", "at": now()}
    said_thanks(unit, **plain)
    banner = some_thanks(unit, by=reception, photos=(photo,), hangs="Hall 3", **plain)
    settled: dict[str, Any] = {"photos_shown": True, "by": by, "at": now()}
    hang_thanks(banner.pk, "Thank you.", **settled)
    told = {"what": "Fruit", "giver": "Ann Lee", "sentence": "Please take it back."}
    a_gift(unit, at=now(), by=reception, **told)


def said() -> Commendation:
    return Commendation.objects.get(source="public")


def hung_item() -> Commendation:
    return Commendation.objects.get(on_wall=True)


def hung_photo() -> ThanksPhoto:
    return ThanksPhoto.objects.get()


def gift() -> Gift:
    return Gift.objects.get()
