"""The pages of a sitting: who is missing stands on top, residents act on their own phones, and
everybody reads what was decided with its proof."""

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import docx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import override

from mingchuang.council.actions.decisions import decide
from mingchuang.council.actions.minutes import add_shot
from mingchuang.council.actions.positions import Wanted, say_position
from mingchuang.council.actions.sittings import cancel_sitting
from mingchuang.council.minutes_file import Record, Standing, minutes_file
from mingchuang.council.models import (
    Attendance,
    Check,
    Confirmation,
    Decision,
    Minutes,
    Position,
    Sitting,
    Stakeholder,
)
from mingchuang.council.queries.minutes import minutes_of, record_of
from mingchuang.council.queries.positions import conditions_of
from mingchuang.council.queries.sittings import sitting_of
from mingchuang.ledger.models import Entry
from tests.build import A_DAY
from tests.council.build import a_convenor, a_photo
from tests.council.sittings import (
    BY_SATURDAY,
    SATURDAY,
    TEN_DAYS_ON,
    a_decision,
    a_late_comer,
    a_seated_topic,
    a_sitting,
    against,
    an_objection,
    one_of,
    signed,
    some_minutes,
    what_was_decided,
)
from tests.council.the_sitting import CONVENING, DECIDING, UPHOLDING, corrected, mine_there

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: object, **more: Any) -> str:
    return client.get(reverse(f"council:{name}", args=args), **more).content.decode()


def test_a_convenor_calls_a_sitting_and_leads_it(client: Client) -> None:
    topic, by = a_seated_topic(), a_convenor()
    client.force_login(by)
    soon = localtime(now() + timedelta(minutes=30)).strftime("%Y-%m-%dT%H:%M")
    people = {"moderator": by.pk, "recorder": by.pk}

    client.post(
        reverse("council:convene", args=[topic.number]),
        {**CONVENING, **people, "begins_at": soon},
    )
    client.post(reverse("council:sitting_deed", args=[topic.number, 1, "open"]))
    for who in (1, 2, 3):
        way = reverse("council:sitting_deed", args=[topic.number, 1, "sign"])
        client.post(way, {"who": who})

    shown = page(client, "sitting", topic.number, 1)
    assert "到会人数够了" in shown
    assert Attendance.objects.count() == 3
    assert "到时间以前只能签到" in shown
    assert ("/do/close/" in shown, "/do/vote/" in shown, "/do/say/" in shown) == (
        False,
        False,
        True,
    )
    Sitting.objects.update(begins_at=now())
    assert "/do/vote/" in page(client, "sitting", topic.number, 1)


def test_a_word_that_is_wrong_comes_back_beside_its_field(client: Client) -> None:
    sitting = a_sitting("open")
    who = a_late_comer(sitting)

    way = reverse("council:my_deed", args=[who.code, 1, "sign-in"])
    answer = client.post(way, {"word": "XXXXXX"})

    assert answer.status_code == 422
    assert "会场口令不对" in answer.content.decode()


def test_the_code_on_the_convenors_screen_signs_in_with_one_tap(client: Client) -> None:
    sitting = a_sitting("open")
    who = a_late_comer(sitting)
    client.force_login(a_convenor())

    way = reverse("council:sign_in_code", args=[sitting.topic.number, 1, who.number])
    assert "请扫码签到" in client.post(way).content.decode()
    assert Entry.objects.filter(verb="stakeholder.link_printed", subject=who.subject).exists()
    client.logout()
    scanned = f"{reverse('council:my_sitting', args=[who.code, 1])}?word={sitting.word}"
    assert f'value="{sitting.word}"' in client.get(scanned).content.decode()
    client.post(reverse("council:my_deed", args=[who.code, 1, "sign-in"]), {"word": sitting.word})

    assert Attendance.objects.get(stakeholder=who).way == "link"


