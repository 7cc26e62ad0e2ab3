"""What is held of a person is theirs to see, to take along, to put right, to have forgotten."""

import io
import json
import re
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.base.errors import NotFound
from mingchuang.cases import errors
from mingchuang.cases.actions.handling import publish_reply, reply_to_case, write_note
from mingchuang.cases.actions.keeping import load_terms
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.personal import (
    COPY_LIES,
    ask_as_holder,
    ask_for_requester,
    grant_privacy,
    hand_out,
    refuse_privacy,
)
from mingchuang.cases.actions.privacy import reveal_identity
from mingchuang.cases.actions.voice import add_remark, say_solved, withdraw_submission
from mingchuang.cases.models import Case, PrivacyPlea, Reply, Retention, Submission
from mingchuang.cases.queries.holdings import facts_of
from mingchuang.cases.queries.personal import privacy_list, reach_of
from mingchuang.cases.rules.keeping import CATEGORIES, Term, cover, is_same_person
from mingchuang.cases.rules.parcel import parcel_of
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of, receipt_for
from mingchuang.people.actions.posts import give_post
from mingchuang.people.models import Requester
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    code,
    newest,
    the_handler,
    told,
)
from tests.cases.traces import audit_faults, rows
from tests.people.build import found_by_phone
from tests.town import a_photo

pytestmark = pytest.mark.django_db
NAME, PHONE, ADDRESS = "冯怀远", "13987654321", "江滨路十二弄三号"
WORDS = "我家楼上的空调滴水滴了半年。"
TUESDAY = MONDAY + A_DAY


def their_case(state: str = "archived", **given: Any) -> Case:
    who = {"name": NAME, "phone": PHONE, "address": ADDRESS}
    return a_case(state, **{"text": WORDS, **who, **given})


def own(case: Case) -> Submission:
    return Submission.objects.get(number=case.number)


def asked(case: Case, what: str, *, reach: str = "this", **given: Any) -> PrivacyPlea:
    key = code(own(case))
    return ask_as_holder(case.number, key, what=what, reach=reach, at=TUESDAY, **given)


def granted(plea: PrivacyPlea, *, proof: str = "document", **new: str) -> PrivacyPlea:
    return grant_privacy(plea.pk, proof=proof, by=a_dispatcher(), at=TUESDAY, **new)


def opened(raw: bytes) -> ZipFile:
    return ZipFile(io.BytesIO(raw))


def facts_in(raw: bytes) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(opened(raw).read("data.json"))["held"]
    return held


def mine(case: Case) -> str:
    return f"/r/{case.number}/{code(own(case))}/mine/"


# Seeing


def test_the_holder_of_a_receipt_sees_what_is_held_masked_and_who_looked(client: Client) -> None:
    case = their_case("handling")
    reveal_identity(case.number, reason="visit_site", by=a_dispatcher(), at=TUESDAY)

    answer = client.get(mine(case))
    page = answer.content.decode()

    assert "冯*远" in page
    assert "139****4321" in page
    assert not [clue for clue in (NAME, PHONE, ADDRESS) if clue in page]
    assert f"工号 {a_dispatcher().badge}" in page
    assert "上门或到现场办理" in page
    assert "长期保存" in page
    assert "no-store" in answer["Cache-Control"]


def test_who_left_nothing_is_told_so(client: Client) -> None:
    case = a_case()

    page = client.get(mine(case)).content.decode()

    assert "没有留姓名、电话和住址" in page
    assert "还没有人看过" in page


# Taking along


def test_a_copy_by_receipt_holds_their_words_and_photos_and_masks_who_they_are(
    client: Client,
) -> None:
    case = their_case("replied", photos=(a_photo(),))
    add_remark(case.number, code(own(case)), "昨夜又滴。", at=TUESDAY)
    write_note(case.number, "内部：此人常来。", by=the_handler(case), at=TUESDAY)

    answer = client.post(mine(case) + "copy.zip")
    parcel = opened(answer.content)
    (held,) = facts_in(answer.content)
    everything = b"".join(parcel.read(name) for name in parcel.namelist()).decode(errors="ignore")

    assert "no-store" in answer["Cache-Control"]
    assert (held["text"], held["remarks"][0]["text"]) == (WORDS, "昨夜又滴。")
    assert (held["who"]["name"], held["who"]["phone"]) == ("冯*远", "139****4321")
    assert not [clue for clue in (NAME, PHONE, ADDRESS) if clue in everything]
    assert "此人常来" not in everything
    assert "灯已修好。" in parcel.read("个人信息.html").decode()
    assert "收到诉求" not in parcel.read("personal-data.html").decode()
    assert parcel.read(held["photos"][0]["file"])[:2] == b"\xff\xd8"
    entry = newest(case)
    assert entry.verb == "requester.exported"
    assert entry.facts == {
        "submission": case.number, "proof": "receipt", "reach": "this", "cases": 1,
        "by": "requester",
    }  # fmt: skip


