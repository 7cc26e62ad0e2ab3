"""What is refused of a topic, its register and its invitations, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class ChecksWait(Refused):
    code = "checks_wait"
    reason = _("还有 %(many)s 次检查没有做，议题还不能办结。")


class PromiseBroken(Refused):
    """What was not kept when somebody last looked, or nobody looked, is not over."""

    code = "promise_broken"
    reason = _("第 %(number)s 项承诺还没有做到，请再定一个检查日期。")


class ObjectionsWait(Refused):
    code = "objections_wait"
    reason = _("还有 %(many)s 条反对意见没有答复，议题还不能办结。")


class MinutesWait(Refused):
    """Also of a sitting that decided nothing: people were told that they would read them."""

    code = "minutes_wait"
    reason = _(
        "第 %(number)s 次会议的记录还没有定稿，议题还不能办结。请先发给到会的人核对，再定稿。"
    )


class BallotStillRuns(Refused):
    code = "ballot_still_runs"
    reason = _("业主表决还没有公布结果。请先公布结果或者撤销表决。")


class BallotWanted(Refused):
    """What a council proposes to the owners is not settled before they voted."""

    code = "ballot_wanted"
    reason = _("这件事须由业主共同决定，还没有公布过表决结果。请先发起业主表决，公布结果。")


class WrongTopicStep(Refused):
    code = "wrong_topic_step"
    reason = _("这个议题现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class RegisterShut(Refused):
    code = "register_shut"
    reason = _("名册已经截止，不能再登记或者改动。")


class OptionNeeded(Refused):
    code = "option_needed"
    reason = _("请至少写两种可以讨论的做法。")


class TooManyPlaces(Refused):
    code = "too_many_places"
    reason = _("一个议题最多写 %(most)s 处地点。请合并以后再导入。")


class RegisteredAlready(Refused):
    code = "registered_already"
    field = "phone"
    reason = _("这个电话已经登记过这个议题，一个电话登记一次。要改，请在原来的登记上改。")


class JoinedBefore(Refused):
    code = "joined_before"
    reason = _("您刚才已经登记好了，这次改的没有记下。要改，请回到登记好以后的那个页面。")


class TellsWho(Refused):
    code = "tells_who"
    field = "must_because"
    reason = _("这条理由谁都能看到，里面有本人的姓名或者电话。请删掉，只写事情。")


class ReasonStands(Refused):
    code = "reason_stands"
    field = "must_because"
    reason = _("名册上写的理由是“%(because)s”，与这里不同，没有改动。要改，请打开本人的登记来改。")


class StruckOut(Refused):
    code = "struck_out"
    reason = _("这份登记已经划去，不能再用。另一份登记照常有效；划得不对，请告诉召集人。")


class StruckOutBefore(Refused):
    code = "struck_out_before"
    reason = _("名册第 %(number)s 号是同一个人，已经划去，没有登记。要用它，请先在名册里恢复。")


class NoOtherOnRegister(Refused):
    code = "no_other_on_register"
    field = "other"
    reason = _("名册上没有第 %(other)s 号，或者它已经退出、划去。请写同一个人留下的那一份。")


class OpposesHere(Refused):
    """Whoever is against stays against: no second name takes that away."""

    code = "opposes_here"
    field = "other"
    reason = _("这一份是反对，第 %(other)s 号不是。请留下这一份，打开第 %(other)s 号，划去那一份。")


class MustBeThereHere(Refused):
    code = "must_be_there_here"
    field = "other"
    reason = _(
        "这一份是直接受影响，第 %(other)s 号不是。"
        "请先在第 %(other)s 号写明必须在场的理由，或者划去那一份。"
    )


class PromisedAlready(Refused):
    code = "promised_already"
    reason = _("抽签方案已经公开承诺，名册上的人不能再划去或者恢复。")
    advice = _("请先写明理由作废这次抽签，再改名册，重新计算。作废的一次永远公开可查。")


class DrawnAlready(Refused):
    code = "drawn_already"
    reason = _("已经抽过签，名册上的人不能再划去或者恢复。")
    advice = _("同一个人登记了两次的，请本人从自己的页面退出一份；那一份有席位的，空出来补抽。")


class NoSuchObjection(Refused):
    code = "no_such_objection"
    field = "case"
    reason = _("您看不到编号是“%(number)s”的工单。请核对编号；写在纸上的反对意见，请拍照登记。")


class NotTheirCase(Refused):
    code = "not_their_case"
    field = "case"
    reason = _("工单“%(number)s”里没有本人的电话，不能算作本人反对。请对方自己声明，或者签一张纸。")


class NothingAgainst(Refused):
    """An inquiry of the same phone is on record too, and says nothing against anything."""

    code = "nothing_against"
    field = "case"
    reason = _(
        "工单“%(number)s”不是投诉，也不是建议，和这个议题也没有连在一起，看不出本人反对。"
        "请对方自己声明，或者签一张纸。"
    )


class SaidThemselves(Refused):
    code = "said_themselves"
    reason = _("对方已经用自己的链接表过态，工作人员不能改。要改，请本人用链接改。")


class SignedByAnother(Refused):
    code = "signed_by_another"
    field = "signed"
    reason = _("纸上签的名字和名册上的不一样。请核对是不是这个人的纸。")


class ColumnsMissing(Refused):
    code = "columns_missing"
    reason = _("第一行缺少这几列：%(columns)s。请补上后再导入，或者下载空白表格来填。")


class NotInviting(Refused):
    code = "not_inviting"
    reason = _("现在还没有抽签，或者议事已经结束，不能邀请。")


class NoWayToInvite(Refused):
    code = "no_way_to_invite"
    field = "outcome"
    reason = _("这种邀请方式不会有这样的结果。请核对后再选。")


class TriedOutside(Refused):
    code = "tried_outside"
    field = "tried_at"
    reason = _("邀请的时间要在抽签以后，不能晚于现在。请核对。")


class SeatGone(Refused):
    code = "seat_gone"
    reason = _("这个席位已经空出来了，不能再答应。开会时仍可以来旁听和发言。")
