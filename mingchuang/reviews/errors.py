"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NotCalledYet(Refused):
    code = "not_called_yet"
    reason = _("这个号还没有叫到窗口。请办完以后再评价。")


class NotServedYet(Refused):
    code = "not_served_yet"
    reason = _(
        "这个号已经叫到窗口，还没有开始办。请办完以后再评价；没有办成的，请在首页“我要反映”里说。"
    )


class NoSuchNumberToday(Refused):
    code = "no_such_number_today"
    reason = _("今天没有叫过这个号。请对一下小票上的号码；刚取号的，请办完以后再评价。")


class NotFinishedYet(Refused):
    code = "not_finished_yet"
    reason = _("这件诉求还没有办结。请办结以后再评价。")


class NeverTakenOn(Refused):
    code = "never_taken_on"
    reason = _("这件诉求没有受理，没有可以评价的办理结果。认为应当受理的，请在回执上说明。")


class SentElsewhere(Refused):
    code = "sent_elsewhere"
    reason = _("这件诉求已经转送别的单位，不在这里办理，所以不能在这里评价。转到哪里，回执上写着。")


class TakenBackByThemselves(Refused):
    code = "taken_back_by_themselves"
    reason = _("这件诉求已经撤回，没有可以评价的办理结果。")


class TooLateToRate(Refused):
    code = "too_late_to_rate"
    reason = _("已经过了 %(days)s 天，不能再评价了。有话要说，请在首页提交诉求。")


class RatedAlready(Refused):
    code = "rated_already"
    reason = _("%(number)s 已经评价过了。一次来访、一件诉求评价一次。")


class NeverCalledHere(Refused):
    code = "never_called_here"
    reason = _("%(window)s 号窗口今天没有叫过 %(number)s。请核对小票上的号码。")


class NoFollowUp(Refused):
    code = "no_follow_up"
    reason = _("%(number)s 已经评价过了。差评整改并答复您、或者认定是点错以后，可以追评一次。")


class NotSuchAStep(Refused):
    code = "not_such_a_step"
    reason = _("这条差评现在是“%(state)s”，不能这样办。请刷新页面再看。")


class NotYours(Refused):
    code = "not_yours"
    reason = _("您的岗位不能办这一步。")


class NoSuchFinding(Refused):
    code = "no_such_finding"
    reason = _("不能这样认定：“误评”要评价人自己说过，“恶意评价”只能由审核申诉的人认定。")


class AnotherDecides(Refused):
    code = "another_decides"
    reason = _("申诉由另一个人审核：不能是申诉的人，也不能是作出认定的人。")


class AnotherOfficeDecides(Refused):
    code = "another_office_decides"
    reason = _("申诉由另一个单位审核：作出认定的也是您所在的单位，请交给别的单位的督办人员。")


class TooLateToContest(Refused):
    code = "too_late_to_contest"
    reason = _("已经认可、审核过，或者过了 %(days)s 天，不能再申诉。")


class StillToBeHeard(Refused):
    code = "still_to_be_heard"
    reason = _("被评价单位还可以申诉。等它认可，或者认定满 %(days)s 天以后，再交办整改。")


class NothingToRectify(Refused):
    code = "nothing_to_rectify"
    reason = _("这条差评认定为“%(finding)s”，不用整改，可以直接办结。")


class NotPutRightYet(Refused):
    code = "not_put_right_yet"
    reason = _("还没有整改完、反馈到评价人，不能办结。")


class NobodyToCall(Refused):
    code = "nobody_to_call"
    reason = _("评价人没有留下电话，请直接根据记录核实。")


class StillVerified(Refused):
    code = "still_verified"
    reason = _("这条差评还在核实、整改，写的话和电话还用得着。办结以后可以删除。")


class NothingToForget(Refused):
    code = "nothing_to_forget"
    reason = _("这里没有留下您写的话和电话。")


class ShownAlready(Refused):
    code = "shown_already"
    reason = _("这些话已经公开了。要改，请先撤下，再重新公开。")


class NotShown(Refused):
    code = "not_shown"
    reason = _("这些话现在没有公开。")


class NotToBeRated(Refused):
    code = "not_to_be_rated"
    reason = _("这是政府主动办的、整改的工单，不作评价。追评请回到您原来的评价页面。")


class AboutYourOwn(Refused):
    code = "about_your_own"
    reason = _("被评价的单位不能用工作账号打开评价人的页面。要评价您自己办的事，请先退出登录。")


