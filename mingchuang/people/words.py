"""How the nouns of this room are written on a page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.people.rules.roles import Role

ROLES = {
    Role.RECEPTION.value: _("前台接待"),
    Role.DISPATCHER.value: _("派单员"),
    Role.HANDLER.value: _("承办人员"),
    Role.CALLBACK.value: _("回访员"),
    Role.SUPERVISOR.value: _("督办员"),
    Role.CONVENOR.value: _("议事召集人"),
    Role.AUDITOR.value: _("审计员"),
    Role.ADMINISTRATOR.value: _("系统管理员"),
}
UNIT_KINDS = {
    "city": _("市、区"),
    "bureau": _("部门"),
    "hall": _("办事大厅"),
    "community": _("社区"),
}
REQUESTER_KINDS = {"individual": _("个人"), "organisation": pgettext_lazy("requester", "单位")}
# A category a person names themself, never a diagnosis.
NEEDS = {
    "": _("无"),
    "elderly": _("老年人"),
    "disabled": _("残疾人"),
    "pregnant": _("孕妇"),
    "ill": _("病患"),
    "other_need": _("其他需要照顾"),
}
# How somebody wants to be reached: a wish, and no reason for it.
CONTACTS = {"": _("打电话、发短信都可以"), "text": _("只发短信，请不要打电话")}
LANGUAGES = {"zh-hans": _("中文"), "en": "English"}
REVEAL_REASONS = {
    "call_requester": _("联系诉求人"),
    "visit_site": _("上门或到现场办理"),
    "check_identity": _("核对身份"),
    "deliver": _("邮寄或送达"),
    "review": _("督办复核"),
}
