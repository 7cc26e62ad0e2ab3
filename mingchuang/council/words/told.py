"""What everybody reads of a topic: how it stands, and what comes next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.council.rules.checking import Result, Standing
from mingchuang.council.rules.life import State
from mingchuang.council.rules.register import Why
from mingchuang.council.rules.sitting import Stage
from mingchuang.council.words.inviting import in_a_row


class Told(NamedTuple):
    now: Text
    next: Text


MINUTES = _("会后公布记录：谁赞成、谁反对、附什么条件，只写编号，不写姓名。")
TOLD: Mapping[State, Told] = {
    State.PROPOSED: Told(_("还没有公开"), _("召集人正在准备材料。")),
    State.GATHERING: Told(
        _("正在登记：这件事关系到您吗？"),
        _("登记截止以后，当众抽签选出参加议事的人。反对的一方一定有席位。"),
    ),
    State.DRAWING: Told(
        _("登记已经截止，正在准备抽签"),
        _("抽签方案先公布、先封存，然后当众掷骰子，谁都可以核验。"),
    ),
    State.INVITING: Told(
        _("已经抽签，正在邀请参会的人"),
        _("直接受影响的人和反对的人，都要按规定请到，才开会。"),
    ),
    State.SITTING: Told(_("正在开会议事"), MINUTES),
    State.DECIDED: Told(_("已有决议"), _("记录定稿以后公示，公示期内可以提意见。")),
    State.CLOSED: Told(_("议题已经办结"), _("以后有新的意见，仍可以提出。")),
    State.DROPPED: Told(_("这个议题不再议"), _("理由写在下面。")),
}
# A sitting is called long before it begins, and not over with its minutes.
SITTING_TOLD: Mapping[Stage, Told] = {
    Stage.CALLED: Told(_("会议已经定好日子"), MINUTES),
    Stage.OPEN: TOLD[State.SITTING],
    Stage.CLOSED: Told(
        _("会已经开过，正在整理记录"), _("记录由到会的人核对，定稿以后公布，再公示决议。")
    ),
    Stage.OFF: Told(_("会议取消了，正在另定日子"), _("定好以后再通知参加的人。")),
}
AS_OPINION = Told(
    _("会已经开过，没有形成决议"), _("记录已经公布。如果再开会，日子定了再通知参加的人。")
)
OPINION_READ = Told(
    _("会已经开过，没有形成决议"), _("只记下了到会居民的意见。记录由到会的人核对，定稿以后公布。")
)
KEPT = _("答应的每一件事都有人负责、有日期、有人检查。")
ON_NOTICE = Told(_("决议正在公示"), format_lazy("{}{}", _("公示期内可以提意见。"), KEPT))
AFTER_NOTICE = Told(
    _("已有决议，公示期已过"), format_lazy("{}{}", KEPT, _("有新的意见，仍可以提出。"))
)
# Where the owners have to vote, the council only proposes.
PROPOSED = Told(
    _("已有提交业主表决的建议"), _("记录定稿以后公示，公示期内可以提意见。由业主共同决定。")
)
PROPOSAL_ON_NOTICE = Told(
    _("提交业主表决的建议正在公示"), _("公示期内可以提意见。由业主共同决定。")
)
PROPOSAL_AFTER_NOTICE = Told(
    _("已有提交业主表决的建议，公示期已过"),
    _("由业主共同决定，表决的结果写在议题页面上。有新的意见，仍可以提出。"),
)
UNVOTED = _("没有公布业主表决的结果，议题已经办结")
SEATED: Mapping[Why, Text] = {
    Why.DRAWN: _("您抽中了，请来议事。"),
    Why.REFILL: _("您补抽抽中了，请来议事。"),
    Why.MUST: _("这件事直接影响您，您有席位，请来议事。"),
}
NOT_DRAWN = _("这次没有抽中您，欢迎来旁听。")
# The way a topic goes, for the line of steps on its page.
WAY: list[tuple[State, Text]] = [
    (State.GATHERING, pgettext_lazy("step", "登记")),
    (State.DRAWING, pgettext_lazy("step", "抽签")),
    (State.INVITING, pgettext_lazy("step", "邀请")),
    (State.SITTING, pgettext_lazy("step", "开会")),
    (State.DECIDED, pgettext_lazy("step", "决议")),
    (State.CLOSED, pgettext_lazy("step", "检查")),
]
# What its convenor does next, for the top of the page at the desk.
NEXT: Mapping[State, Text] = {
    State.PROPOSED: _("核对材料，没有问题就公开，开始登记。公开以后，材料不能再改。"),
    State.GATHERING: _("登记受影响的人，请他们自己表明态度。登记齐了就截止。"),
    State.DRAWING: _("定席位和名额，计算最公平的抽法，公开承诺，再当众掷骰子。"),
    State.INVITING: _("问抽中的人来不来，空出来的席位补抽，再定下时间和地点，召集会议。"),
    State.SITTING: _(
        "把时间和地点告诉每一位，再按议程开会，写好记录，记下结果，发给到会的人核对。"
    ),
    State.DECIDED: _("记录定稿以后公示决议。到了日子，逐项检查答应的事。"),
    State.CLOSED: _("议题已经办结。以后有新的反对意见，仍要答复；定了检查日期的，到日子仍要检查。"),
    State.DROPPED: _("不再议。理由谁都能看到。"),
}


NEXT_CALLED_OFF = _("会议取消了。请告诉已经通知到的人，再另定时间和地点，召集会议。")
NEXT_POSTED = _("决议已经公示。有人反对，就复议、答复。到了日子，逐项检查答应的事。")


def how_kept(standings: Sequence[Standing]) -> str:
    """Tell of a topic that is closed what became of what was promised."""
    kept = sum(one.newest == Result.PASSED for one in standings)
    broken, due = sum(one.is_broken for one in standings), sum(one.due for one in standings)
    parts = [
        gettext("%(n)s 项做到") % {"n": kept},
        gettext("%(n)s 项没有做到") % {"n": broken} if broken else "",
        gettext("还有 %(n)s 次检查") % {"n": due} if due else "",
    ]
    told = gettext("，").join(one for one in parts if one)
    return gettext("答应的 %(n)s 项：%(told)s") % {"n": len(standings), "told": told}


def before_closing(opened: datetime | None, opponents: int, at: datetime) -> str:
    """Tell who closes a register how long people had to find it, and how many are against."""
    if opened is None:
        return ""
    minutes = max(0, int((at - opened).total_seconds() // 60))
    open_for = gettext("登记开放了 %(long)s。") % {"long": _long(minutes)}
    against = gettext("名册上反对的有 %(n)s 人。") % {"n": opponents}
    return in_a_row([open_for, against, gettext("截止以后，名册和态度以现在的为准。")])


def _long(minutes: int) -> str:
    if days := minutes // (24 * 60):
        return ngettext("%(n)s 天", "%(n)s 天", days) % {"n": days}
    if hours := minutes // 60:
        return ngettext("%(n)s 小时", "%(n)s 小时", hours) % {"n": hours}
    return ngettext("%(n)s 分钟", "%(n)s 分钟", minutes) % {"n": minutes}


BALLOT = _(
    "依照《民法典》第二百七十八条，这件事须由业主共同决定：按面积和人数都要达到比例。"
    "居民议事会的结果只是建议，不能代替业主表决。"
)
DELIBERATION = _("居民议事的结果由参加的人共同商定。直接受影响的人和反对的人没有请到，决议不生效。")
