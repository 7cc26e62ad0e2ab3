"""What the ledger refuses, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import NotFound, Refused


class NothingSealed(NotFound):
    code = "nothing_sealed"
    reason = _("台账里还没有封存过记录。第一条记录写下后，一分钟之内就会封存，请稍后再来。")


class NotSealedYet(NotFound):
    code = "not_sealed_yet"
    reason = _("这条记录刚刚写下，还没有封存。请一分钟后再来取凭据。")


class NoSuchEntry(NotFound):
    code = "no_such_entry"
    reason = _("台账里还没有封存过这样的记录。请核对编号；如果是刚刚提交的，请一分钟后再来。")


class BeyondTheBook(Refused):
    code = "beyond_the_book"
    reason = _("台账目前封存了 %(size)s 条记录，没有您要的那一段。请换一个小一些的数。")


class NotThere(BeyondTheBook):
    """An address of the ledger where nothing stands yet: a client of tiles expects 404."""

    code = "not_there"
    status = 404


class Damaged(Refused):
    code = "ledger_damaged"
    status = 503
    reason = _("台账的存储缺了一块，暂时给不出证明。请通知管理员运行 mingchuang audit 检查。")


class WrongNumbers(Refused):
    code = "wrong_numbers"
    reason = _("请用整数写明要证明哪一段。%(wrong)s")


class KeyLost(Refused):
    """For whoever keeps the house; a resident can only come back later."""

    code = "ledger_key_lost"
    status = 503
    reason = _(
        "台账的签名密钥不见了。请管理员从备份恢复 MINGCHUANG_HOME 下的 keys/ledger；"
        "新造的密钥打不开已经签过名的检查点。"
    )


class KeyUnusable(KeyLost):
    code = "ledger_key_unusable"
    reason = _(
        "台账的签名密钥读不出来，或者不是 32 个字节。请管理员从备份恢复 MINGCHUANG_HOME 下的"
        " keys/ledger。"
    )


class OtherSigner(Refused):
    code = "ledger_other_signer"
    status = 503
    reason = _(
        "台账最新的检查点是以“%(origin)s”的名义签的，现在的密钥和名称打不开它：%(key)s。"
        "请管理员从备份恢复 MINGCHUANG_HOME 下的 keys/ledger，或者把 MINGCHUANG_ORIGIN 改回原样，"
        "再运行 mingchuang audit 检查。"
    )


class Forked(Refused):
    """What is sealed behind a checkpoint that somebody already has contradicts it for ever."""

    code = "ledger_forked"
    reason = _(
        "本机保存的检查点有 %(kept)s 条记录，数据库里的台账只有 %(size)s 条，或者与它不符，"
        "可能恢复了旧的备份。再往下封存，两本台账就会互相矛盾。请先恢复最新的备份，"
        "再运行 mingchuang audit 检查。"
    )
