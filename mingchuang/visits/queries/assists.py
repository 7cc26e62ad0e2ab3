"""Who is to be accompanied, and who may go. Fetching is authorising."""

from datetime import date, datetime, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.timezone import localtime

from mingchuang.base.errors import NotFound
from mingchuang.hall.models import Site
from mingchuang.hall.queries import days_of
from mingchuang.people.fields import phone_index
from mingchuang.people.models import Person, Post
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role
from mingchuang.visits.errors import NoSuchCompanion
from mingchuang.visits.models import Assist, Visit
from mingchuang.visits.queries.desks import CLERKS
from mingchuang.visits.rules.assisting import ACCOMPANIED, APART, State, is_within

NOW, SOON = timedelta(minutes=15), timedelta(hours=2)
MINE, AT_ONCE, SOON_RANK, LATER = range(4)


def leads(person: Person, site: Site) -> bool:
    """Say whether this person may send others at the site: a clerk of the unit that keeps it."""
    return site.unit_id in scope_of(person).units(*CLERKS)


def sites_led_by(person: Person) -> "QuerySet[Site]":
    return Site.objects.filter(unit__in=scope_of(person).units(*CLERKS))


# Volunteers are a team of this kind: a bureau below the same unit accompanies nobody.
VOLUNTEERS = "community"


def sites_helped_by(person: Person) -> "QuerySet[Site]":
    """Return the sites at which this person may accompany: those of their units; and, for
    volunteers, those of the unit their team is a part of."""
    scope = scope_of(person)
    own, team = scope.units(*CLERKS), scope.units(Role.HANDLER)
    helped = Q(unit__parts__in=team, unit__parts__kind=VOLUNTEERS)
    return Site.objects.filter(Q(unit__in=own) | helped).distinct()


def assist_of(code: str, *, lock: bool = False) -> Assist:
    """Return the assistance whose holder knows its code; lock it if it changes."""
    return _one(Assist.objects.filter(code=code), lock=lock)


def assist_for(person: Person, pk: int, *, lock: bool = False) -> Assist:
    """Return an assistance at a site where this person may accompany; lock it if it changes."""
    return _one(Assist.objects.filter(pk=pk, site__in=sites_helped_by(person)), lock=lock)


def _one(assists: "QuerySet[Assist]", *, lock: bool) -> Assist:
    # A row waited for is read anew when it is ours, what was joined to it is not: who it is
    # promised to is asked for afterwards.
    locked = assists.select_for_update(of=("self",)).select_related("site")
    assist = (locked if lock else _whole(assists)).first()
    if assist is None:
        raise NotFound
    return assist


def _whole(assists: "QuerySet[Assist]") -> "QuerySet[Assist]":
    return assists.select_related("site", "companion", "requester", "visit__requester")


def colleagues_at(site: Site) -> "QuerySet[Person]":
    """Return who may be sent at the site: whoever holds a post there now, and its volunteers;
    who is with somebody stands last."""
    posts = Post.objects.in_force().filter(person=OuterRef("pk"))
    here = posts.filter(unit=site.unit_id, role__in=CLERKS)
    team = posts.filter(unit__parent=site.unit_id, unit__kind=VOLUNTEERS, role=Role.HANDLER)
    with_somebody = Assist.objects.filter(companion=OuterRef("pk"), state=State.MET)
    people = Person.objects.filter(Exists(here) | Exists(team))
    return people.annotate(is_busy=Exists(with_somebody)).order_by("is_busy", "badge")


def colleague_for(site: Site, pk: int) -> Person:
    """Return somebody who may be sent at the site."""
    person = colleagues_at(site).filter(pk=pk).first()
    if person is None:
        raise NoSuchCompanion
    return person


def is_with_somebody(person: Person) -> bool:
    return Assist.objects.filter(companion=person, state=State.MET).exists()


def asked_under(phone: str, day: date, visit: Visit | None) -> int:
    """Return how many assistances are open under this phone that day, or for this visit."""
    index, same = phone_index(phone), Q(visit=visit) if visit else Q(pk__in=[])
    if index:
        same |= Q(day=day, requester__phone_index=index)
    return Assist.objects.open().filter(same).count()


def asked_near(visit: Visit, moment: datetime) -> Assist | None:
    """Return the assistance that is open for this visit within an hour of that moment."""
    near = Q(wanted_at__gt=moment - APART, wanted_at__lt=moment + APART)
    return Assist.objects.open().filter(near, visit=visit).first()


def accompanying(visit: Visit) -> "QuerySet[Assist]":
    """Return the assistances of this visit that are open."""
    return Assist.objects.open().filter(visit=visit)


def to_be_met(visit: Visit) -> list[Assist]:
    """Return those in which nobody was met yet, locked."""
    waiting = accompanying(visit).exclude(state=State.MET)
    return list(waiting.order_by("pk").select_for_update(of=("self",)))


def is_open_at(site: Site, moment: datetime) -> bool:
    """Say whether the doors of the site are open then."""
    local = localtime(moment)
    return is_within(days_of(site, local.date(), 1)[0].shifts, local.time())


def board_of(person: Person, *, now: datetime) -> "QuerySet[Assist]":
    """Return what is open at this person's sites: theirs on top, then what is wanted now, soon
    and later; in each, first those to whom nobody goes yet."""
    mine = Q(companion=person)
    rank = Case(
        When(mine, then=Value(MINE)),
        When(wanted_at__lte=now + NOW, then=Value(AT_ONCE)),
        When(wanted_at__lte=now + SOON, then=Value(SOON_RANK)),
        default=Value(LATER),
    )
    alone = Case(When(companion=None, then=Value(0)), default=Value(1))
    assists = _whole(Assist.objects.open().filter(site__in=sites_helped_by(person)))
    return assists.annotate(rank=rank, alone=alone).order_by("rank", "alone", "wanted_at", "pk")


def may_know(person: Person, assist: Assist) -> bool:
    """Say whether this person may see the name and phone: whoever is sent, while they are."""
    is_theirs = assist.companion_id == person.pk and assist.state in ACCOMPANIED
    return is_theirs and assist.is_open and assist.asker is not None


def holds_anything(assist: Assist) -> bool:
    """Say whether something stands here that tells who was accompanied."""
    own = assist.requester is not None and not assist.requester.is_erased
    return own or bool(assist.from_place or assist.to_place)


def old_assists(today: date, some: int) -> list[Assist]:
    """Return some of what is left open of earlier days, locked."""
    left = Assist.objects.open().filter(day__lt=today)
    return list(left.select_for_update(of=("self",))[:some])
