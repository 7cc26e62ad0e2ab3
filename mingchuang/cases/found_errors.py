"""How the lost property office says no."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class WrongThingStep(Refused):
    code = "wrong_thing_step"
    reason = _("这件东西现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class WrongSearchStep(Refused):
    code = "wrong_search_step"
    reason = _("这份报失现在是“%(state)s”，不能这样办。")
    advice = _("页面可能已经过时，请刷新后再看。")


class TwoPeopleNeeded(Refused):
    code = "two_people_needed"
    reason = _("贵重物品和证件要两个人一起清点、交接。请填另一位在场同事的工号。")


class NoSuchColleague(Refused):
    code = "no_such_colleague"
    reason = _("没有工号为“%(badge)s”的在职同事，请核对。")


class FoundInTheFuture(Refused):
    code = "found_in_the_future"
    reason = _("拾到的时间还没有到，请核对。")


class AnnouncedAlready(Refused):
    code = "announced_already"
    reason = _("招领公告已经在 %(on)s 发布。一年从那一天起算，不能重发。")


class NotAnnounced(Refused):
    code = "not_announced"
    reason = _("%(number)s 还没有发布招领公告，一年没有起算，不能按无人认领处理。")


class StillTheirs(Refused):
    code = "still_theirs"
    reason = _("%(number)s 要保管到 %(until)s，失主还可能来领。")


class NotSigned(Refused):
    code = "not_signed"
    reason = _("请认领人先在认领单上签名，再交出东西。")


class NoMandate(Refused):
    code = "no_mandate"
    field = "mandated"
    reason = _("代领的，请收下签了名的委托书，看过两个人的证件，勾选后再交出东西。")


class ClaimedByAnother(Refused):
    code = "claimed_by_another"
    reason = _("这件东西刚刚已由别人领走，请刷新后再看。")


class NothingChosen(Refused):
    code = "nothing_chosen"
    reason = _("请选要移交的东西。")


class LostInTheFuture(Refused):
    code = "lost_in_the_future"
    reason = _("丢东西的日子还没有到，请核对。")


class ReportedEnough(Refused):
    code = "reported_enough"
    reason = _("这个电话已经有 %(most)s 份报失还在找。同一件东西不用再报；有变化，请打大厅电话。")


class AddedEnough(Refused):
    code = "added_enough"
    reason = _("已经补充过 %(most)s 次，不能再补。还有要说的，请打大厅电话，或者来认领时当面说。")


class ForgottenAlready(Refused):
    code = "thing_forgotten"
    reason = _("%(number)s 的记录已按规定删除，认不出是谁的了，不能再收回保管。")
