"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NotCalledYet(Refused):
    code = "not_called_yet"
    reason = _("这个号还没有叫到窗口。请办完以后再评价。")


class TooLateToRate(Refused):
    code = "too_late_to_rate"
    reason = _("叫号已经过了 %(days)s 天，不能再评价了。有话要说，请在首页提交诉求。")


class RatedAlready(Refused):
    code = "rated_already"
    reason = _("%(number)s 已经评价过了。一次来访评价一次。")


class NeverCalledHere(Refused):
    code = "never_called_here"
    reason = _("%(window)s 号窗口今天没有叫过 %(number)s。请核对小票上的号码。")
