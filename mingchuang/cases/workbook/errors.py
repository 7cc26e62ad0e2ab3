"""How a workbook says no, before its first row is read."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NoFile(Refused):
    code = "no_file"
    reason = _("打不开文件“%(path)s”。请核对文件名，以及您能不能读它。")


class Locked(Refused):
    code = "locked_workbook"
    reason = _(
        "“%(path)s”设了打开密码，或者是旧的 .xls 格式。"
        "请在表格软件里去掉密码，另存为 .xlsx 后再试一次。"
    )


class NotAWorkbook(Refused):
    code = "not_a_workbook"
    reason = _("“%(path)s”不是完好的 .xlsx 工作簿。请在表格软件里打开它，另存为 .xlsx 后再试一次。")


class TooLarge(Refused):
    code = "workbook_too_large"
    reason = _("“%(path)s”展开后超过 1 GB。请分成几个文件，一份一份来。")


class HasMacros(Refused):
    code = "workbook_with_macros"
    reason = _("“%(path)s”带有宏。请在表格软件里另存为不带宏的 .xlsx 工作簿，再试一次。")


class Broken(Refused):
    code = "broken_workbook"
    reason = _(
        "“%(path)s”第 %(row)s 行以后已经损坏，读不出来。请修好文件后再试一次，已经收下的不会重复。"
    )


class CannotWrite(Refused):
    code = "cannot_write"
    reason = _("不能把有问题的行写到“%(path)s”。请用 --faults 换一个文件名或者文件夹。")


class NoLetters(Refused):
    code = "no_letters"
    reason = _("“%(path)s”里没有留言：第一行应当写着%(needed)s，以及可以没有的%(answer)s。")
