"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NoSuchLine(Refused):
    code = "no_such_line"
    status = 404
    reason = _("这里没有这个队列。")


class WrongStep(Refused):
    code = "wrong_visit_step"
    reason = _("%(number)s 现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class AtNoWindow(Refused):
    code = "at_no_window"
    reason = _("您还没有上岗。请先选择窗口上岗。")


class WindowTaken(Refused):
    code = "window_taken"
    reason = _("%(window)s 号窗口已有工号 %(badge)s 在岗。请另选窗口，或者请对方先下岗。")


class AtAnotherWindow(Refused):
    code = "at_another_window"
    reason = _("您已在 %(window)s 号窗口上岗。请先在那里下岗。")


class StillServing(Refused):
    code = "still_serving"
    reason = _("%(number)s 还在您的窗口。请先办完、过号或转走，再叫下一位。")


class NobodyWaits(Refused):
    code = "nobody_waits"
    reason = _("现在没有人在等。")


class IsAway(Refused):
    code = "is_away"
    reason = _("窗口正在暂停。请先恢复，再叫号。")


class ReasonNeeded(Refused):
    code = "reason_needed"
    reason = _("不按顺序叫号，请写明理由。")


class AtTheirWindow(Refused):
    code = "at_their_window"
    reason = _("%(number)s 正在别的窗口，要由那里转走。")


class OthersTurn(Refused):
    code = "others_turn"
    reason = _("您按下时，页面已经不是最新，那一步没有办。请看现在的情况。")


class PrefixTaken(Refused):
    code = "prefix_taken"
    reason = _("这个场所已有字头为 %(prefix)s 的队列，也可能已停用。请换一个字头，或者重新启用它。")


class LineStillNeeded(Refused):
    code = "line_still_needed"
    reason = _("还有 %(many)s 位在这个队列里，或者已经约好。办完或改约以后才能停用。")


class RotaOverlaps(Refused):
    code = "rota_overlaps"
    reason = _("同一天的时间不能重叠。")


class NotTakenInThere(Refused):
    code = "not_taken_in_there"
    reason = _("%(window)s 号窗口不办“%(line)s”。请另选窗口，或者只转到队列。")


class NoSuchSlot(Refused):
    code = "no_such_slot"
    status = 404
    reason = _("没有这个时段。请重新选择。")


class SlotFull(Refused):
    code = "slot_full"
    reason = _("这个时段刚刚约满了。请另选一个时段，您填写的内容还在。")


class SlotOver(Refused):
    code = "slot_over"
    reason = _("这个时段已经过了。请另选一个时段。")


class TooFarAhead(Refused):
    code = "too_far_ahead"
    reason = _("只能预约 %(days)s 天以内的时段。")


class BookedEnough(Refused):
    code = "booked_enough"
    reason = _("这个电话当天已有 %(most)s 个预约。请先办完或取消一个，再约。")


class NotYetTime(Refused):
    code = "not_yet_time"
    reason = _("来早了。请在 %(since)s 以后取号。")


class CameTooLate(Refused):
    code = "came_too_late"
    reason = _("预约的时段已经过了。请在取号机上取一个新号。")


class NoRecording(Refused):
    code = "no_recording"
    reason = _("打不开文件“%(path)s”。请核对文件名，以及您能不能读它。")


class NotARecording(Refused):
    code = "not_a_recording"
    reason = _("“%(path)s”不是取号屏的记录：第一行应当写着 %(columns)s（CSV，可以压缩成 .gz）。")


class BrokenRecording(Refused):
    code = "broken_recording"
    reason = _("“%(path)s”第 %(line)s 行以后已经损坏，读不出来。请重新取得这个文件。")


class TooFewDays(Refused):
    code = "too_few_days"
    reason = _("“%(path)s”里没有可以评分的等候：至少要有两天，第二天起才评分。")
