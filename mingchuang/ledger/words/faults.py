"""What does not fit, in a receipt and in the whole ledger."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingchuang.ledger.rules.audit import Code, Fault
from mingchuang.ledger.rules.receipt import Flaw

FLAWS: dict[str, str | Promise] = {
    Flaw.UNREADABLE: _("这不是一份完整的回执。请把回执文件的全部内容原样放进来。"),
    Flaw.OTHER_KEY: _("回执用的不是您给出的公钥。它可能出自另一本台账，也可能是伪造的。"),
    Flaw.BAD_SIGNATURE: _("检查点的签名对不上：这份回执不是用它所写的密钥签的，或者被改动过。"),
    Flaw.OTHER_SIZE: _("回执写的台账条数，与签过名的检查点不一致。"),
    Flaw.NOT_CANONICAL: _("记录的写法不规范，可能被人重新编排过。"),
    Flaw.NOT_INCLUDED: _("这条记录不在签过名的台账里：它的内容、位置或证明被改动过。"),
}

FAULTS: dict[str, str | Promise] = {
    Code.CHANGED: _("第 %(index)s 号记录被改动过：它与封存时不一样。"),
    Code.MISSING: _("第 %(first)s 号到第 %(last)s 号记录不见了。"),
    Code.TWICE: _("第 %(index)s 号位置上有两条记录。"),
    Code.UNREADABLE: _("从第 %(index)s 号起，有记录已经无法读出，后面的没有核对。"),
    Code.UNSIGNED: _("第 %(first)s 号到第 %(last)s 号记录有位置，却没有签过名的检查点。"),
    Code.TILE: _("第 %(level)s 层第 %(position)s 块的哈希与它下面的记录不符。"),
    Code.SURPLUS: _("第 %(level)s 层的哈希比封存的记录多。"),
    Code.FORGED: _("%(size)s 条记录时的检查点不是本台账的密钥签的，或者被改动过。"),
    Code.OTHER_ROOT: _("%(size)s 条记录时的检查点与现在的记录不符。"),
    Code.KEPT_NOT_OURS: _("您保存的第 %(number)s 份检查点不是本台账的密钥签的，或者被改动过。"),
    Code.KEPT_OTHER: _("您保存的 %(size)s 条记录时的检查点与现在的记录不符：台账被重写过。"),
    Code.KEPT_LONGER: _("您保存的检查点有 %(size)s 条记录，现在只剩 %(found)s 条：台账被截短了。"),
    Code.PRIVATE_CHANGED: _("%(subject)s 的私密内容被改动过：它与记入台账时的指纹不符。"),
    Code.NO_PLACE: _("有记录的位置是 %(index)s，台账里没有这样的位置。"),
    Code.NO_KEY: _(
        "台账的签名密钥 keys/ledger 不见了或者不能用，检查点的签名没有核对。请从备份恢复这个文件。"
    ),
    Code.UNGUARDED: _("数据库里防止改写台账的触发器 %(name)s 不见了，或者被改过。"),
}


def sentence_of(fault: Fault) -> str:
    """Say what an audit found."""
    return str(FAULTS[fault.code]) % fault.facts
