"""What a clerk fills in at the window: where to sit, whom to call out of turn, where to send on."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from mingchuang.hall.models import Window
    from mingchuang.visits.models import Desk, Line, Visit

Sent: TypeAlias = Mapping[str, Any] | None


def _offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class SignOnForm(forms.Form):
    """Choose a window: who already sits there is named, and refused in words when chosen."""

    window = forms.TypedChoiceField(label=_("窗口"), coerce=int, widget=forms.RadioSelect)
    languages = forms.CharField(
        label=_("会说的话（可不填）"),
        max_length=60,
        required=False,
        help_text=_("写在亮牌上，例如：普通话、宁波话、English。"),
    )

    def __init__(self, data: Sent, *, seats: "Iterable[tuple[Window, Desk | None]]") -> None:
        super().__init__(data)
        seats = list(seats)
        sites = {window.site for window, _desk in seats}
        many = len(sites) > 1
        # Where the card tells the name, who signs on reads so before they do.
        self.named = sorted(site.name for site in sites if site.names_on_cards)
        choices = [(window.pk, _seat(window, desk, many=many)) for window, desk in seats]
        _offer(self, "window", choices)


def _seat(window: "Window", desk: "Desk | None", *, many: bool) -> str:
    place = f"{window.site.name} · " if many else ""
    who = gettext("（工号 %(badge)s 在岗）") % {"badge": desk.person.badge} if desk else ""
    return gettext("%(place)s%(number)s 号 %(name)s%(who)s") % {
        "place": place,
        "number": window.number,
        "name": window.name,
        "who": who,
    }


class TurnForm(forms.Form):
    """Somebody who waits, and why they are called before their turn."""

    visit = forms.TypedChoiceField(label=_("叫谁"), coerce=int)
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        help_text=_("会记入台账。只写情况，请勿写姓名和病情。"),
    )

    def __init__(self, data: Sent, *, waiting: "Iterable[Visit]") -> None:
        super().__init__(data)
        _offer(self, "visit", [(visit.pk, _standing(visit)) for visit in waiting])


def _standing(visit: "Visit") -> str:
    return f"{visit.shown} · {visit.get_green_display()}" if visit.green else visit.shown


class PassOnForm(forms.Form):
    """Where somebody goes on to: a line, whichever of its windows calls them, or one window
    alone, which comes with the line in which they wait for it."""

    to = forms.ChoiceField(
        label=_("转到哪里"),
        help_text=_("指定窗口以后，只有这个窗口能叫到。"),
        error_messages={"invalid_choice": _("现在转不到那里了，可能窗口刚刚下岗。请另选。")},
    )

    def __init__(
        self, data: Sent, *, lines: "Iterable[Line]", windows: "Iterable[tuple[Window, Line]]"
    ) -> None:
        super().__init__(data)
        windows = list(windows)
        self.ways = {f"window:{window.pk}": (line.pk, window.pk) for window, line in windows}
        to_lines = [(f"line:{line.pk}", str(line)) for line in lines]
        to_windows = [(f"window:{one[0].pk}", _waiting_at(*one)) for one in windows]
        groups = [(_("队列（哪个窗口都行）"), to_lines), (_("指定窗口"), to_windows)]
        _offer(self, "to", [group for group in groups if group[1]])

    def clean_to(self) -> tuple[int, int | None]:
        """Return the line, and the window where only that one will do."""
        to: str = self.cleaned_data["to"]
        return self.ways.get(to) or (int(to.removeprefix("line:")), None)


def _waiting_at(window: "Window", line: "Line") -> str:
    told = {"window": _seat(window, None, many=False), "line": line}
    return gettext("%(window)s（%(line)s）") % told