def test_a_copy_on_proof_of_identity_holds_who_they_are_and_every_word_under_the_phone(
    client: Client,
) -> None:
    first, second = their_case(), their_case("handling", text="路灯也坏了。")
    plea = asked(first, "copy", reach="all")
    grant_privacy(plea.pk, proof="document", by=a_dispatcher(), at=now())
    client.force_login(a_dispatcher())

    answer = client.post(f"/desk/privacy/{plea.pk}/copy.zip")

    held = facts_in(answer.content)
    assert [one["number"] for one in held] == [first.number, second.number]
    assert {one["who"]["phone"] for one in held} == {PHONE}
    assert newest(first).facts["proof"] == "document"
    assert newest(first).facts["cases"] == 2
    assert "no-store" in answer["Cache-Control"]


def test_a_family_shares_a_phone_and_nobody_gets_the_words_of_another() -> None:
    ours = their_case()
    same = their_case(text="路灯坏了。", name=" 冯 怀远")
    unnamed = their_case(text="水管坏了。", name="")
    theirs = their_case(text="妻子的话。", name="林月")
    in_confidence = their_case(text="不敢说名字。", name="", confidential=True)

    reach = reach_of(asked(ours, "copy", reach="all"), a_dispatcher())

    assert [said.case for said in reach.submissions] == [ours, same, unnamed]
    assert reach.others == 2
    assert theirs not in {said.case for said in reach.submissions}
    assert in_confidence not in {said.case for said in reach.submissions}


def test_what_another_office_took_in_is_asked_for_there() -> None:
    ours, elsewhere = their_case(), their_case(text="区里的事。")
    Case.objects.filter(pk=ours.pk).update(intake_unit=a_unit("南区"))
    ours.refresh_from_db()
    clerk = a_person(Role.SUPERVISOR, unit=ours.intake_unit)

    reach = reach_of(asked(ours, "copy", reach="all"), clerk)

    assert [said.case for said in reach.submissions] == [ours]
    assert (reach.elsewhere, elsewhere.intake_unit == ours.intake_unit) == (1, False)


def test_a_neighbour_in_the_same_case_finds_nothing_of_others(client: Client) -> None:
    case = their_case("accepted")
    other = a_submission(text="我也听见滴水。", name="林月", phone="13711112222")
    merge_case(other.case.number, case.number, by=a_dispatcher(), at=MONDAY + 3 * AN_HOUR)
    reveal_identity(case.number, reason="review", by=a_dispatcher(), at=TUESDAY)

    raw = client.post(f"/r/{other.number}/{code(other)}/mine/copy.zip").content

    (held,) = facts_in(raw)
    assert held["text"] == "我也听见滴水。"
    assert WORDS not in json.dumps(held, ensure_ascii=False)
    assert held["looks"] == [{**held["looks"][0], "by": "requester"}]


def test_a_copy_nobody_came_for_is_not_handed_out_later() -> None:
    plea = granted(asked(their_case(), "copy"))

    with pytest.raises(errors.NotGranted):
        hand_out(plea.pk, by=a_dispatcher(), at=TUESDAY + COPY_LIES + AN_HOUR)


def test_nothing_is_handed_out_before_it_is_granted() -> None:
    plea = asked(their_case(), "copy")

    with pytest.raises(errors.NotGranted):
        hand_out(plea.pk, by=a_dispatcher(), at=TUESDAY)


# Putting right


def test_what_was_wrong_is_gone_and_the_new_is_what_counts() -> None:
    case = their_case("handling")
    seal_entries(at=MONDAY)
    receipt = receipt_for(own(case).entry)

    granted(asked(case, "correct", text="电话错了。"), phone="13700001111", name="冯淮远")

    requester = found_by_phone("137 0000 1111")
    assert requester is not None
    assert (requester.name, requester.address) == ("冯淮远", ADDRESS)
    assert found_by_phone(PHONE) is None
    assert not [clue for clue in (NAME, PHONE) if clue in rows()]
    corrected = entries_of(requester.subject).latest("pk")
    assert (corrected.verb, corrected.digest) == ("requester.corrected", requester.digest)
    assert corrected.facts["fields"] == ["name", "phone"]
    assert corrected.facts["proof"] == "document"
    assert receipt.flaws() == []
    assert audit_faults() == ""


