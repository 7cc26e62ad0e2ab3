"""Who is to be visited at home, and who goes. Fetching is authorising."""

from django.db.models import Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import ServiceItem, Site
from mingchuang.people.models import Person
from mingchuang.visits.errors import NotDoneAtHome
from mingchuang.visits.models import HomeVisit
from mingchuang.visits.queries.assists import leads, sites_led_by
from mingchuang.visits.rules.homes import State

RELATED = ("site", "item", "requester", "first", "second")


def home_visits_of(person: Person) -> "QuerySet[HomeVisit]":
    """Return what is open at this person's sites and where they go, what is to be agreed on first
    on top."""
    found = HomeVisit.objects.open().filter(_at_sites_of(person) | _goes(person))
    return found.select_related(*RELATED).order_by("state", "agree_by", "day", "since", "pk")


def home_visit_for(person: Person, pk: int, *, lock: bool = False) -> HomeVisit:
    """Return a home visit of a site of this person, or to which they go; lock it if it changes."""
    return _one(HomeVisit.objects.filter(_at_sites_of(person) | _goes(person), pk=pk), lock=lock)


def home_visit_led_by(person: Person, pk: int) -> HomeVisit:
    """Return a home visit that this person may arrange or take back, locked."""
    return _one(HomeVisit.objects.filter(_at_sites_of(person), pk=pk), lock=True)


def home_visit_of(code: str, *, lock: bool = False) -> HomeVisit:
    """Return the home visit whose holder knows its code; lock it if it changes."""
    return _one(HomeVisit.objects.filter(code=code), lock=lock)


def _at_sites_of(person: Person) -> Q:
    return Q(site__in=sites_led_by(person))


def _goes(person: Person) -> Q:
    return Q(first=person) | Q(second=person)


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


def may_call(person: Person, visit: HomeVisit) -> bool:
    """Say whether this person may read name and phone to agree on a time: a clerk of the site,
    until it is agreed on; never the address."""
    is_to_agree = visit.state == State.ASKED and not visit.requester.is_erased
    return is_to_agree and leads(person, visit.site)


def items_done_by(site: Site) -> "QuerySet[ServiceItem]":
    """Return what any window of the site takes in, and so may be done at home."""
    return ServiceItem.objects.filter(Q(windows__site=site)).distinct().order_by("code")


def item_done_by(site: Site, code: str) -> ServiceItem:
    item = items_done_by(site).filter(code=code).first()
    if item is None:
        raise NotDoneAtHome
    return item
