"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound, Refused


class NoSuchLine(Refused):
    code = "no_such_line"
    status = 404
    reason = _("这里没有这个队列。")


class WrongStep(Refused):
    code = "wrong_visit_step"
    reason = _("%(number)s 现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class StillWaits(Refused):
    code = "still_waits"
    reason = _("%(number)s 还在排队。请先叫号，叫到了没有来，再记未到。")


class AtNoWindow(Refused):
    code = "at_no_window"
    reason = _("您还没有上岗。请先选择窗口上岗。")


class WindowTaken(Refused):
    code = "window_taken"
    reason = _("%(window)s 号窗口已有工号 %(badge)s 在岗。请另选窗口，或者请对方先下岗。")


class NobodySits(Refused):
    code = "nobody_sits"
    reason = _("%(window)s 号窗口现在没有人在岗。")


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


class ChannelReasonNeeded(Refused):
    code = "channel_reason_needed"
    field = "reason"
    reason = _("这位原来走绿色通道：%(kind)s。要改动或取消，请写明理由。")


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


class NobodySitsThere(Refused):
    code = "nobody_sits_there"
    reason = _("%(window)s 号窗口现在没有人在岗。请另选窗口，或者只转到队列。")


class NoSuchSlot(Refused):
    code = "no_such_slot"
    status = 404
    reason = _("没有这个时段。请重新选择。")


class SlotFull(Refused):
    code = "slot_full"
    reason = _("这个时段刚刚约满了。请另选一个时段。")


class TooFewLeft(SlotFull):
    code = "too_few_left"
    reason = _("这个时段只余 %(left)s 个，放不下您要的 %(wanted)s 个。请另选一个时段，或者分开约。")


class BookingChanged(Refused):
    code = "booking_changed"
    reason = _("这个预约刚才已经改过，现在约的是%(where)s %(when)s。这一步没有办，请看清以后再办。")


class SlotOver(Refused):
    code = "slot_over"
    reason = _("这个时段已经过了。请另选一个时段。")


class NotBooked(NotFound):
    code = "not_booked"
    reason = _("“%(item)s”不用预约，请直接到窗口取号办理。")


class NotDoneThere(Refused):
    code = "not_done_there"
    reason = _("您要办的事不能都在%(site)s办。请少选一样，或者另选地点。")


class NotOfThisLine(Refused):
    code = "not_of_this_line"
    field = "items"
    reason = _("“%(item)s”不在“%(line)s”办。请改选队列，或者另取一个号。")


class TooFarAhead(Refused):
    code = "too_far_ahead"
    reason = _("只能预约 %(days)s 天以内的时段。")


class BookedEnough(Refused):
    code = "booked_enough"
    reason = _("这个电话当天已有 %(most)s 个预约。请先办完或取消一个，再约。")


class NotOffered(Refused):
    code = "not_offered"
    reason = _("现在没有为您留的位子：%(state)s。")
    advice = _("页面可能已经过时，请刷新后再看。")


class HeldNoLonger(Refused):
    code = "held_no_longer"
    reason = _("确认的时间已经过了，位子让给了后面的人。还想去，请再候补一次。")


class NotFull(Refused):
    code = "not_full"
    reason = _("这一天还有空位，不用候补。请直接预约。")


class NothingThatDay(Refused):
    code = "nothing_that_day"
    reason = _("这一天没有可以预约的时段了。请另选一天。")


class NothingThatHalf(Refused):
    code = "nothing_that_half"
    field = "part"
    reason = _("这一天的这半天没有可以约的时段。请改选另外半天，或者“全天都可以”。")


class StandsByAlready(Refused):
    code = "stands_by_already"
    reason = _("这个电话已经在候补这一天，不用再登记。")


class DayShut(Refused):
    code = "day_shut"
    reason = _("这一天大厅临时休息，约不了。请另选一天。")


class DrawnFirst(Refused):
    code = "drawn_first"
    reason = _("这一天的号先报名、再摇号。摇号以后剩下的，才能直接预约。")


class NotReleased(Refused):
    code = "not_released"
    reason = _("这一天的号还没有放。放号以后先报名、再摇号，请留意节假日预约。")


class NotOpenSpecially(Refused):
    code = "not_open_specially"
    reason = _("%(site)s这一天没有安排节假日开放。请系统管理员先登记特别开放时间。")


class ReleasedAlready(Refused):
    code = "released_already"
    reason = _("%(line)s这一天已经放过号。")


class QuotaTooLarge(Refused):
    code = "quota_too_large"
    reason = _("这一天这个队列只有 %(most)s 个位子，放不了这么多号。")


class ClosesTooLate(Refused):
    code = "closes_too_late"
    reason = _("报名要在将来结束，而且在办事那一天以前，来得及摇号、告诉大家。")


class SignUpShut(Refused):
    code = "sign_up_shut"
    reason = _("现在不能报名：报名从 %(since)s 开始，到 %(until)s 结束。")


class SignedUpAlready(Refused):
    code = "signed_up_already"
    reason = _("这个电话已经报过名，不用再报。")


class NotSignedUp(Refused):
    code = "not_signed_up"
    reason = _("报名已经撤回，或者已经摇过号。")
    advice = _("页面可能已经过时，请刷新后再看。")


class NotYetClosed(Refused):
    code = "not_yet_closed"
    reason = _("报名还没有结束，不能摇号。报名到 %(until)s 为止。")


class NotSealedYet(Refused):
    code = "list_not_sealed_yet"
    reason = _("名单已经固定，等台账封存后才有随机数，一般几秒钟。请稍后再点一次。")


class NotYetTime(Refused):
    code = "not_yet_time"
    reason = _("来早了。请在 %(since)s 以后取号。")


class CameTooLate(Refused):
    code = "came_too_late"
    reason = _("预约的时段已经过了。请在取号机上取一个新号。")


class NotOpenNow(Refused):
    code = "not_open_now"
    reason = _("“%(line)s”现在不取号。请看开放时间，或者先预约。")


class NumbersEnough(Refused):
    code = "numbers_enough"
    reason = _("您已有 %(most)s 个号还没有到场。请先到大厅，或者取消一个，再取新号。")


class NotInTheHall(Refused):
    code = "not_in_the_hall"
    reason = _("到场码不对，或者不是今天的。请扫大厅里的二维码，或者照着二维码下面的字再输一次。")


class NotItsDay(Refused):
    code = "not_its_day"
    reason = _("这个号是 %(day)s 的，今天不能用。请当天再来；已经过期的，请重新取号。")


class NoSuchBooking(Refused):
    code = "no_such_booking"
    reason = _("没有找到今天在这里的预约。请核对 8 位数字，或者到咨询台询问。")


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


class WrongAssistStep(Refused):
    code = "wrong_assist_step"
    reason = _("这次陪办现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class NotTimeToMeet(Refused):
    code = "not_time_to_meet"
    reason = _("约定的时间是 %(when)s，提前 15 分钟起才能登记。")


class TakenByAnother(Refused):
    code = "taken_by_another"
    reason = _("已由工号 %(badge)s 接下。您可以去陪别的人。")


class NotYours(Refused):
    code = "not_yours"
    reason = _("现在由工号 %(badge)s 陪，要由对方来办。")


class StillAccompanying(Refused):
    code = "still_accompanying"
    reason = _("工号 %(badge)s 正在陪别的人。请先陪完，或者交给另一位同事。")


class NoSuchCompanion(Refused):
    code = "no_such_companion"
    reason = _("这位同事不在这个大厅陪办。请另选一位。")


class AskedEnough(Refused):
    code = "asked_enough"
    reason = _("已经约了 %(most)s 次陪办，一来一回够了。要改，请先取消一次。")


class AskedForThen(Refused):
    code = "asked_for_then"
    field = "clock"
    reason = _("这次来办事，%(when)s已经约了陪办。不用再约；送来和接走分两次约的，请隔开一小时。")


class DoorsShut(Refused):
    code = "doors_shut"
    reason = _("大厅那时不开门。请另选一个时间。")


class TimeOver(Refused):
    code = "time_over"
    reason = _("这个时间已经过了。请另选一个时间。")


class TooEarlyToAsk(Refused):
    code = "too_early_to_ask"
    reason = _("只能约 %(days)s 天以内的陪办。")


class NothingMissing(Refused):
    code = "nothing_missing"
    reason = _("请勾选缺的材料。办事指南里没有写的材料，不能要求补。")


class NotThatDay(Refused):
    code = "not_that_day"
    reason = _("补交的日期要从今天起、两个月以内。")


class ShutThatDay(Refused):
    code = "shut_that_day"
    reason = _("那一天大厅不开门，请另选一天。")


class ToldOnce(Refused):
    code = "told_once"
    reason = _("这次来访的“%(item)s”已经一次性告知过，不能再加。请按告知过的材料办。")


class AnotherNumber(Refused):
    code = "another_number"
    reason = _("这位已经登记过，提醒只发到登记的手机，不能另填。请把手机这一栏留空。")


class NothingToRemindOf(Refused):
    code = "nothing_to_remind_of"
    field = "phone"
    reason = _("没有填补齐的日期，就没有提醒可发。请填上日期，或者把手机这一栏留空。")


class BroughtAlready(Refused):
    code = "brought_already"
    reason = _("这份已经记为补齐，或者已经不再等了。")


class NotTwo(Refused):
    code = "not_two"
    reason = _("上门须两位同事一起去，请选两位不同的人。")


class NotThenAtHome(Refused):
    code = "not_then_at_home"
    reason = _("请约一个从今天起的日子；开始要早于结束，前后不超过 %(hours)s 小时。")


class WrongHomeStep(Refused):
    code = "wrong_home_step"
    reason = _("这次上门现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class NotDoneAtHome(Refused):
    code = "not_done_at_home"
    reason = _("这个大厅不办这件事，请另选。")