def test_a_value_corrected_behind_our_back_is_found() -> None:
    case = their_case("handling")
    granted(asked(case, "correct", text="电话错了。"), phone="13700001111")

    requester = Requester.objects.get()
    requester.name = "别人"
    requester.save()

    assert "私密内容被改动过" in audit_faults()


def test_corrected_twice_the_newest_counts() -> None:
    case = their_case("handling")
    granted(asked(case, "correct", text="电话错了。"), phone="13700001111")
    granted(asked(case, "correct", text="又错了。"), phone="13700002222")

    assert Requester.objects.get().phone == "13700002222"
    assert audit_faults() == ""


def test_a_correction_may_be_done_by_who_wrote_it_down() -> None:
    case, by = their_case("handling"), a_dispatcher()
    plea = ask_for_requester(
        case.number, what="correct", reach="this", proof="called_back", by=by, at=TUESDAY
    )

    grant_privacy(plea.pk, proof="called_back", address="江滨路十三弄", by=by, at=TUESDAY)

    assert Requester.objects.get().address == "江滨路十三弄"
    assert told(case)[-2:] == ["privacy.asked", "privacy.granted"]


def test_a_correction_corrects_something_that_is_there() -> None:
    case, nobody = their_case("handling"), a_case("handling")
    plea = asked(case, "correct", text="错了。")

    with pytest.raises(errors.NothingCorrected):
        granted(plea)
    with pytest.raises(errors.NothingKept):
        asked(nobody, "correct", text="错了。")


# Being forgotten


def test_whoever_is_forgotten_leaves_nothing_and_every_proof_holds() -> None:
    case = their_case("replied", photos=(a_photo(),))
    add_remark(case.number, code(own(case)), f"{NAME}：昨夜又滴。", at=MONDAY + 5 * AN_HOUR)
    write_note(case.number, f"打 {PHONE} 无人接。", by=the_handler(case), at=MONDAY + 5 * AN_HOUR)
    say_solved(case.number, code(own(case)), satisfied="yes", at=MONDAY + 6 * AN_HOUR)
    seal_entries(at=MONDAY)
    receipt = receipt_for(own(case).entry)

    granted(asked(case, "erase", text="请删去冯怀远。"))

    everything = rows()
    clues = (NAME, PHONE, ADDRESS, WORDS, "昨夜又滴", "灯已修好", "无人接")
    assert not [clue for clue in clues if clue in everything]
    assert receipt.flaws() == []
    assert audit_faults() == ""
    assert "privacy.erased" in told(case)


def test_a_case_shared_with_others_keeps_theirs_and_the_answer() -> None:
    case = their_case("handling")
    other = a_submission(text="我也听见滴水。", name="林月", phone="13711112222")
    merge_case(other.case.number, case.number, by=a_dispatcher(), at=MONDAY + 4 * AN_HOUR)
    write_note(case.number, f"打 139-8765-4321 找{NAME}，没人。", by=the_handler(case), at=TUESDAY)
    reply_to_case(
        case.number, f"已请{NAME}家楼上修好空调，请拨 0574-87654321。",
        disposition="done", by=the_handler(case), at=TUESDAY,
    )  # fmt: skip
    words = f"{NAME}家楼上的空调修好了。"
    publish_reply(case.number, f"{NAME}家的空调", text=words, by=the_handler(case), at=TUESDAY)
    Case.objects.filter(pk=case.pk).update(title=f"{NAME}家滴水")
    for said in (own(case), other):
        say_solved(said.number, code(said), satisfied="yes", at=TUESDAY)

    granted(asked(case, "erase"))

    everything = rows()
    assert not [clue for clue in (NAME, PHONE, "8765-4321 找", WORDS) if clue in everything]
    assert Reply.objects.get().text == "已请〔姓名〕家楼上修好空调，请拨 0574-87654321。"
    assert "我也听见滴水。" in everything
    assert "林月" in everything
    assert audit_faults() == ""


