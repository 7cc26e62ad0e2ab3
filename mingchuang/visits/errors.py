"""How a recording of displays is refused."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


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
