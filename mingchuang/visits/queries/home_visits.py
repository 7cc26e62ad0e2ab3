"""Who is to be visited at home, and who goes. Fetching is authorising."""

from django.db.models import Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem, Site
from mingchuang.people.models import Person
from mingchuang.visits.errors import NotDoneAtHome
from mingchuang.visits.models import HomeVisit
from mingchuang.visits.queries.assists import sites_led_by
from mingchuang.visits.rules.homes import State

RELATED = ("site", "item", "requester", "first", "second")


def home_visits_of(person: Person) -> "QuerySet[HomeVisit]":
    """Return what is open at this person's sites, what is to be agreed on first on top."""
    found = HomeVisit.objects.open().filter(site__in=sites_led_by(person))
    return found.select_related(*RELATED).order_by("state", "agree_by", "day", "since", "pk")


def home_visit_for(person: Person, pk: int, *, lock: bool = False) -> HomeVisit:
    """Return a home visit of a site of this person; lock it if it changes."""
    return _one(HomeVisit.objects.filter(pk=pk, site__in=sites_led_by(person)), lock=lock)


def home_visit_of(code: str, *, lock: bool = False) -> HomeVisit:
    """Return the home visit whose holder knows its code; lock it if it changes."""
    return _one(HomeVisit.objects.filter(code=code), lock=lock)


def _one(found: "QuerySet[HomeVisit]", *, lock: bool) -> HomeVisit:
    if lock:
        # The lock first, alone: what is joined to it would be read as it was before we waited.
        list(found.select_for_update(of=("self",)).values_list("pk"))
    visit = found.select_related(*RELATED).first()
    if visit is None:
        raise NotFound
    return visit


def goes_there(person: Person, visit: HomeVisit) -> bool:
    """Say whether this person is one of the two who go, and has not been yet: nobody else reads
    where somebody lives."""
    is_one = person.pk in {visit.first_id, visit.second_id}
    return is_one and visit.state == State.ARRANGED and not visit.requester.is_erased


def items_done_by(site: Site) -> "QuerySet[ServiceItem]":
    """Return what any window of the site takes in, and so may be done at home."""
    return ServiceItem.objects.filter(Q(windows__site=site)).distinct().order_by("code")


def item_done_by(site: Site, code: str) -> ServiceItem:
    item = items_done_by(site).filter(code=code).first()
    if item is None:
        raise NotDoneAtHome
    return item