def test_a_name_and_a_number_are_covered_however_the_office_spelled_them() -> None:
    case = their_case("handling")
    other = a_submission(text="我也听见滴水。", name="林月", phone="13711112222")
    merge_case(other.case.number, case.number, by=a_dispatcher(), at=MONDAY + 4 * AN_HOUR)
    reply_to_case(
        case.number, "请打１３９ ８７６５—４３２１找冯 怀　远，别找冯，怀远。",
        disposition="done", by=the_handler(case), at=TUESDAY,
    )  # fmt: skip
    for said in (own(case), other):
        say_solved(said.number, code(said), satisfied="yes", at=TUESDAY)

    granted(asked(case, "erase"))

    assert Reply.objects.get().text == "请打〔电话〕找〔姓名〕，别找冯，怀远。"
    assert audit_faults() == ""


def test_the_other_in_a_shared_case_is_forgotten_whole_afterwards() -> None:
    case = their_case("accepted")
    other = a_submission(text="我也听见滴水。", name="林月")
    merge_case(other.case.number, case.number, by=a_dispatcher(), at=MONDAY + 3 * AN_HOUR)
    for said in (own(case), other):
        withdraw_submission(said.number, code(said), at=TUESDAY)

    granted(asked(case, "erase"))
    plea = ask_as_holder(other.number, code(other), what="erase", reach="this", at=TUESDAY)
    granted(plea)

    assert not [clue for clue in (NAME, "林月", WORDS, "我也听见") if clue in rows()]
    assert audit_faults() == ""


def test_nobody_is_forgotten_while_we_still_owe_them_an_answer() -> None:
    case, running = their_case(), their_case("handling", text="路灯坏了。")

    with pytest.raises(errors.StillOpen, match=running.number):
        asked(running, "erase")
    plea = asked(case, "erase", reach="all")
    with pytest.raises(errors.StillOpen, match=running.number), transaction.atomic():
        granted(plea)

    assert own(case).text == WORDS
    assert PrivacyPlea.objects.get().granted is None


def test_who_took_their_words_back_is_forgotten_though_the_case_goes_on() -> None:
    theirs, master = their_case("accepted"), a_case("handling", text="路灯坏了。")
    merge_case(theirs.number, master.number, by=a_dispatcher(), at=TUESDAY)
    withdraw_submission(theirs.number, code(own(theirs)), at=TUESDAY)

    granted(asked(theirs, "erase"))

    assert own(theirs).text == ""
    assert Case.objects.get(pk=master.pk).state == "handling"
    assert audit_faults() == ""


def test_what_was_forgotten_is_not_forgotten_again() -> None:
    case = their_case()
    granted(asked(case, "erase"))

    with pytest.raises(errors.AlreadyErased):
        asked(case, "erase")


def test_the_page_of_who_was_forgotten_says_what_is_left_and_asks_nothing(client: Client) -> None:
    case = their_case()
    granted(asked(case, "erase"))

    page = client.get(mine(case)).content.decode()

    assert "您的身份、文字和照片都已删除" in page
    assert "保存多久" not in page
    assert 'name="what"' not in page


# Who may, and on what proof


def test_a_second_person_decides_what_a_colleague_wrote_down() -> None:
    case, by = their_case(), a_dispatcher()
    plea = ask_for_requester(
        case.number, what="erase", reach="this", proof="document", by=by, at=TUESDAY
    )

    with pytest.raises(errors.SecondPerson):
        grant_privacy(plea.pk, proof="document", by=by, at=TUESDAY)
    grant_privacy(plea.pk, proof="document", by=a_supervisor(), at=TUESDAY)

    assert own(case).is_erased


def test_a_receipt_proves_no_more_than_itself() -> None:
    plea = asked(their_case(), "copy", reach="all")

    with pytest.raises(errors.ReceiptNotEnough):
        granted(plea, proof="receipt")


def test_a_copy_granted_on_a_receipt_still_masks_who_they_are() -> None:
    plea = granted(asked(their_case(), "copy"), proof="receipt")

    (held,) = hand_out(plea.pk, by=a_dispatcher(), at=TUESDAY)

    assert facts_of(held)["who"]["phone"] == "139****4321"


def test_the_same_is_asked_once_at_a_time() -> None:
    case = their_case()
    asked(case, "copy")

    with pytest.raises(errors.AskedAlready):
        asked(case, "copy")


def test_nobody_who_handles_a_confidential_case_decides_who_is_known_of_it() -> None:
    case = their_case("handling", confidential=True)
    plea = asked(case, "copy")
    both = a_person(Role.DISPATCHER)
    assert case.responsible_unit is not None

    give_post(both, case.responsible_unit, Role.HANDLER, at=MONDAY)

    with pytest.raises(NotFound):
        grant_privacy(plea.pk, proof="document", by=both, at=TUESDAY)


