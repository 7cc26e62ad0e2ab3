"""What an audit finds in the council, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAULTS: dict[str, str | Promise] = {
    "untold": _("%(subject)s 有一条内容（%(which)s），台账里却没有对应的 %(verb)s。"),
    "unsaid": _("台账记着 %(subject)s 的 %(verb)s（%(which)s），数据库里却没有。"),
    "behind_minutes": _("%(subject)s 已经定稿，数据库里的 %(what)s 却与定稿的文字不同。"),
    "shares_unlike": _(
        "%(subject)s 的分摊已经定下，可是有 %(many)s 户的金额与按面积、楼层、减免重新算出来的不同。"
    ),
    "picture_missing": _("议题 %(topic)s 的照片文件 %(path)s 不见了。请从备份中找回。"),
    "picture_changed": _(
        "议题 %(topic)s 的照片文件 %(path)s 已不是当初收下的那一张。请从备份中找回。"
    ),
}
