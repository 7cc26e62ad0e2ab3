"""A home visit and a notice in the town that doors are tried in; made when first asked for."""

from typing import TYPE_CHECKING

from django.utils.timezone import localdate, now

from mingchuang.people.rules.roles import Role
from mingchuang.visits.models import HomeVisit, Supplement
from tests.build import the_holder
from tests.hall.build import a_site
from tests.visits.care import a_home, a_supplement, an_arranged_home
from tests.visits.companions import a_companion

if TYPE_CHECKING:
    from tests.town import Town

ASKING = {
    "category": "elderly",
    "name": "Ann Lee",
    "phone": "13800000008",
    "address": "Lily 3-201",
    "key": "k" * 32,
}


def home(town: "Town") -> HomeVisit:
    """A home visit to which the handler goes, and a colleague of the hall."""
    if found := HomeVisit.objects.filter(state="arranged").first():
        return found
    pair = (the_holder(Role.HANDLER, town.unit), a_companion(town.served.site))
    made = an_arranged_home(town.served.site, pair=pair, at=now())
    made.requester.name = "Ann Lee"
    made.requester.save(update_fields=["name"])
    return made


def asked_home(town: "Town") -> HomeVisit:
    found = HomeVisit.objects.filter(state="asked").first()
    return found or a_home(town.served.site, name="Ann Lee", at=now())


def awaited(town: "Town") -> Supplement:
    """Something that is to be brought today to a hall of the town."""
    if found := Supplement.objects.filter(brought_at=None).exclude(due_on=None).first():
        return found
    site = a_site("gap", name="城东政务服务中心", unit=town.served.site.unit)
    return a_supplement(due_on=localdate(), site=site, prefix="G", at=now())
