"""The minutes of a sitting as a Word file, from the same record as the page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import docx
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from docx.document import Document
from docx.shared import Mm

from mingchuang.base.templatetags.words import clock, day, moment
from mingchuang.base.typing import Text
from mingchuang.cases.rules.photo import Photo, small
from mingchuang.council.templatetags.recorded import as_day, as_moment, named

if TYPE_CHECKING:
    from mingchuang.council.models import Decision, Minutes

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Record = Mapping[str, Any]
Lines = Iterator[str]
# A file that is sent around stays small: a picture has so many pixels a side, and so much room.
SIDE, WIDTH, HEIGHT = 1000, Mm(140), Mm(100)
# Room to sign by hand.
LINE = Mm(11)


class Standing(NamedTuple):
    """How minutes stand, and what came after them: a decision that was posted, objections."""

    written: "Minutes"
    decision: "Decision | None" = None
    objections: int = 0


def minutes_file(record: Record, photos: Mapping[int, Photo], stands: Standing) -> bytes:
    """Return the minutes as a .docx: whether they are a draft or frozen, what the page says, part
    by part, the photos by their numbers, made smaller, and lines to sign on."""
    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = record["topic"]["title"]
    document.add_heading(_("议事记录：%(title)s") % {"title": record["topic"]["title"]}, 1)
    for line in _standing(stands.written):
        document.add_paragraph().add_run(line).bold = True
    if record["topic"]["invented"]:
        document.add_paragraph(_("这是示范议题，人物和住户都是虚构的。"))
    for title, lines in PARTS:
        _part(document, title, lines(record))
    _put_in(document, photos)
    _part(document, _("公示"), _since(stands))
    _to_sign(document, record)
    document.add_paragraph()
    document.add_paragraph(_("主持人（签字）：　　　　　　　　记录人（签字）："))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _part(document: Document, title: Text, lines: Lines) -> None:
    said = list(lines)
    if said:
        document.add_heading(str(title), 2)
    for line in said:
        document.add_paragraph(line)


def _standing(written: "Minutes") -> Lines:
    if written.is_frozen:
        at = moment(written.frozen_at)
        yield _("%(at)s定稿。已经请到会的人核对，以后谁也不能改动。") % {"at": at}
        yield _("定稿原文的 SHA-256：%(hash)s") % {"hash": written.sha256}
    elif written.is_out:
        yield _("还没有定稿，内容还可能更正。到会的人核对到 %(until)s。") % {
            "until": moment(written.until)
        }
    else:
        yield _("草稿，还在整理，没有核对，没有定稿。请不要当作会议结果。")


def _since(stands: Standing) -> Lines:
    """What is in no minutes, since it came later: the page of the minutes tells it, too."""
    decision = stands.decision
    if decision and decision.published_at:
        days = {"day": day(decision.published_at), "until": day(decision.until)}
        yield _("%(day)s公示，到 %(until)s。") % days
        many = stands.objections
        yield ngettext("收到意见 %(n)s 条。", "收到意见 %(n)s 条。", many) % {"n": many}


def _put_in(document: Document, photos: Mapping[int, Photo]) -> None:
    for number, photo in sorted(photos.items()):
        document.add_paragraph(_("照片 %(number)s") % {"number": number})
        is_wide = photo.width * HEIGHT > photo.height * WIDTH
        fit = {"width": WIDTH} if is_wide else {"height": HEIGHT}
        document.add_picture(BytesIO(small(photo, side=SIDE)), **fit)


def _to_sign(document: Document, record: Record) -> None:
    numbers = [str(one["number"]) for one in record["there"]]
    if not numbers:
        return
    document.add_heading(_("到会的人核对、签字"), 2)
    heads = (_("编号"), _("日期"), _("核对：无误，或者写明哪里要更正"), _("签字"))
    table = document.add_table(1 + len(numbers), len(heads), "Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for cell, number in zip(table.columns[0].cells[1:], numbers, strict=True):
        cell.text = number
    for row in table.rows:
        row.height = LINE


def _number(n: int) -> str:
    return _("第 %(n)s 号") % {"n": n}


def _pair(name: str, text: object) -> str:
    return _("%(name)s：%(text)s") % {"name": name, "text": text}


def _listed(texts: Iterable[str]) -> str:
    return _("、").join(texts)


def _clauses(texts: Iterable[str]) -> str:
    return _("，").join(filter(None, texts))


def _basics(record: Record) -> Lines:
    sitting, topic = record["sitting"], record["topic"]
    yield _pair(
        _("编号"),
        _("%(topic)s，第 %(n)s 次会议") % {"topic": topic["number"], "n": sitting["number"]},
    )
    yield _pair(_("通知的开会时间"), moment(as_moment(sitting["begins_at"])))
    began, rose = as_moment(sitting["opened_at"]), as_moment(sitting["closed_at"])
    yield _pair(_("宣布开会和散会"), f"{moment(began)} – {clock(rose)}".removesuffix(" – "))
    yield _pair(_("地点"), sitting["place"])
    badges = _("工号 %(a)s、%(b)s、%(c)s") % {
        "a": sitting["convenor"],
        "b": sitting["moderator"],
        "c": sitting["recorder"],
    }
    yield _pair(_("召集、主持、记录"), badges)


def _background(record: Record) -> Lines:
    yield from record["topic"]["background"].splitlines()
    for option in record["topic"]["options"]:
        yield f"{option['number']}. {option['text']}"


def _agenda(record: Record) -> Lines:
    yield from record["sitting"]["agenda"].splitlines()
    if visit := record["sitting"]["visit"]:
        yield _pair(_("看现场"), visit)


def _asked(record: Record) -> Lines:
    invited = record["invited"]
    if invited["since"]:
        yield _("%(day)s起") % {"day": day(as_day(invited["since"]))}
    for way in invited["ways"]:
        many = ngettext("%(n)s 人", "%(n)s 人", way["people"]) % {"n": way["people"]}
        yield _pair(str(named(way["channel"], "channel")), many)
    yield _listed(map(_number, invited["people"]))
    yield _("反对的 %(all)s 人里，按规定请到或者到会的有 %(n)s 人") % {
        "all": invited["objectors"],
        "n": invited["objectors_invited"],
    }


def _there(record: Record) -> Lines:
    for one in record["there"]:
        kinds = [
            _("有席位") if one["seat"] else _("旁听"),
            _("直接受影响") if one["affected"] == "direct" else "",
            _("反对") if one["opposes"] else "",
            _("受委托代表本户") if one["proxy"] else "",
            _("中途离开") if one["left"] else "",
        ]
        yield _pair(_number(one["number"]), _clauses(kinds))
    quorum = record["quorum"]
    yield (
        _(
            "到会席位 %(seats_present)s 个，需要 %(seats_needed)s 个；到会的反对者 "
            "%(opponents_present)s 人，需要 %(opponents_needed)s 人。"
        )
        % quorum
    )


def _seen(record: Record) -> Lines:
    yield from record["seen"].splitlines()
    for photo in record["photos"]:
        yield _("照片 %(number)s：%(caption)s（SHA-256 %(sha256)s）") % photo


def _said(record: Record) -> Lines:
    for one in record["statements"]:
        speaker = _number(one["speaker"]) if one["speaker"] else one["guest"]
        yield f"{one['number']}. {_pair(speaker, one['text'])}"


def _wanted(record: Record) -> Lines:
    for one in record["positions"]:
        counts = {"n": one["option"], "a": one["for"], "b": one["if"], "c": one["against"]}
        yield _("做法 %(n)s：同意 %(a)s，有条件同意 %(b)s，不同意 %(c)s") % counts
        for condition in one["conditions"]:
            many = condition["asked_by"]
            asked = _("%(n)s 人要求") % {"n": many}
            told = _("%(text)s（%(asked)s）") % {"text": condition["text"], "asked": asked}
            yield f"\u2003{condition['number']}. {told}"


def _votes(record: Record) -> Lines:
    for vote in record["votes"]:
        told = {**vote, "method": named(vote["method"], "method")}
        yield (
            _(
                "做法 %(option)s：%(method)s，在场席位 %(present)s 个，同意 %(in_favour)s，"
                "不同意 %(against)s，弃权 %(abstained)s"
            )
            % told
        )


def _outcome(record: Record) -> Lines:
    yield from record["outcome"].splitlines()
    if decision := record["decision"]:
        yield _pair(str(named(decision["force"], "force")), decision["text"])
        for one in decision["commitments"]:
            days = day(as_day(one["first_on"]))
            if one["last_on"] != one["first_on"]:
                until, rhythm = day(as_day(one["last_on"])), str(named(one["rhythm"], "rhythm"))
                days = _clauses([f"{days} – {until}", rhythm])
            told = _clauses([one["obligor"], one["how"], days])
            yield f"{one['number']}. {_pair(one['text'], told)}"
    for one in record.get("unanswered", ()):
        option = _("做法 %(n)s") % {"n": one["option"]}
        yield _pair(_("没有答应的条件"), _pair(option, one["text"]))
    if decision and decision["missing"]:
        numbers = (_number(one["number"]) for one in decision["missing"])
        yield _("还没有按规定邀请到的：") + _listed(numbers)


def _dissent(record: Record) -> Lines:
    yield from record["dissent"].splitlines() or [_("没有记下不同意见。")]


def _read(record: Record) -> Lines:
    if record["confirmed"]:
        yield _pair(_("核对无误"), _listed(map(_number, record["confirmed"])))
    if on_paper := record.get("on_paper"):
        told = _("在纸上核对或者更正、由工作人员登记的：")
        yield told + _listed(map(_number, on_paper))
    for one in record["corrections"]:
        taken = _("已采纳") if one["taken_in"] else _("没有采纳")
        taken = _("还没有答复") if one.get("waits") else taken
        taken = _("提出的人已经退出，或者已按规定删除，不再答复") if one.get("withdrawn") else taken
        about = _("更正第 %(n)s 条发言") % {"n": one["statement"]}
        about = about if one["statement"] else _("提出更正")
        who = _clauses([_number(one["speaker"]), about])
        yield _pair(who, _clauses([taken, one["answer"]]))
        if one.get("before"):
            yield _pair(_("原来写的是"), one["before"])
        if one.get("after"):
            yield _pair(_("更正为"), one["after"])


PARTS: tuple[tuple[Text, Callable[[Record], Lines]], ...] = (
    (gettext_lazy("会议"), _basics),
    (gettext_lazy("议题和做法"), _background),
    (gettext_lazy("议程"), _agenda),
    (gettext_lazy("怎样通知"), _asked),
    (gettext_lazy("谁到会"), _there),
    (gettext_lazy("看现场"), _seen),
    (gettext_lazy("发言"), _said),
    (gettext_lazy("立场和条件"), _wanted),
    (gettext_lazy("表决"), _votes),
    (gettext_lazy("会议结果"), _outcome),
    (gettext_lazy("不同意见"), _dissent),
    (gettext_lazy("核对"), _read),
)
