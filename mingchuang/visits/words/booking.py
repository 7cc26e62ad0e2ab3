"""Why nothing is free on a day, in a word or two."""

from django.utils.translation import gettext as _

from mingchuang.hall.rules.hours import OpenDay
from mingchuang.hall.words.tables import HOLIDAYS, OPEN_KINDS


def nothing_words(open_day: OpenDay, times: int, spare: int = 0) -> str:
    """约满 where all is taken, 位子不够 where some find none; 休息 where the doors are shut."""
    if times and open_day.shifts:
        return _("位子不够") if spare else _("约满")
    if open_day.shifts:
        return _("没有时段")
    note = HOLIDAYS.get(open_day.note, open_day.note)
    return str(note or OPEN_KINDS.get(open_day.kind, "") or _("休息"))