def test_a_resident_says_yes_if_and_another_joins(client: Client) -> None:
    sitting = a_sitting("open")
    first, second = (seat.stakeholder for seat in sitting.roster.seats.order_by("pk")[:2])

    one = {"stance": "if", "text": "晚上十点以后不开灯"}
    client.post(reverse("council:say", args=[first.code, 1]), one)
    assert "晚上十点以后不开灯" in page(client, "wants", second.code)
    client.post(reverse("council:say", args=[second.code, 1]), {"stance": "if", "joins": "1"})

    assert "2 人要求" in page(client, "wants", second.code)
    assert Position.objects.standing().filter(stance="if").count() == 2


def test_who_is_against_joins_a_condition_with_one_tap(client: Client) -> None:
    sitting = a_sitting("open")
    first, second = (seat.stakeholder for seat in sitting.roster.seats.order_by("pk")[:2])
    one = {"stance": "if", "text": "晚上十点以后不开灯"}
    client.post(reverse("council:say", args=[first.code, 1]), one)
    client.post(reverse("council:say", args=[second.code, 1]), {"stance": "against"})

    offered = page(client, "wants", second.code)
    asked = client.post(reverse("council:join_condition", args=[second.code, 1, 1]))

    assert "我也要求" in offered
    assert asked.status_code == 302
    assert "您也要求" in page(client, "wants", second.code)
    assert "我也要求" not in page(client, "wants", second.code)
    assert Position.objects.standing().get(stakeholder=second).stance == "against"


def test_the_recorder_writes_down_who_joins_a_condition(client: Client) -> None:
    sitting = a_sitting("open")
    first, second = (seat.stakeholder for seat in sitting.roster.seats.order_by("pk")[:2])
    one = {"stance": "if", "text": "晚上十点以后不开灯"}
    client.post(reverse("council:say", args=[first.code, 1]), one)
    client.force_login(a_convenor())
    way = reverse("council:sitting_deed", args=[sitting.topic.number, 1, "second"])

    client.post(way, {"who": second.number, "option": 1, "condition": 1})
    wrong = client.post(way, {"who": second.number, "option": 1, "condition": 7})

    assert "2 人要求" in page(client, "sitting", sitting.topic.number, 1)
    assert wrong.status_code == 422
    assert "没有第 7 条条件" in wrong.content.decode()
    assert Entry.objects.get(verb="condition.seconded").facts["by"] == a_convenor().badge


def test_yes_if_without_a_condition_is_asked_again_and_nothing_is_lost(client: Client) -> None:
    who = one_of(a_sitting("open"))

    answer = client.post(reverse("council:say", args=[who.code, 1]), {"stance": "if"})

    assert answer.status_code == 422
    assert "请写明您的条件" in answer.content.decode()


def test_who_is_missing_stands_on_top_and_nothing_binding_is_offered(client: Client) -> None:
    sitting = a_sitting("closed")
    forgotten = against(a_late_comer(sitting))
    client.force_login(a_convenor())

    shown = page(client, "decide", sitting.topic.number, 1)
    way = reverse("council:decide", args=[sitting.topic.number, 1])
    answer = client.post(way, DECIDING)

    assert f"第 {forgotten.number} 号（反对）还没有按规定邀请到" in shown
    assert 'value="decide"' not in shown
    assert "谁答应了什么" not in shown
    assert answer.status_code == 422
    assert "打一次电话，或者上门一次" in answer.content.decode()
    assert not Decision.objects.exists()


def test_who_came_without_being_asked_often_enough_is_told_to_have_come(client: Client) -> None:
    sitting = a_sitting("open")
    forgotten = against(a_late_comer(sitting))
    client.force_login(a_convenor())
    before = page(client, "sitting", sitting.topic.number, 1)

    signed(sitting, forgotten)
    after = page(client, "sitting", sitting.topic.number, 1)

    assert [shown.count("没有按规定请到") for shown in (before, after)] == [1, 0]
    assert after.count("到会了") == 4