class NoSuchInspector(Refused):
    code = "no_such_inspector"
    reason = _("没有工号 %(badge)s 的检查人员。请核对工号；对方要有窗口、承办、回访或督办岗位。")


class OwnOffice(Refused):
    code = "own_office"
    reason = _("工号 %(badge)s 就在被检查的单位，请换一个人去查。")


class SeenByThePlanner(Refused):
    code = "seen_by_the_planner"
    reason = _("暗访请安排别人去：被检查单位看得到是谁安排的，不能知道是谁去的。")


class NotSuchAWalk(Refused):
    code = "not_such_a_walk"
    reason = _("这次检查现在是“%(state)s”，不能这样办。请刷新页面再看。")


class FoundOtherwise(Refused):
    code = "found_otherwise"
    reason = _("第 %(number)s 条已经在别处记过：%(found)s。请核对以后，再决定按哪一个记。")


class ClausesLeft(Refused):
    code = "clauses_left"
    reason = _("还有几条没有记：第 %(numbers)s 条。记完再交；查不了的，请记“不适用”。")


class NothingFound(Refused):
    code = "nothing_found"
    reason = _("这次没有查出问题，或者已经交办了，不用再交办。")


class AnsweredOnce(Refused):
    code = "answered_once"
    reason = _("单位已经说明过一次。要补充的，请在整改工单里答复。")


class ClauseMovedOn(Refused):
    code = "clause_moved_on"
    reason = _("条款 %(code)s 刚刚改过或者停用了。请刷新页面再看。")


class ClauseStands(Refused):
    code = "clause_stands"
    reason = _("已经有条款 %(code)s 了。要改它，请打开那一条；要新写一条，请换一个条款号。")


class ListEmpty(Refused):
    code = "list_empty"
    reason = _("请至少选一条，最多 %(most)s 条。")


class TooManyShots(Refused):
    code = "too_many_shots"
    reason = _("一条最多 %(most)s 张照片，已经有 %(kept)s 张。")


class NoSuchBadge(Refused):
    code = "no_such_badge"
    reason = _("没有工号 %(badge)s。请核对，不知道就留空。")


class RowTwice(Refused):
    code = "row_twice"
    reason = _(
        "这一行和前面一行完全一样，没有再登记。确实是两件的，请在“内容”里写出区别，再导入一次。"
    )


class NoSuchUnit(Refused):
    code = "no_such_unit"
    reason = _("没有叫“%(unit)s”的单位，或者不归您管。请写单位的全名。")


class NotBeforeItsDay(Refused):
    code = "not_before_its_day"
    reason = _("日期还没有到，或者先后颠倒了。请核对。")


class NotSuchAThing(Refused):
    code = "not_such_a_thing"
    reason = _("这一条现在是“%(state)s”，不能这样办。请刷新页面再看。")


class ForgottenThanks(Refused):
    code = "forgotten_thanks"
    reason = _("这一条写的话、送的人已经删除，不能再更正，也不能再挂出来。")


class NotTheSame(Refused):
    code = "not_the_same"
    reason = _("只能并到同一个单位、已经登记、没有并到别处的一条。请核对编号。")


class OthersHangOnIt(Refused):
    code = "others_hang_on_it"
    reason = _("还有别的感谢并在这一条上。请先把它们重新分开。")


class GiftToNobody(Refused):
    code = "gift_to_nobody"
    reason = _("退还的写退给谁，上交的写交给哪个部门。")


class ColumnsAbsent(Refused):
    code = "columns_absent"
    reason = _("第一行少了这几列：%(columns)s。请下载空白表格，照着它填。")


class RegisterElsewhere(Refused):
    code = "register_elsewhere"
    reason = _("登记簿在“%(other)s”里，不在第一张表“%(title)s”里。请把它移到第一张，再导入一次。")


class CellsJoined(Refused):
    code = "cells_joined"
    reason = _("表里有合并的单元格，看不出属于哪一行。请取消合并，每行都填全，再导入一次。")


class NothingWritten(Refused):
    code = "nothing_written"
    reason = _("第一行下面一行也没有填。请每件填一行，再导入一次。")


class RegisterTooLong(Refused):
    code = "register_too_long"
    reason = _("这份登记簿超过 %(most)s 行，一次读不完。请按年份分成几个文件，一份一份导入。")
