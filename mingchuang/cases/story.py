"""What each ledger verb is called in the timeline. A verb without a sentence is not shown."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text

# An answer that other people were given, before one was joined to them; and what the same person
# said again.
BEFORE, BEFORE_IN_PUBLIC = "answered.before", "answered.before_in_public"
UNSOLVED_AGAIN = "supervised.not_solved"
JOINED_AGAIN = "joined.again"
PROMISE_BROKEN = "reminded.promise"
EMPTIED = _("（文字已按规定删除）")

# Facts a sentence may name: unit, by (badge), days, due, kind, person counts. The requester
# reads the first table; staff read both.
FOR_ALL: dict[str, Text] = {
    "submission.received": _("收到诉求"),
    "case.accepted": _("已受理，%(due)s 前答复"),
    "case.asked": _("请您补充情况"),
    "case.tried": _("为补充情况联系过诉求人（工号 %(by)s）"),
    "case.supplied": _("补充的情况已收到"),
    "case.answered_at_once": _("当场答复"),
    "case.declined": _("不予受理：%(reason)s"),
    "case.contested": _("提出异议，重新审核"),
    "case.referred": _("已转给%(to)s"),
    "case.dispatched": _("交给%(unit)s办理"),
    "case.acknowledged": _("承办单位已签收（工号 %(by)s）"),
    "case.assigned": _("由工号 %(handler)s 承办"),
    "case.contacted": _("承办人员联系了诉求人（工号 %(by)s）"),
    "case.assisted": _("%(unit)s协助办理"),
    "case.returned": _("承办单位认为不属于本单位职责，正在重新确定"),
    "case.disputed": _("不止一个单位认为不归自己办，提请协调"),
    "case.redispatched": _("确定由%(unit)s办理"),
    "case.extended": _("经批准延长 %(days)s 个工作日，%(due)s 前答复"),
    "case.paused": _("暂时办不了，经批准挂起，%(review_on)s 复核"),
    "case.review_due": _("到了复核日期，正在再看一次"),
    "case.resumed": _("恢复办理，%(due)s 前答复"),
    "case.retyped": _("类型由“%(old)s”改为“%(new)s”（两人核定）"),
    "case.due_moved": _("工作日安排有更新，改为 %(due)s 前答复"),
    "case.replied": _("已答复"),
    BEFORE: _("这件事此前答复过其他诉求人。那份答复写给他们本人，您的答复会另外给您"),
    BEFORE_IN_PUBLIC: _("这件事此前答复过其他诉求人，下面是公开的部分。您的答复会另外给您"),
    "case.reopened": _("没有解决，重新办理，%(due)s 前答复"),
    "case.reaccepted": _("没有解决，重新受理，%(due)s 前答复"),
    "case.reminded": _("%(who)s催办"),
    PROMISE_BROKEN: _("承诺 %(promised_on)s 办完，逾期没有办完，系统自动催办"),
    "case.supervised": _("列入督办"),
    UNSOLVED_AGAIN: _("%(not_solved)s 次没有解决，列入督办"),
    "case.merged": _("与另一件诉求是同一件事，合并办理，每位诉求人都会单独收到答复"),
    "case.unmerged": _("恢复单独办理"),
    "case.joined": _("有 %(people)s 位邻居反映了同一件事，合并办理"),
    JOINED_AGAIN: _("先前的诉求人又反映了一次，一并办理"),
    "case.join_wished": _("诉求人认为邻居已经反映过同一件事，等工作人员核对后合并办理"),
    "case.parted": _("并入的一件恢复单独办理"),
    "submission.remarked": _("诉求人补充了情况"),
    "submission.withdrawn": _("诉求已撤回"),
    "callback.recorded": _("%(call)s%(answer)s"),
    "case.archived": _("办结归档"),
    "case.erased": _("已按规定删除%(part)s（依据：%(source)s）"),
    "privacy.asked": _("诉求人申请%(wish)s个人信息"),
    "privacy.granted": _("同意%(wish)s个人信息（%(proof)s）"),
    "privacy.refused": _("没有同意%(wish)s个人信息"),
    "requester.exported": _("取走了个人信息副本（%(proof)s）"),
}
# The number of a case is told to nobody whose case it is not.
FOR_STAFF: dict[str, Text] = {
    "case.merged": _("与 %(master)s 是同一件事，合并办理，每位诉求人都会单独收到答复"),
    JOINED_AGAIN: _("同一位诉求人又反映了一次，%(case)s 并入"),
    "case.parted": _("%(case)s 恢复单独办理"),
    "case.withdrawn": _("没有人再要求办理，工单结束"),
    "case.noted": _("办理记录（工号 %(by)s）"),
    "case.warned": _("时限已过四分之三，系统预警"),
    "case.told_apart": _("与 %(other)s 不是同一件事（工号 %(by)s）"),
    "case.prompted": _("因 %(cause)s 等多人反映，主动办理（工号 %(by)s）"),
    "case.retitled": _("修改标题或地点（工号 %(by)s）"),
    "case.excluded": _("从“%(rate)s”统计中剔除：%(why)s（工号 %(by)s）"),
    "case.included": _("恢复计入“%(rate)s”（工号 %(by)s）"),
    "plea.made": _("申请%(what)s（工号 %(by)s）"),
    "plea.refused": _("申请%(what)s未获同意（工号 %(by)s）"),
    "submission.redacted": _("核对并遮盖身份线索（工号 %(by)s）"),
    "submission.original_read": _("查看原文（工号 %(by)s）"),
    "remark.redacted": _("核对补充内容（工号 %(by)s）"),
    "photo.kept": _("收到照片"),
    "photo.cleared": _("核对照片（工号 %(by)s）"),
    "requester.revealed": _("查看诉求人身份（工号 %(by)s）"),
    "reply.published": _("公开答复（工号 %(by)s）"),
    "reply.unpublished": _("撤下公开的答复（工号 %(by)s）"),
}
# What staff read where they may not see the other case.
UNNAMED: dict[str, Text] = {
    **FOR_STAFF,
    **FOR_ALL,
    "case.told_apart": _("与另一件不是同一件事（工号 %(by)s）"),
    "case.prompted": _("因多人反映，主动办理（工号 %(by)s）"),
}
# The facts in which an entry names another case.
NAMES_CASES = ("master", "case", "other", "cause")