def test_a_promise_half_written_comes_back_and_says_what_is_missing(client: Client) -> None:
    sitting = a_sitting("closed")
    client.force_login(a_convenor())
    half = {"form-TOTAL_FORMS": "1", "form-0-text": "种树", "form-0-rhythm": "once"}

    way = reverse("council:decide", args=[sitting.topic.number, 1])
    answer = client.post(way, {**DECIDING, **half})

    assert answer.status_code == 422
    said = "每一项都要写明做什么、谁来做、怎样检查、哪天检查。"
    assert f'<a href="#id_form-0-text">第 1 项</a>：{said}' in answer.content.decode()


def test_who_has_more_to_promise_gets_more_rows_and_keeps_what_is_typed(client: Client) -> None:
    sitting = a_sitting("closed")
    client.force_login(a_convenor())
    half = {"form-TOTAL_FORMS": "3", "form-1-text": "种树", "form-2-last_on": "2026-04-01"}

    way = reverse("council:decide", args=[sitting.topic.number, 1])
    sent = {**DECIDING, **half, "form-2-rhythm": "once"}
    answer = client.post(way, {**sent, "more": "1"})
    refused = client.post(way, sent)

    shown = answer.content.decode()
    assert (answer.status_code, shown.count('class="row-of"')) == (200, 6)
    assert ('value="种树"' in shown, "先改一间。" in shown, "faults" in shown) == (
        True,
        True,
        False,
    )
    assert '<a href="#id_form-2-text">第 3 项</a>' in refused.content.decode()
    assert shown.index('value="decide"') < shown.index('name="more"')


def test_a_sitting_decides_on_its_page_with_what_was_promised(client: Client) -> None:
    sitting = a_sitting("closed")
    client.force_login(a_convenor())
    promised = {key: text for key, text in UPHOLDING.items() if key.startswith("form")}
    promised["form-0-first_on"] = str(localdate() + A_DAY)

    way = reverse("council:decide", args=[sitting.topic.number, 1])
    client.post(way, {**DECIDING, **promised})

    decision = Decision.objects.get()
    assert (decision.force, decision.commitments.get().checks.count()) == ("binding", 1)


def test_before_a_decision_its_page_tells_what_was_voted_and_what_is_asked_for(
    client: Client,
) -> None:
    sitting = a_sitting("closed")
    say_position(one_of(sitting).code, Wanted(1, "if", text="先装烟感。"), at=SATURDAY)
    client.force_login(a_convenor())

    shown = page(client, "decide", sitting.topic.number, 1)

    assert "做法 1 表决通过：同意 3，不同意 0。" in shown
    assert "做法 2 没有表决过。" in shown
    assert "先装烟感。" in shown


def test_a_condition_nobody_promised_to_meet_is_named_in_the_record(client: Client) -> None:
    sitting = a_sitting("closed")
    say_position(one_of(sitting).code, Wanted(1, "if", text="先装烟感。"), at=SATURDAY)
    decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)
    client.force_login(a_convenor())

    shown = page(client, "sitting", sitting.topic.number, 1)
    words = the_file_of(minutes_of(sitting_of(sitting.topic, 1)))

    assert "没有答应的条件" in shown
    assert "没有答应的条件：做法 1：先装烟感。" in words
    assert words.splitlines()[1].startswith("草稿")


def those_there(sitting: Sitting) -> list[Stakeholder]:
    return [one.stakeholder for one in sitting.attendances.order_by("stakeholder__number")]


def the_download(client: Client, *where: object) -> BytesIO:
    return BytesIO(client.get(reverse("council:minutes_file", args=where)).content)


def the_file_of(minutes: Minutes, record: Record | None = None) -> str:
    file = minutes_file(record or record_of(minutes), {}, Standing(minutes))
    document = docx.Document(BytesIO(file))
    return "\n".join(one.text for one in document.paragraphs)


