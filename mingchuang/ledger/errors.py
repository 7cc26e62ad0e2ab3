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
