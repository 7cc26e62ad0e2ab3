"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class Taken(Refused):
    code = "taken"
    reason = _("“%(given)s”已经有人使用，请换一个。")


class WronglyEntered(Refused):
    code = "wrongly_entered"
    reason = _("没有保存。%(why)s")


class ParentNeeded(Refused):
    code = "parent_needed"
    reason = _("请选择上级单位：您只能在自己管理的单位下面增设单位。")


class OwnPost(Refused):
    code = "own_post"
    reason = _("不能给自己安排或者延长岗位，请让另一位管理员来办。")


class EndsBeforeItBegan(Refused):
    code = "ends_before_it_began"
    reason = _("“止”不能早于“起”（%(since)s）。请改一个晚一些的时间。")


class AlreadyHeld(Refused):
    code = "already_held"
    reason = _("这个人在这个单位已经担任这个岗位。")


class ReasonNeeded(Refused):
    code = "reason_needed"
    reason = _("查看诉求人的完整信息前，请先选择一个理由。")


class KeysInUse(Refused):
    code = "keys_in_use"
    reason = _("还有 %(rows)s 行内容由旧密钥保护，旧密钥没有移除。请再运行一次。")


class UnknownColleague(Refused):
    code = "unknown_colleague"
    status = 403
    reason = _(
        "统一身份认证已经通过，但本系统没有与您已验证邮箱对应的工作人员账号。请联系管理员登记您的邮箱。"
    )


class SignOnSilent(Refused):
    code = "sign_on_silent"
    status = 503
    reason = _("统一身份认证服务暂时没有响应。请稍后再试，或者用本系统的用户名和密码登录。")


class MailNotSent(Refused):
    code = "mail_not_sent"
    status = 503
    reason = _("邮件暂时没有发出去。请稍后再试，或者请管理员帮您重设密码。")


class NotOpenYet(Refused):
    code = "not_open_yet"
    status = 503
    reason = _("这里还没有建立受理单位，暂时不能受理。您写的内容还在，请稍后再提交。")


class SignedOut(Refused):
    code = "signed_out"
    status = 401
    reason = _(
        "登录已经结束，这一步没有办成。请在另一个窗口重新登录，"
        "再按浏览器的“返回”：您写的内容还在，请再提交一次。"
    )
