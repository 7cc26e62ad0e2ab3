"""What is still to do until somebody was duly invited, as a sentence each."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingchuang.base.typing import Text
from mingchuang.council.rules.inviting import Standing, Todo
from mingchuang.council.words.tables import CHANNELS

TODO: Mapping[Todo, Text] = {
    Todo.CHANNEL: gettext_lazy("再换一种方式邀请。"),
    Todo.DAY: gettext_lazy("再换一天邀请一次。"),
    Todo.IN_PERSON: gettext_lazy("打一次电话，或者上门一次。"),
}


def still_to_do(standing: Standing) -> Iterator[str]:
    """Yield what is missing, in words; the ways that were used stand beside the first."""
    if standing.todo and not standing.used:
        yield _("还没有邀请过。")
    for todo in standing.todo:
        if standing.used or todo == Todo.IN_PERSON:
            yield _told(todo, standing)


def _told(todo: Todo, standing: Standing) -> str:
    if todo != Todo.CHANNEL:
        return str(TODO[todo])
    names = dict(CHANNELS)
    used = "、".join(str(names[channel]) for channel in standing.used)
    return _("%(told)s已用过：%(used)s。") % {"told": TODO[todo], "used": used}