def test_the_english_file_joins_what_it_tells_as_english_does() -> None:
    sitting = a_sitting("closed")
    say_position(one_of(sitting).code, Wanted(1, "if", text="Smoke alarms."), at=SATURDAY)
    decide(sitting.topic.number, 1, what_was_decided(), by=a_convenor(), at=BY_SATURDAY)
    minutes = minutes_of(sitting_of(sitting.topic, 1))
    record: dict[str, Any] = record_of(minutes)
    left_out = {**record["decision"], "missing": [{"number": 3}, {"number": 7}]}
    said = {"speaker": 3, "statement": 1, "taken_in": True, "answer": "Yes."}
    read = {"decision": left_out, "corrections": [said], "confirmed": [3, 7]}

    with override("en"):
        words = the_file_of(minutes, {**record, **read})

    assert "Smoke alarms. (asked for by 1)" in words
    assert "Not duly invited: Number 3, Number 7" in words
    assert "Number 3, corrects statement 1: Taken in, Yes." in words
    assert "车棚边种一排爬藤: 物业公司, 到现场看" in words
    assert "：" not in words


def test_a_correction_nobody_has_answered_is_not_said_to_be_refused(client: Client) -> None:
    number, n, _pk, _take = corrected(None)
    client.force_login(a_convenor())

    shown = page(client, "sitting", number, n)
    words = the_file_of(Minutes.objects.get())

    assert words.splitlines()[1].startswith("还没有定稿")
    for told in (shown, words):
        assert "还没有答复" in told
        assert "没有采纳" not in told


def test_who_was_there_reads_and_corrects_and_is_answered(client: Client) -> None:
    number, n, pk, _take = corrected(None)
    client.force_login(a_convenor())

    assert "不是这样。" in page(client, "sitting", number, n)
    way = reverse("council:correction", args=[number, n, pk, "take"])
    client.post(way, {"answer": "已补上。", "words": "到会的还有第 5 号。"})
    client.logout()

    shown = page(client, "my_sitting", *mine_there(None))
    assert "请核对会议记录" in shown
    assert "已采纳" in shown
    assert Confirmation.objects.get(pk=pk).is_taken_in


def test_what_came_on_paper_is_copied_on_the_page_of_the_sitting(client: Client) -> None:
    number, n, *_correction = corrected(None)
    who = Confirmation.objects.get().stakeholder
    client.force_login(a_convenor())
    deed = reverse("council:sitting_deed", args=[number, n, "read"])
    paper = {"who": who.number, "filed": "Ｃ-07", "reading": "corrected"}

    lacking = client.post(deed, paper)
    copied = client.post(deed, {**paper, "text": "少写了一个人。"})

    assert (lacking.status_code, copied.status_code) == (422, 302)
    assert "请写明要更正什么" in lacking.content.decode()
    assert [one.filed for one in Confirmation.objects.order_by("pk")] == ["", "C-07"]


def test_minutes_are_shown_to_everybody_once_they_are_frozen(client: Client) -> None:
    minutes = some_minutes("out")
    where = [minutes.sitting.topic.number, 1]

    before = client.get(reverse("council:minutes", args=where)).status_code
    frozen = some_minutes("frozen")
    after = client.get(reverse("council:minutes", args=[frozen.sitting.topic.number, 1]))

    assert (before, after.status_code) == (404, 200)
    assert frozen.sha256 in after.content.decode()


def test_whoever_hashes_the_frozen_text_finds_what_stands_in_the_ledger(client: Client) -> None:
    minutes = some_minutes("frozen")

    way = reverse("council:minutes_text", args=[minutes.sitting.topic.number, 1])
    text = client.get(way).content

    told = Entry.objects.get(verb="minutes.frozen").facts["text"]
    assert told == f"sha256:{sha256(text).hexdigest()}"
    assert json.loads(text)["statements"][0]["text"] == "我担心晚上太吵。"


