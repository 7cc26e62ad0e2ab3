"""What an audit of the whole house says in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingchuang.cases.found_words import FAULTS as THING_FAULTS
from mingchuang.cases.words import FAULTS as CASE_FAULTS
from mingchuang.council.words.faults import FAULTS as COUNCIL_FAULTS
from mingchuang.ledger.words.faults import FAULTS as LEDGER_FAULTS
from mingchuang.reviews.words.inspections import FAULTS as INSPECTION_FAULTS
from mingchuang.visits.words.faults import FAULTS as VISIT_FAULTS

FAULTS: dict[str, str | Promise] = {
    **LEDGER_FAULTS,
    **CASE_FAULTS,
    **THING_FAULTS,
    **VISIT_FAULTS,
    **COUNCIL_FAULTS,
    **INSPECTION_FAULTS,
    "received_at": _("%(case)s 的收到时间是“%(stands)s”，台账说的是“%(tells)s”。"),
    "area": _("%(case)s 的地段是“%(stands)s”，台账说的是“%(tells)s”。"),
    "kind": _("%(case)s 的类型是“%(stands)s”，台账说的是“%(tells)s”。"),
    "urgency": _("%(case)s 的紧急程度是“%(stands)s”，台账说的是“%(tells)s”。"),
    "intake_unit": _("%(case)s 的受理单位是“%(stands)s”，台账说的是“%(tells)s”。"),
    "responsible_unit": _("%(case)s 的主办单位是“%(stands)s”，台账说的是“%(tells)s”。"),
    "handler": _("%(case)s 的承办人是“%(stands)s”，台账说的是“%(tells)s”。"),
    "replied_at": _("%(case)s 的答复时间是“%(stands)s”，台账说的是“%(tells)s”。"),
    "ended_at": _("%(case)s 的办结时间是“%(stands)s”，台账说的是“%(tells)s”。"),
    "master": _("%(case)s 的主单是“%(stands)s”，台账说的是“%(tells)s”。"),
    "confidential": _("%(case)s 的保密标记是“%(stands)s”，按它的诉求应当是“%(tells)s”。"),
    "moved": _("%(subject)s 的 %(verb)s 记在这里，它的内容现在却挂在 %(stands)s 名下。"),
    "contradicted": _(
        "%(subject)s 的 %(verb)s：数据库里的 %(what)s 是“%(stands)s”，台账说的是“%(tells)s”。"
    ),
    "phone_index": _("%(subject)s 的电话索引与电话不符，按电话会找错人。"),
    "post": _(
        "%(subject)s 在 %(unit)s 担任 %(role)s，台账里却没有授予这个岗位的记录，或者说它早就结束。"
    ),
    "photo_missing": _("照片文件 %(path)s 不见了（诉求 %(submission)s）。请从备份中找回。"),
    "photo_changed": _(
        "照片文件 %(path)s 已不是当初收下的那一张（诉求 %(submission)s）。请从备份中找回。"
    ),
    "thanks_photo_missing": _("感谢登记的照片文件 %(path)s 不见了。请从备份中找回。"),
    "thanks_photo_changed": _(
        "感谢登记的照片文件 %(path)s 已不是当初收下的那一张。请从备份中找回。"
    ),
    "batch": _("批量 %(case)s 的名单现在是“%(stands)s”，台账说的是“%(tells)s”。"),
    "unread": _("有内容已经无法读出，这一项没有核对完。"),
}