def test_a_refusal_gives_its_reason_on_the_receipt(client: Client) -> None:
    case = their_case()
    plea = asked(case, "erase")

    refuse_privacy(plea.pk, "档案规定还要保存两年。", by=a_dispatcher(), at=TUESDAY)

    page = client.get(f"/r/{case.number}/{code(own(case))}/").content.decode()
    assert "没有同意删除个人信息" in page
    assert "档案规定还要保存两年。" in page
    assert "没有同意，理由在回执里" in client.get(mine(case)).content.decode()
    with pytest.raises(errors.DecidedAlready):
        granted(plea)


def test_an_asking_is_promised_a_day_and_stands_in_the_list_until_it_is_answered() -> None:
    plea = asked(their_case(), "copy")

    before = list(privacy_list(a_dispatcher()))
    granted(plea)

    assert before == [plea]
    assert plea.due_at - plea.asked_at > timedelta(days=18)
    assert list(privacy_list(a_dispatcher())) == []


# Pages


def test_a_receipt_holder_asks_and_staff_answer_on_their_pages(client: Client) -> None:
    case = their_case(at=now() - A_DAY)

    faulty = client.post(mine(case), {"what": "correct"})
    sent = client.post(mine(case), {"what": "correct", "text": "电话是 13700001111。"}, follow=True)
    client.force_login(a_dispatcher())
    list_page = client.get("/desk/privacy/").content.decode()
    plea = PrivacyPlea.objects.get()
    page = client.get(f"/desk/privacy/{plea.pk}/").content.decode()
    nothing = client.post(f"/desk/privacy/{plea.pk}/", {"granted": "1", "proof": "receipt"})
    done = client.post(
        f"/desk/privacy/{plea.pk}/",
        {"granted": "1", "proof": "called_back", "phone": "13700001111"},
        follow=True,
    )

    assert (faulty.status_code, "请写下哪里不对" in faulty.content.decode()) == (422, True)
    assert "申请已收到" in sent.content.decode()
    assert case.number in list_page
    assert "电话是 13700001111。" in page
    assert (nothing.status_code, "请至少填一项" in nothing.content.decode()) == (422, True)
    assert "已办好，记入台账" in done.content.decode()
    assert Requester.objects.get().phone == "13700001111"


def test_a_copy_is_asked_for_at_the_counter_granted_and_taken(client: Client) -> None:
    case = their_case(at=now() - A_DAY)
    client.force_login(a_dispatcher())
    ask = f"/desk/submissions/{case.number}/privacy/"

    shown = client.get(f"/desk/cases/{case.number}/").content.decode()
    too_much = client.post(ask, {"what": "copy", "reach": "all", "proof": "receipt"})
    client.post(ask, {"what": "copy", "reach": "all", "proof": "document"})
    plea = PrivacyPlea.objects.get()
    own_decision = client.post(f"/desk/privacy/{plea.pk}/", {"granted": "1", "proof": "document"})
    client.force_login(a_supervisor())
    client.post(f"/desk/privacy/{plea.pk}/", {"granted": "1", "proof": "document"})
    page = client.get(f"/desk/privacy/{plea.pk}/").content.decode()

    assert ask in shown
    assert "回执只证明这一件是他的" in too_much.content.decode()
    assert "不能自己审核自己的申请" in own_decision.content.decode()
    assert "下载副本，交给诉求人" in page
    assert client.post(f"/desk/privacy/{plea.pk}/copy.zip").status_code == 200


def test_the_pages_take_few_statements(client: Client, django_assert_max_num_queries: Any) -> None:
    case = their_case(photos=(a_photo(),))
    plea = asked(case, "copy")
    path = mine(case)

    with django_assert_max_num_queries(22):
        client.get(path)
    client.force_login(a_dispatcher())
    with django_assert_max_num_queries(6):
        client.get("/desk/privacy/")
    with django_assert_max_num_queries(12):
        client.get(f"/desk/privacy/{plea.pk}/")


def test_the_table_of_retention_says_what_falls_due_this_month(client: Client) -> None:
    their_case(at=now() - timedelta(days=60))
    load_terms([Term("contact", 30, "本市规定第三条")], at=MONDAY)
    client.force_login(a_person(Role.AUDITOR))

    page = client.get("/desk/keeping/").content.decode()

    row = re.search(r"<tr><td>办结后的联系电话</td>.*?</tr>", page)
    assert row is not None
    assert "30 天" in row[0]
    assert "本市规定第三条" in row[0]
    assert ">1<" in row[0]
    assert page.count("长期") >= 16
    assert "系统不自动删除" in page