def test_the_word_file_says_what_the_page_says(client: Client) -> None:
    sitting = a_sitting("closed")
    add_shot(sitting.topic.number, 1, a_photo(), "车棚", by=a_convenor(), at=BY_SATURDAY)
    minutes = some_minutes("frozen", sitting=sitting)
    where = [minutes.sitting.topic.number, 1]

    document = docx.Document(the_download(client, *where))
    shown = page(client, "minutes", *where)

    text = "\n".join(line.text for line in document.paragraphs)
    assert len(document.inline_shapes) == 1
    signing = [cell.text for cell in document.tables[0].columns[0].cells]
    assert signing == ["编号", *(str(one.number) for one in those_there(sitting))]
    assert shown.count("<tr><td") >= len(signing) - 1
    told_twice = ["上门：3 人", "2026年3月7日 周六 09:00", sitting.topic.background]
    told_twice += [option.text for option in sitting.topic.options.all()]
    for told in told_twice:
        assert told in text
        assert told in shown
    for told in (
        "议事记录：车棚怎么办",
        "我担心晚上太吵。",
        "1 人反对。",
        "反对的 1 人里，按规定请到或者到会的有 1 人",
        "定稿。已经请到会的人核对，以后谁也不能改动。",
        f"SHA-256：{minutes.sha256}",
        "主持人（签字）",
    ):
        assert told in text


def test_everybody_reads_who_owes_what_by_when_and_how_it_was_kept(client: Client) -> None:
    decision = a_decision(published=True)

    shown = page(client, "decision", decision.topic.number)

    for told in ("有约束力的决议", "车棚边种一排爬藤", "物业公司", "2026年4月1日", "待检查"):
        assert told in shown


def test_a_decision_that_is_not_posted_is_nobodys_business(client: Client) -> None:
    decision = a_decision()

    answer = client.get(reverse("council:decision", args=[decision.topic.number]))

    assert answer.status_code == 404


def test_somebody_objects_and_follows_what_comes_of_it(client: Client) -> None:
    decision = a_decision(published=True)
    number = decision.topic.number

    way = reverse("council:object", args=[number])
    answer = client.post(way, {"text": "绿地少了，太热。", "key": "k" * 32})
    client.force_login(a_convenor())
    looked = {"review_of": "西墙夏天热不热。"}
    client.post(reverse("council:objection_deed", args=[number, 1, "review"]), looked)
    own = client.get(answer["Location"]).content.decode()
    assert "召集人正在重新看这件事。" in own
    assert "重新看的是：西墙夏天热不热。" in own
    client.post(
        reverse("council:uphold", args=[number, 1]),
        {**UPHOLDING, "form-0-first_on": str(localdate() + A_DAY)},
    )
    client.logout()

    assert "墙面种爬藤。" in client.get(answer["Location"]).content.decode()
    shown = page(client, "decision", number)
    assert "追加措施 1" in shown
    assert "绿地少了。" in shown
    assert "重新看的是：西墙夏天热不热。" in shown
    assert "绿地少了，太热。" not in shown


def test_what_somebody_wrote_against_it_is_read_by_staff_alone(client: Client) -> None:
    objection = an_objection(at=TEN_DAYS_ON)
    number = objection.decision.topic.number

    public = page(client, "decision", number)
    file = docx.Document(the_download(client, number, 1))
    words = "\n".join(one.text for one in file.paragraphs)
    client.force_login(a_convenor())

    assert "收到意见 1 条。" in words
    assert "晚上灯太亮" not in public + words
    assert "晚上灯太亮" in page(client, "decision_desk", number)


def test_what_was_found_is_written_down_on_the_page_of_the_decision(client: Client) -> None:
    decision = a_decision(published=True)
    check, number = Check.objects.get(), decision.topic.number
    client.force_login(a_convenor())

    way, said = reverse("council:check", args=[number, check.pk]), {"note": "没有种。"}
    unchosen = client.post(way, said).status_code
    said |= {"found": "failed", "sure": "on"}
    pressed = [client.post(way, {**said, "once": "c" * 32}).status_code for _ in range(2)]

    assert (unchosen, pressed) == (422, [302, 302])
    failed = Check.objects.get()
    assert failed.case is not None
    assert failed.case.number in page(client, "decision", number)


