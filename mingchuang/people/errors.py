"""What this room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class Taken(Refused):
    code = "taken"
    reason = _("“%(given)s”已经有人使用，请换一个。")


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