def test_the_page_of_retention_counts_every_line_in_a_handful_of_statements(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    their_case(at=now() - timedelta(days=60))
    load_terms([Term(name, 30, "本市规定第三条") for name in CATEGORIES], at=MONDAY)
    client.force_login(a_person(Role.AUDITOR))

    with django_assert_max_num_queries(9):
        page = client.get("/desk/keeping/").content.decode()

    assert page.count("30 天") == len(CATEGORIES)


def test_administrators_change_the_table_and_each_change_is_an_entry(client: Client) -> None:
    client.force_login(a_person(Role.ADMINISTRATOR))
    line = Retention.objects.get(category="photos")
    path = f"/admin/cases/retention/{line.pk}/change/"

    refused = client.post(path, {"days": "365", "source": "", "since": ""})
    client.post(path, {"days": "365", "source": "本市规定", "since": ""})

    assert "请写依据" in refused.content.decode()
    line.refresh_from_db()
    assert (line.days, line.category) == (365, "photos")
    entry = Entry.objects.get(verb="retention.changed")
    assert (entry.facts["category"], entry.facts["days"]) == ("photos", 365)


def test_the_database_itself_wants_a_second_person_and_a_proof() -> None:
    plea = asked(their_case(), "copy")

    with pytest.raises(IntegrityError, match="privacy_plea_granted_on_proof"), transaction.atomic():
        PrivacyPlea.objects.filter(pk=plea.pk).update(
            granted=True, decided_by=a_dispatcher(), decided_at=TUESDAY
        )


# The rules


@given(st.text("冯怀远 ab", max_size=5), st.text("冯怀远 ab", max_size=5), st.booleans())
def test_who_is_the_same_does_not_hang_on_blanks_and_case(
    name: str, other: str, secret: bool
) -> None:
    same = is_same_person(name, other, confidential=secret)

    assert same == is_same_person(f" {name.upper()} ", other, confidential=secret)
    assert not same or not other.strip() or name.strip()


@given(st.text("冯怀远找1398765 -", max_size=30))
def test_what_is_covered_holds_neither_name_nor_number(around: str) -> None:
    text = f"{around}{NAME}{around}{PHONE}{around}"

    covered = cover(text, name=NAME, phone=PHONE)

    assert NAME not in covered
    assert PHONE not in covered
    assert cover(covered, name=NAME, phone=PHONE) == covered


@given(st.lists(st.sampled_from(["", " ", "\u3000", "\t", "\u200b"]), min_size=20, max_size=20))
def test_a_name_and_a_number_are_found_in_whatever_width_and_however_parted(
    blanks: list[str],
) -> None:
    number = "１３９8765４３２１"
    parted = ["".join(map("".join, zip(each, blanks, strict=False))) for each in (NAME, number)]

    covered = cover("请找{}，打{}。".format(*parted), name=NAME, phone=PHONE)

    assert covered.replace(blanks[2], "").startswith("请找〔姓名〕")
    assert "〔电话〕" in covered
    assert not any(letter.isdecimal() for letter in covered)


@pytest.mark.parametrize(
    ("name", "text", "covered"),
    [
        ("Ann Lee", "Please ask ANN  LEE or annlee, not Joann Lee.",
         "Please ask 〔姓名〕 or 〔姓名〕, not Joann Lee."),
        ("阿不都·热合曼", "阿不都热合曼和阿不都 • 热合曼", "〔姓名〕和〔姓名〕"),
        ("李一", "小李\n一共三次", "小李\n一共三次"),
        ("李", "李女士", "李女士"),
        ("", "没有名字", "没有名字"),
    ],
)  # fmt: skip
def test_only_the_name_is_covered(name: str, text: str, covered: str) -> None:
    assert cover(text, name=name, phone="") == covered


@given(st.dictionaries(st.text("abc.", min_size=1), st.binary(max_size=50), max_size=4))
def test_a_parcel_gives_back_what_was_put_in_and_is_always_the_same(
    files: dict[str, bytes],
) -> None:
    raw = parcel_of(files)

    assert {name: opened(raw).read(name) for name in opened(raw).namelist()} == files
    assert raw == parcel_of(files)