def test_how_widely_sittings_are_shared_is_told_with_what_it_is_made_of(client: Client) -> None:
    a_sitting("closed")

    shown = page(client, "sharing")

    assert "不同的居民" in shown
    assert "3 / 3" in shown
    assert "人人一样多是" in shown
    assert shown.count("33.3%") == 4
    assert "<title>2026 第一次来 3</title>" in shown


def test_who_was_told_of_a_sitting_that_is_called_off_is_to_be_told_so(client: Client) -> None:
    number = a_sitting().topic.number
    cancel_sitting(number, 1, "台风。", by=a_convenor(), at=SATURDAY - A_DAY)
    client.force_login(a_convenor())

    shown, topic = page(client, "sitting", number, 1), page(client, "topic", number)

    assert "登记过通知这些人" in shown
    assert not [one for one in ("到会席位", "打印签到表") if one in shown]
    assert reverse("council:convene", args=[number]) in topic


def test_the_list_of_sittings_costs_the_same_however_many(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    sitting = a_sitting("closed")
    client.force_login(a_convenor())
    page(client, "sittings", sitting.topic.number)

    with django_assert_max_num_queries(10):
        page(client, "sittings", sitting.topic.number)

    assert Sitting.objects.count() == 1


def test_the_sign_in_sheet_names_seats_alone_and_so_nobody_who_objects(client: Client) -> None:
    sitting = a_sitting("open")
    unseated = against(a_late_comer(sitting))
    client.force_login(a_convenor())

    shown = page(client, "sheet", sitting.topic.number, 1)

    assert f'<tr><td class="num">{one_of(sitting).number}</td>' in shown
    assert f'<tr><td class="num">{unseated.number}</td>' not in shown
    assert "没有席位的人签在下面的空行里" in shown


def test_who_left_signs_in_again_from_their_own_page(client: Client) -> None:
    sitting = a_sitting("open")
    who = one_of(sitting)
    at = localtime(now())
    Attendance.objects.filter(stakeholder=who).update(left_at=at)

    shown = page(client, "my_sitting", who.code, 1)
    way = reverse("council:my_deed", args=[who.code, 1, "sign-in"])
    client.post(way, {"word": sitting.word})

    assert f"您已在 {at:%H:%M} 离开" in shown
    assert Attendance.objects.get(stakeholder=who).left_at is None
    assert "签到。" in page(client, "my_sitting", who.code, 1)


def test_words_typed_with_another_stance_come_back_beside_their_field(client: Client) -> None:
    sitting = a_sitting("open")

    way = reverse("council:say", args=[one_of(sitting).code, 1])
    answer = client.post(way, {"stance": "against", "text": "除非装喷淋"})

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert 'value="除非装喷淋"' in shown
    assert 'href="#option-1-text"' in shown
    assert not Position.objects.exists()


def test_who_changes_their_mind_leaves_what_they_asked_for(client: Client) -> None:
    sitting = a_sitting("open")
    way = reverse("council:say", args=[one_of(sitting).code, 1])
    client.post(way, {"stance": "if", "text": "装喷淋"})

    client.post(way, {"stance": "if", "joins": "1", "text": "装烟感"})
    again = client.post(way, {"stance": "for", "joins": "2"})

    assert again.status_code == 302
    assert [one.many for one in conditions_of(sitting.topic)] == [0, 0]  # type: ignore[attr-defined]


def test_an_option_that_is_not_there_comes_back_beside_its_field(client: Client) -> None:
    sitting = a_sitting("open")
    client.force_login(a_convenor())

    way = reverse("council:sitting_deed", args=[sitting.topic.number, 1, "vote"])
    votes = {"option": "9", "method": "hands", "in_favour": "2", "against": "1", "abstained": "0"}
    answer = client.post(way, votes)

    assert answer.status_code == 422
    assert 'href="#vote-option"' in answer.content.decode()
    assert "没有第 9 种做法" in answer.content.decode()
    assert 'value="9"' in answer.content.decode()
