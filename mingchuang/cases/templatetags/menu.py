"""The places of the desk, in groups: who may go where is one table, and the header follows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.base.typing import Text
from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

register = template.Library()

RECEPTION, DISPATCHER, HANDLER = Role.RECEPTION, Role.DISPATCHER, Role.HANDLER
CALLBACK, SUPERVISOR, CONVENOR = Role.CALLBACK, Role.SUPERVISOR, Role.CONVENOR
AUDITOR, ADMINISTRATOR = Role.AUDITOR, Role.ADMINISTRATOR
HALL = (RECEPTION, DISPATCHER, HANDLER, SUPERVISOR)
RATED = (RECEPTION, HANDLER, CALLBACK, SUPERVISOR, AUDITOR)
SETTLERS = (DISPATCHER, SUPERVISOR)


@dataclass(frozen=True)
class Place:
    """One page of the desk: what a page there calls itself, its name, its door, and for whom."""

    here: str
    label: Text
    door: str
    roles: Sequence[Role] = tuple(Role)

    @property
    def path(self) -> str:
        return reverse(self.door)


@dataclass(frozen=True)
class Group:
    """Places under one word. One that leads to a single place is that place."""

    label: Text
    places: Sequence[Place]

    def shown_to(self, person: Person) -> "Group":
        scope = scope_of(person)
        return Group(self.label, [one for one in self.places if scope.holds(*one.roles)])

    @property
    def only(self) -> Place | None:
        return self.places[0] if len(self.places) == 1 else None


GROUPS = (
    Group(_("诉求"), (
        Place("take_in", _("登记"), "cases:take_in", (RECEPTION, DISPATCHER)),
        Place("batches", pgettext_lazy("desk", "批量"), "cases:desk_batches",
            (HANDLER, DISPATCHER, SUPERVISOR)),
        Place("callbacks", _("回访"), "cases:callbacks", (CALLBACK,)),
        Place("topics", _("热点"), "cases:topics", (*SETTLERS, AUDITOR, CONVENOR)),
        Place("articles", _("知识库"), "cases:articles"),
    )),
    Group(_("大厅"), (
        Place("window", pgettext_lazy("many", "窗口"), "visits:console", HALL),
        Place("board", _("大厅动态"), "visits:board", HALL),
        Place("numbers", pgettext_lazy("desk", "取号"), "visits:numbers", HALL),
        Place("bookings", pgettext_lazy("many", "预约"), "visits:bookings", HALL),
        Place("companions", _("陪办"), "visits:companions", HALL),
        Place("homes", _("上门服务"), "visits:homes", HALL),
        Place("supplements", _("待补正"), "visits:awaited", HALL),
        Place("found", _("失物招领"), "cases:found_items", HALL),
    )),
    Group(_("评价"), (
        Place("ratings", _("评价"), "reviews:desk", RATED),
        Place("inspections", pgettext_lazy("many", "检查"), "reviews:inspections", RATED),
        Place("thanks", _("感谢"), "reviews:thanks_desk", (*RATED, DISPATCHER)),
    )),
    Group(_("议事"), (
        Place("council", _("议事"), "council:topics", (CONVENOR, SUPERVISOR, AUDITOR)),
    )),
    Group(_("管理"), (
        Place("figures", _("统计"), "cases:desk_figures",
            (*HALL, CALLBACK, CONVENOR, AUDITOR)),
        Place("plan", _("窗口方案"), "visits:plan", (SUPERVISOR,)),
        Place("releases", _("放号"), "visits:releases", SETTLERS),
        Place("lines", pgettext_lazy("many", "队列"), "visits:lines", (ADMINISTRATOR, SUPERVISOR)),
        Place("privacy", _("个人信息"), "cases:privacy", SETTLERS),
        Place("keeping", pgettext_lazy("many", "保存期限"), "cases:keeping",
            (ADMINISTRATOR, AUDITOR)),
        Place("admin", _("系统管理"), "admin:index", (ADMINISTRATOR,)),
    )),
)  # fmt: skip


@register.inclusion_tag("cases/_places.html")
def menu(user: object, here: str = "") -> dict[str, object]:
    """{% menu user here %}: what this person may open, one word a group."""
    if not isinstance(user, Person):
        return {"groups": []}
    groups = [group.shown_to(user) for group in GROUPS]
    return {
        "user": user,
        "here": here,
        "groups": [(one, _within(one, here)) for one in groups if one.places],
    }


def _within(group: Group, here: str) -> Place | None:
    """Return the place of a group where one is now."""
    return next((one for one in group.places if one.here == here), None)
