"""What is still to do until somebody was duly invited, as a sentence each."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mingchuang.base.templatetags.words import is_chinese
from mingchuang.base.typing import Text
from mingchuang.council.rules.inviting import Standing, Todo
from mingchuang.council.words.tables import CHANNELS

TODO: Mapping[Todo, Text] = {
    Todo.CHANNEL: gettext_lazy("再换一种方式邀请。"),
    Todo.DAY: gettext_lazy("再换一天邀请一次。"),
    Todo.IN_PERSON: gettext_lazy("打一次电话，或者上门一次（只留条不算）。"),
}


def in_a_row(sentences: Iterable[str]) -> str:
    """Set sentences one after the other: English wants a space between them."""
    return ("" if is_chinese() else " ").join(sentences)


def still_to_do(standing: Standing, *, is_called: bool = True) -> Iterator[str]:
    """Yield what is missing, in words; the ways that were used stand beside the first. Who was
    asked before a sitting is called is still to be told when and where it is."""
    if not standing.todo and not is_called:
        yield _("会议召集以后，再把时间和地点告诉本人。")
    if standing.todo and not standing.used:
        yield from untried(standing.todo)
        return
    for todo in standing.todo:
        yield _told(todo, standing)


def untried(todo: Iterable[Todo]) -> Iterator[str]:
    """Yield what is told of somebody nobody has asked yet: there is no other way nor day."""
    yield _("还没有邀请过。")
    if Todo.IN_PERSON in todo:
        yield str(TODO[Todo.IN_PERSON])


def _told(todo: Todo, standing: Standing) -> str:
    if todo != Todo.CHANNEL:
        return str(TODO[todo])
    names = dict(CHANNELS)
    used = _("、").join(str(names[channel]) for channel in standing.used)
    return in_a_row([str(TODO[todo]), _("已用过：%(used)s。") % {"used": used}])
