"""What a bench, a demo or a gateway cannot do, in words."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class NoSuchBench(Refused):
    code = "no_such_bench"
    reason = _("没有叫“%(name)s”的测量。可以测的是：%(known)s。")


class PeersMissing(Refused):
    code = "peers_missing"
    reason = _("同类软件没有装好：%(why)s。请在源代码目录里运行 mingchuang bench peers，需要联网。")


class ProgramMissing(Refused):
    code = "program_missing"
    reason = _("这项测量要用 %(program)s。请先安装（Debian 软件包 %(package)s）。")


class ProgramFailed(Refused):
    code = "program_failed"
    reason = _("%(program)s 没有做完：%(why)s")


class NotHere(Refused):
    """A bench that cannot run as things are; passed over where nobody asked for it by name."""


class OtherDatabase(NotHere):
    code = "other_database"
    reason = _("这项测量只能在 %(wanted)s 上做。请用 DATABASE_URL 指定数据库，或运行 make bench。")


class NotEmpty(Refused):
    code = "not_empty"
    reason = _("这个数据库里已有内容，合成数据只写进空的数据库。请另外指定一个。")


class NotTheDemoTown(Refused):
    code = "not_the_demo_town"
    reason = _("只有演示城市才能演示。请另外指定一个空的数据库，再运行 mingchuang demo --live。")


class WorkbookWanted(Refused):
    code = "workbook_wanted"
    reason = _("请用 --file 指明一个工作簿：留言主题、留言详情、一级分类三栏都要有。")


class NotLabelled(Refused):
    code = "not_labelled"
    reason = _("这个工作簿里没有可用的栏目：%(columns)s。")


class NotSent(Refused):
    code = "not_sent"
    reason = _("短信没有发出：%(why)s")
