"""What the page that verifies a receipt says."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Spoken by verify.js, in the browser.
SPOKEN: dict[str, str | Promise] = {
    "empty": _("请先把回执的内容贴进来，或者选择回执文件。"),
    "no_crypto": _(
        "这个页面没有通过 https 打开，浏览器因此不提供密码运算，无法在这里核验。"
        "请改用 https 网址，或者用命令 mingchuang verify 核验。"
    ),
    "holds": _("这条记录原样写在台账的第 %(place)s 条；签名时台账共有 %(size)s 条记录。"),
    "fails": _("这份回执没有通过核验。"),
    "in_tree": _("记录与检查点里的根哈希吻合：它的位置是第 %(place)s 条，当时共有 %(size)s 条。"),
    "says": _("记录写的是：%(at)s，%(subject)s，%(deed)s。"),
    "happened": _("%(noun)s·%(deed)s"),
    "private": _("不公开的内容在台账里只留下指纹，猜不出原文：%(digest)s"),
    "signed": _("检查点的签名有效，签名的是 %(origin)s。"),
    "no_ed25519": _(
        "这个浏览器还不会验证 Ed25519 签名，所以“检查点是不是台账签的”这一步没有做。"
        "请换用新版浏览器再试，或者用命令 mingchuang verify 完成这一步。"
    ),
    "same_key": _(
        "回执的公钥与本页显示的相同。本页也来自同一台服务器，"
        "请再与张贴在大厅、印在公告上的公钥核对一次：%(key)s"
    ),
    "other_key_here": _(
        "回执的公钥不是本页显示的这一把，它可能是伪造的。如果它出自别的台账，"
        "请把那本台账的公钥填在“公钥”一栏再核验。回执的公钥是：%(key)s"
    ),
    "unpinned": _("公钥还没有核对，见最后一行。"),
    "pinned_key": _("回执的公钥与您给出的公钥相同。"),
    "own_key": _(
        "它是用回执自带的公钥核验的。要确信这是真正的台账，请与张贴在大厅、印在公告上的公钥"
        "核对：%(key)s"
    ),
    "bad_pinned_key": _("您给出的公钥不完整，请从头到尾原样抄写。"),
    "kept_not_ours": _("您保存的检查点不是用这把密钥签的，或者没有抄完整。"),
    "kept_same": _("您保存的检查点与回执的检查点一致。"),
    "kept_grew": _(
        "从您保存的检查点（%(first)s 条）到回执的检查点（%(second)s 条），"
        "台账只增加过，没有改动过。"
    ),
    "kept_broken": _(
        "您保存的检查点与回执的检查点互相矛盾：台账被重写过。请保留这两份文件并向监督部门反映。"
    ),
    "kept_unknown": _("没有取到两个检查点之间的证明，这一步没有做。请联网后再试。"),
    "not_fetched": _("没有取到这条记录的回执：它也许还没有封存，请稍后再试。"),
}

# The two halves of a verb, `room.happened`, and the names of facts.
# What is missing here is shown as it is written.
