"""Who is missing until a decision binds, and what is still to do, in words (P10)."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from mingchuang.base.templatetags.words import is_chinese
from mingchuang.council.rules.binding import Missing, Verdict
from mingchuang.council.rules.inviting import Todo
from mingchuang.council.words.inviting import TODO
from mingchuang.council.words.sittings import CONCERNED


def what_is_missing(verdict: Verdict) -> list[str]:
    """Return one sentence for everything that stands in the way, none where nothing does."""
    return [*map(_asked, verdict.missing), *_another(verdict), *_quorum(verdict)]


def in_a_row(sentences: Iterable[str]) -> str:
    """Set sentences one after the other: English wants a space between them."""
    return ("" if is_chinese() else " ").join(sentences)


def _asked(missing: Missing) -> str:
    why = _("、").join(str(dict(CONCERNED)[one]) for one in missing.why)
    todo = in_a_row(str(TODO[Todo(one)]) for one in missing.still_to_do)
    said = _("第 %(number)s 号（%(why)s）还没有按规定邀请到：%(todo)s")
    return said % {"number": missing.number, "why": why, "todo": todo}


def _another(verdict: Verdict) -> Iterator[str]:
    if verdict.missing and verdict.has_begun:
        yield _("会议已经开始，现在补邀请不能算数。请改日再议，邀请到以后再开一次会。")


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
