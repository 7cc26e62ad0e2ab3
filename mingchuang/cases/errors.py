"""How a case says no."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class WrongStep(Refused):
    code = "wrong_step"
    reason = _("这件工单现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class NotYourDuty(Refused):
    code = "not_your_duty"
    status = 403
    reason = _("这一步不由您的岗位办理。")


class NotRedacted(Refused):
    code = "not_redacted"
    reason = _("这件诉求要求身份保密。请派单员先核对遮盖后的文字和照片，再办这一步。")


class WindowClosed(Refused):
    code = "return_window_closed"
    reason = _("退单期限已过（%(until)s 前可以退单）。如职责确有不清，请申请协办或报派单员协调。")


class TooLong(Refused):
    code = "extension_too_long"
    reason = _("最多可以延长 %(most)s 个工作日。")


class TooManyExtensions(Refused):
    code = "extension_too_many"
    reason = _("这件工单已经延期 %(times)s 次，不能再延。")


class TooLate(Refused):
    code = "too_late"
    reason = _("到期时间已过，不能再申请延期。请尽快答复，并向诉求人说明原因。")


class AskedAlready(Refused):
    code = "asked_already"
    reason = _("同样的申请已经提交，正在等待审核。")


class SecondPerson(Refused):
    code = "second_person"
    reason = _("申请须由另一位工作人员审核，不能自己审核自己的申请。")


class AnotherDecides(Refused):
    code = "another_decides"
    reason = _("不予受理是您决定的，诉求人提出了异议，须由另一位派单员再看。")


class NotByTheUnit(Refused):
    code = "not_by_the_unit"
    reason = _("剔除影响承办单位的统计，须由不在承办单位任职的工作人员审核。")


class ExcludedAlready(Refused):
    code = "excluded_already"
    reason = _("这件工单已经从“%(rate)s”中剔除。")


class OfferOver(Refused):
    code = "offer_over"
    reason = _(
        "您想加入的那件事现在不能加入了：可能已经答复，也可能这一页打开得太久。"
        "您写的都还在，请再点一次“提交，拿回执”。"
    )


class NotCountable(Refused):
    code = "not_countable"
    reason = _("统计的条件有误，没有统计。%(why)s")


class TooManyRows(Refused):
    code = "too_many_rows"
    reason = _("一次最多导出 %(most)s 行，这里有 %(rows)s 行。请缩短时间，或选定类型、地段、单位。")


class DecidedAlready(Refused):
    code = "decided_already"
    reason = _("这项申请已经审核过了。")


class NotAnsweredYet(Refused):
    code = "not_answered_yet"
    reason = _("还不能归档：%(who)s 尚未回访。接通一次，或在两天内至少拨打三次后才能归档。")


class TryAgain(Refused):
    code = "try_again"
    reason = _(
        "还不能以“没有具体内容”办结：请先点“请补充”，再联系诉求人 %(most)s 次。"
        "现在联系过 %(tries)s 次。"
    )


class MayStillSpeak(Refused):
    code = "may_still_speak"
    reason = _(
        "还不能归档：没有留电话的诉求人在 %(until)s 前还可以说“没有解决”。"
        "到时没有意见，会自动归档。"
    )


class NoSuchCase(Refused):
    code = "no_such_case"
    reason = _("没有找到编号为“%(number)s”的工单，请核对后再填。")


class SameCase(Refused):
    code = "same_case"
    reason = _("不能把工单并入它自己。")


class PromisedEarlier(Refused):
    code = "promised_earlier"
    reason = _(
        "%(number)s 已经承诺了答复的日子，%(master)s 还没有承诺，或者承诺得更晚。"
        "请反过来，把 %(master)s 并入 %(number)s。"
    )


class AnsweredAlready(Refused):
    code = "answered_already"
    reason = _(
        "%(master)s 已经答复，后并入的人收不到那份答复。请单独答复 %(number)s，可以参考那份答复。"
        "如果那件其实没有解决，请先登记“没有解决”，重新办理后再并入。"
    )


class AnsweredInConfidence(Refused):
    code = "answered_in_confidence"
    reason = _(
        "%(master)s 里有要求身份保密的诉求，而且已经答复过，不再并入别人。请单独办理 %(number)s。"
    )


class CannotUnmerge(Refused):
    code = "cannot_unmerge"
    reason = _("主单已经变动，暂时不能拆分。请先恢复主单。")


class TooManyPhotos(Refused):
    code = "too_many_photos"
    reason = _(
        "一件诉求最多放 %(most)s 张照片，已经有 %(kept)s 张。请只留最要紧的，别的用文字说明。"
    )


class KeyReused(Refused):
    code = "key_reused"
    reason = _(
        "这张表单上次提交的内容已经收到（回执 %(number)s），与这次不同。"
        "要改保密、补电话或照片，请打开那份回执补充；如果这次说的是另一件事，请再提交一次。"
    )


class AlreadySent(Refused):
    code = "already_sent"
    reason = _("这张表单已经提交过一次，内容与这次不同。如果这一份也要提交，请再按一次。")


class NotWanted(Refused):
    code = "callback_not_wanted"
    reason = _("这位诉求人没有留下联系方式，不需要回访。")


class RemindedToday(Refused):
    code = "reminded_today"
    reason = _("今天已经催办过了，承办单位已经看到。如有新情况，可以补充说明。")


class WrongReceipt(Refused):
    """One sentence for a wrong number and a wrong code: looking does not tell which exists."""

    code = "wrong_receipt"
    status = 404
    reason = _("没有找到这份回执。请核对编号和查询码，一个字都不能错。")


class CodeRenewed(Refused):
    """For who holds the code of before: what it opened is somebody else's now."""

    code = "code_renewed"
    status = 410
    reason = _(
        "这件事换了经办人，原来的链接和查询码已经作废，名单和进度都不再显示。"
        "现在的经办人请用换人时给出的新链接；没有拿到的，请打窗口专人的电话，核实以后补发。"
    )


