"""Who is missing until a decision binds, and what is still to do, in words (P10)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mingchuang.council.rules.binding import Missing, Verdict
from mingchuang.council.rules.inviting import Todo
from mingchuang.council.words.inviting import TODO, in_a_row, untried
from mingchuang.council.words.sittings import CONCERNED


def what_is_missing(verdict: Verdict) -> list[str]:
    """Return one sentence for everything that stands in the way, none where nothing does."""
    asked = [*_late(verdict), *map(_asked, verdict.missing), *_another(verdict)]
    return [*asked, *_quorum(verdict), *_vote(verdict)]


def how_it_was_voted(verdict: Verdict, option: int) -> str:
    """Say whether a decision may name an option, and what the room said to it."""
    vote = next((one for one in verdict.votes if one.option == option), None)
    if vote is None:
        return _("做法 %(option)s 没有表决过。") % {"option": option}
    said = (
        _("做法 %(option)s 表决通过：同意 %(in_favour)s，不同意 %(against)s。")
        if vote.is_carried
        else _("做法 %(option)s 没有表决通过：同意 %(in_favour)s，不同意 %(against)s。")
    )
    return said % vote._asdict()


def _asked(missing: Missing) -> str:
    why = _("、").join(str(dict(CONCERNED)[one]) for one in missing.why)
    left = [Todo(one) for one in missing.still_to_do]
    todo = in_a_row((str(TODO[one]) for one in left) if missing.was_tried else untried(left))
    said = _("第 %(number)s 号（%(why)s）还没有按规定邀请到：%(todo)s")
    return said % {"number": missing.number, "why": why, "todo": todo}


def _late(verdict: Verdict) -> Iterator[str]:
    if not verdict.warned.is_late:
        return
    said = (
        _("会议只提前 %(days)s 天通知，要提前 %(needed)s 天，通知得太晚。请改日再议，早些通知。")
        if verdict.has_begun
        else _("会议只提前 %(days)s 天通知，要提前 %(needed)s 天，通知得太晚。请往后改期。")
    )
    yield said % verdict.warned._asdict()


def _another(verdict: Verdict) -> Iterator[str]:
    if verdict.missing and verdict.has_begun:
        yield _("会议已经开始，现在补邀请不能算数。请改日再议，邀请到以后再开一次会。")


def _vote(verdict: Verdict) -> Iterator[str]:
    if verdict.has_begun and not verdict.carried:
        yield _("还没有表决通过的做法。同意的要多于不同意的；漏记的表决，请先在会议页登记。")


def _quorum(verdict: Verdict) -> Iterator[str]:
    quorum = verdict.quorum
    if quorum.seats_missing:
        said = _("到会席位 %(present)s 个，需要 %(needed)s 个，还差 %(missing)s 个。")
        yield said % {
            "present": quorum.seats_present,
            "needed": quorum.seats_needed,
            "missing": quorum.seats_missing,
        }
    if quorum.opponents_missing:
        said = _("到会的反对者 %(present)s 人，需要 %(needed)s 人，还差 %(missing)s 人。")
        yield said % {
            "present": quorum.opponents_present,
            "needed": quorum.opponents_needed,
            "missing": quorum.opponents_missing,
        }
