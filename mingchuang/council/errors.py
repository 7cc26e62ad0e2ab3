"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


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


class RegisteredAlready(Refused):
    code = "registered_already"
    reason = _("这个电话已经登记在第 %(number)s 号名下。一个电话登记一次。")


class MustNeedsAReason(Refused):
    code = "must_needs_a_reason"
    reason = _("请写明为什么说这件事直接影响对方。")