class NotPublic(Refused):
    code = "not_public"
    reason = _("身份保密的诉求，答复不能公开。")


class NothingOpen(Refused):
    code = "nothing_open"
    reason = _("没有需要处理的事项，页面可能已经过时。")


class SameKind(Refused):
    code = "same_kind"
    reason = _("工单已经是这个类型。")


class UnitNeeded(Refused):
    code = "unit_needed"
    reason = _("同意退单时，请选改派给哪个单位。")


class HelpsAlready(Refused):
    code = "helps_already"
    reason = _("这个单位已经在办理这件工单。")


class NoHandlerThere(Refused):
    code = "no_handler_there"
    reason = _("工号 %(badge)s 不是承办单位的承办人员，请另选一位。")


class HandlesAlready(Refused):
    code = "handles_already"
    reason = _("这件工单已经由工号 %(badge)s 承办。")


class NothingChosen(Refused):
    code = "nothing_chosen"
    reason = _("还没有选工单。请回到工单列表，在要办的工单前打勾。")


class TooManyChosen(Refused):
    code = "too_many_chosen"
    reason = _("一次最多成批办理 %(most)s 件。请分几次办。")


class Stopped(Refused):
    code = "stopped"
    reason = _("已停止，这一件没有办。")


class Broken(Refused):
    """A bug, told in words: what went wrong stands in the log."""

    code = "broken"
    reason = _("办理时出错，这一件没有办成，内容没有改动。错误已经记录，请告诉系统管理员。")


class PutOff(Refused):
    """No refusal yet: what the database could not do just now is tried again."""

    code = "put_off"
    reason = _("正有人在办这一件，稍后会自动接着办。")


class ChangedMeanwhile(Refused):
    code = "changed_meanwhile"
    reason = _("您打开以后，同事已经改过这一篇。请复制您写的内容，重新打开，再改一次。")


class OwnerElsewhere(Refused):
    code = "owner_elsewhere"
    reason = _("负责人要是这个单位的工作人员，请另选一位。")


class TitleTaken(Refused):
    code = "title_taken"
    reason = _("这个单位已经有同样标题的常用语，请换一个标题。")


class ReviewInThePast(Refused):
    code = "review_in_the_past"
    reason = _("复核日期必须晚于今天。")


class ReviewTooFar(Refused):
    code = "review_too_far"
    reason = _("复核日期最远可定在 %(days)s 天以后。到时仍然办不了，可以再申请。")


class TooLateToPause(Refused):
    code = "too_late_to_pause"
    reason = _("到期时间已过，不能再申请挂起。请尽快答复，并向诉求人说明原因。")


class AnsweredTogether(Refused):
    code = "answered_together"
    reason = _("合并以后已经一起答复，诉求人都看到了，不能再拆分。如果没有解决，可以重新办理。")


class CannotImport(Refused):
    code = "cannot_import"
    reason = _(
        "工号 %(badge)s 不能为“%(unit)s”导入留言：导入的人要同时是这个单位的派单员和承办人员。"
    )


class NumberTaken(Refused):
    code = "number_taken"
    reason = _(
        "留言编号 %(number)s 已经用于另一段留言（%(submission)s），请核对编号。原来的留言没有改动。"
    )


class ReplyTaken(Refused):
    code = "reply_taken"
    reason = _(
        "%(submission)s 已有别的答复，或者已由工作人员办理，这一行的答复没有导入。请在工单里答复。"
    )


class OtherPerson(Refused):
    code = "other_person"
    reason = _(
        "%(number)s 和 %(master)s 看不出是同一个人说的，不能算催办。是同一件事的话，请用“并单”。"
    )


class TooManyViews(Refused):
    code = "too_many_views"
    reason = _("常用列表最多存 %(most)s 个。请先去掉一个不用的。")


class StillOpen(Refused):
    code = "still_open"
    reason = _("%(numbers)s 还在办理，要靠这些内容联系和答复。请等办结，或者先撤回，再删除。")


class AlreadyErased(Refused):
    code = "already_erased"
    reason = _("这件诉求里的个人信息已经删除，没有可以再办的。")


class NothingKept(Refused):
    code = "nothing_kept"
    reason = _("这件诉求没有留下姓名、电话和住址，没有可以更正的。")


class NothingCorrected(Refused):
    code = "nothing_corrected"
    reason = _("请至少填一项更正后的内容。")


class ReceiptNotEnough(Refused):
    code = "receipt_not_enough"
    reason = _(
        "回执只证明这一件是他的。要涉及用同一电话提交的其他诉求，"
        "请当面看身份证件，或者拨打所留电话核对。"
    )


class NotGranted(Refused):
    code = "not_granted"
    reason = _("这份副本还没有同意，或者已经过了可以取走的 %(days)s 天。需要时请再申请。")
