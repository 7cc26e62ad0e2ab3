"""What the words on a command line mean: a unit, a member of staff, a time-limit profile."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound, Refused
from mingchuang.cases.models import Submission
from mingchuang.cases.rules.said import number_typed
from mingchuang.hall.queries import profiles, time_limit_for
from mingchuang.hall.rules.kinds import Kind
from mingchuang.people.errors import NotOpenYet
from mingchuang.people.models import Person, Requester, Unit
from mingchuang.people.queries import person_with_badge, root_unit, unit_with_code


class NoUnits(Refused):
    code = "no_units"
    reason = _("这里还没有单位。请先在管理页面建立单位，或者运行 mingchuang demo 试用。")


class NoSuchUnit(Refused):
    code = "no_such_unit"
    reason = _("没有代码为“%(code)s”的单位。请核对代码。")


class NoSuchPerson(Refused):
    code = "no_such_person"
    reason = _("没有工号为“%(badge)s”的工作人员。请核对工号。")


class NobodyBehind(Refused):
    code = "nobody_behind"
    reason = _("没有编号为“%(number)s”的诉求，或者它没有留下个人信息。")


class NoSuchProfile(Refused):
    code = "no_such_profile"
    reason = _("没有名为“%(profile)s”的时限方案。现有：%(known)s。")


def unit_called(code: str) -> Unit:
    """Return the unit with this code; without a code, the root of the tree."""
    try:
        return unit_with_code(code) if code else root_unit()
    except NotFound:
        raise NoSuchUnit(code=code) from None
    except NotOpenYet:
        raise NoUnits from None


def person_called(badge: str) -> Person:
    try:
        return person_with_badge(badge)
    except NotFound:
        raise NoSuchPerson(badge=badge) from None


def requester_of(number: str) -> Requester:
    """Return who is behind the submission with this number."""
    found = Submission.objects.filter(number=number_typed(number)).select_related("requester")
    submission = found.first()
    if submission is None or submission.requester is None:
        raise NobodyBehind(number=number)
    return submission.requester


def profile_called(name: str) -> str:
    """Return the name, if a profile that is loaded bears it."""
    known = profiles()
    if name not in known:
        raise NoSuchProfile(profile=name, known="、".join(known))
    return name


def rectifying_profile_called(name: str) -> str:
    """Return the name, if a profile that is loaded bears it and measures what is put right."""
    time_limit_for(profile_called(name), Kind.RECTIFY, "normal")
    return name
