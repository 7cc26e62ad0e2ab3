"""Words written to somebody else before one was joined are not one's own to read."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from mingchuang.cases.actions._forgetting import forget_words
from mingchuang.cases.actions.handling import publish_reply, reply_to_case, unpublish_reply
from mingchuang.cases.actions.merging import join_as_reminder, merge_case, unmerge_case
from mingchuang.cases.actions.reception import answer_at_once
from mingchuang.cases.actions.voice import say_not_solved, withdraw_submission
from mingchuang.cases.errors import AnsweredAlready, AnsweredInConfidence, OtherPerson
from mingchuang.cases.models import Case, Submission
from mingchuang.cases.queries.casefile import case_file
from mingchuang.cases.queries.receipts import receipt_of
from mingchuang.cases.queries.telling import Told
from tests.build import A_DAY, MONDAY, a_case, a_dispatcher, code, the_handler
from tests.cases.deeds import everything
from tests.cases.many import a_bulk, follow, outcomes
from tests.cases.reading import words_of

pytestmark = pytest.mark.django_db

TUESDAY = MONDAY + A_DAY
WEDNESDAY = MONDAY + 2 * A_DAY
THURSDAY = MONDAY + 3 * A_DAY
PHONE = "13800000001"
# What only its reader was to know.
OURS = "张先生，您家 502 室的低保已经办好。"
BEFORE = "这件事此前答复过其他诉求人"


def said_in(case: Case) -> Submission:
    return Submission.objects.get(number=case.number)


def receipt(case: Case) -> tuple[str, str]:
    return case.number, code(said_in(case))


def story(case: Case) -> list[Told]:
    return list(receipt_of(said_in(case)).story)


def texts(case: Case) -> list[str]:
    return [told.text for told in story(case) if told.text]


def answer(case: Case, text: str = OURS) -> None:
    reply_to_case(case.number, text, disposition="done", by=the_handler(case), at=TUESDAY)


def publish(case: Case, text: str = "这一片的低保都办好了。") -> None:
    publish_reply(case.number, "低保", text=text, by=the_handler(case), at=TUESDAY)


def reopened(**given: Any) -> Case:
    """A case that was answered in words meant for one reader, and did not help."""
    case = a_case("handling", **given)
    answer(case)
    say_not_solved(*receipt(case), "还没有到账。", at=TUESDAY)
    return Case.objects.get(pk=case.pk)


def join(case: Case, master: Case) -> None:
    merge_case(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)


def copied(client: Client, case: Case) -> str:
    """What stands in the copy of what is held of whoever said it."""
    sent = client.post("/".join(["/r", *receipt(case), "mine", "copy.zip"])).content
    parcel = ZipFile(BytesIO(sent))
    return "".join(parcel.read(name).decode() for name in parcel.namelist())


def page(client: Client, case: Case) -> str:
    return words_of(client.get("/".join(["/r", *receipt(case), ""])))


def test_nobody_is_joined_to_an_answered_case_for_no_answer_would_reach_them() -> None:
    case, master = a_case(), a_case("replied")
    before = everything()

    with pytest.raises(AnsweredAlready, match=f"请单独答复 {case.number}"):
        join(case, master)

    assert everything() == before


def test_nor_to_one_that_was_answered_on_the_spot() -> None:
    case, master = a_case(), a_case()
    answer_at_once(master.number, OURS, disposition="explained", by=a_dispatcher(), at=MONDAY)

    with pytest.raises(AnsweredAlready):
        join(case, master)

    assert OURS not in texts(case)


def test_not_even_the_same_person_again_for_what_is_answered_cannot_be_chased() -> None:
    case, master = a_case(phone=PHONE), a_case("replied", phone=PHONE)

    with pytest.raises(AnsweredAlready, match="没有解决"):
        join_as_reminder(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)

    assert Case.objects.get(pk=master.pk).reminders == 0


def test_many_at_once_are_refused_one_by_one() -> None:
    case, master = a_case(), a_case("replied")

    bulk = a_bulk("merge", case, by=a_dispatcher(), into=master.number)
    follow(at=WEDNESDAY)

    assert outcomes(bulk) == [("refused", "answered_already")]


def test_nobody_is_joined_to_what_was_answered_in_confidence_even_when_it_is_open_again() -> None:
    case, master = a_case(), reopened(confidential=True)
    before = everything()

    with pytest.raises(AnsweredInConfidence, match=f"请单独办理 {case.number}"):
        join(case, master)

    assert everything() == before


def test_a_confidential_case_that_nobody_answered_yet_takes_others() -> None:
    case, master = a_case(), a_case("handling", confidential=True)
    join(case, master)

    answer(master, "都查过了。")

    assert texts(case)[-1] == "都查过了。"


def test_who_joins_a_case_that_is_open_again_reads_that_it_was_answered_and_not_the_words(
    client: Client,
) -> None:
    case, master = a_case(), reopened()

    join(case, master)

    shown = page(client, case)
    assert BEFORE in shown
    assert "您的答复会另外给您" in shown
    assert "502 室" not in shown
    assert "低保" not in shown


def test_what_was_written_before_is_not_marked_as_an_answer_to_who_joins() -> None:
    case, master = a_case(), reopened()

    join(case, master)

    assert not [told for told in story(case) if told.is_answer]


def test_the_next_answer_reaches_who_joined_and_who_was_there() -> None:
    case, master = a_case(), reopened()
    join(case, master)

    answer(master, "钱已经到账。")

    assert (texts(case)[-1], texts(master)[-1]) == ("钱已经到账。", "钱已经到账。")
    assert OURS in texts(master)
    assert OURS not in texts(case)


def test_an_answer_that_everybody_may_read_is_shown_in_its_public_words() -> None:
    case, master = a_case(), a_case("handling")
    answer(master)
    publish(master)
    say_not_solved(*receipt(master), "还没有到账。", at=TUESDAY)

    join(case, master)

    assert "这一片的低保都办好了。" in texts(case)
    assert OURS not in texts(case)


def test_an_answer_that_was_taken_off_the_public_page_is_not_shown() -> None:
    case, master = a_case(), a_case("handling")
    answer(master)
    publish(master)
    unpublish_reply(master.number, by=the_handler(master), at=TUESDAY)
    say_not_solved(*receipt(master), "还没有到账。", at=TUESDAY)

    join(case, master)

    assert not {OURS, "这一片的低保都办好了。"} & set(texts(case))


def test_a_copy_of_ones_data_holds_no_words_written_to_others_either(client: Client) -> None:
    case, master = a_case(), reopened()
    join(case, master)

    held = copied(client, case)

    assert BEFORE in held
    assert "502 室" not in held


def test_through_a_chain_each_reads_what_was_written_while_they_were_there() -> None:
    first, second, third = a_case(), a_case("handling"), reopened()
    join(first, second)
    answer(second, "第二件的答复。")
    say_not_solved(*receipt(second), "没有好。", at=WEDNESDAY)

    merge_case(second.number, third.number, by=a_dispatcher(), at=THURSDAY)

    assert "第二件的答复。" in texts(first)
    assert OURS not in texts(first) + texts(second)
    assert "第二件的答复。" not in texts(third)


def test_who_is_parted_before_the_answer_and_joined_after_it_does_not_read_it() -> None:
    case, master = a_case(), a_case("handling")
    merge_case(case.number, master.number, by=a_dispatcher(), at=MONDAY)
    unmerge_case(case.number, by=a_dispatcher(), at=MONDAY)
    answer(master)
    say_not_solved(*receipt(master), "还没有到账。", at=TUESDAY)

    join(case, master)

    assert OURS not in texts(case)


def test_parted_again_nothing_is_left_of_it() -> None:
    case, master = a_case(), reopened()
    kept = {
        name: rows
        for name, rows in everything().items()
        if name in {"cases_case", "cases_submission"}
    }
    join(case, master)

    unmerge_case(case.number, by=a_dispatcher(), at=THURSDAY)

    now = everything()
    assert {name: now[name] for name in kept} == kept
    assert BEFORE not in " ".join(told.sentence for told in story(case))


def test_the_same_person_again_reads_the_answer_they_were_given() -> None:
    master = reopened(phone=PHONE, name="张伟")
    case = a_case(phone=PHONE, name="张伟")

    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)

    assert OURS in texts(case)


@pytest.mark.parametrize("name", ["张小明", ""])
def test_somebody_else_on_the_same_phone_does_not(name: str) -> None:
    master = reopened(phone=PHONE, name="张伟")
    case = a_case(phone=PHONE, name=name)

    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)

    assert OURS not in texts(case)


def test_the_same_person_reads_only_what_was_given_to_themselves() -> None:
    master = reopened(phone="13900000009")
    theirs = a_case(phone=PHONE, name="李静")
    join(theirs, master)
    again = a_case(phone=PHONE, name="李静")

    join_as_reminder(again.number, master.number, by=a_dispatcher(), at=THURSDAY)

    assert OURS not in texts(again)
    assert BEFORE in " ".join(told.sentence for told in story(again))


def test_the_list_of_like_cases_offers_no_joining_that_would_be_refused(client: Client) -> None:
    text = "丽江新城旁边的搅拌站半夜开工，灰尘很大，睡不着。"
    a_case("replied", text=text)
    case = a_case(text=text)
    client.force_login(a_dispatcher())

    shown = client.get(f"/desk/cases/{case.number}/alike/").content.decode()

    assert 'value="apart"' in shown
    assert 'value="join"' not in shown
    assert "请分别办理" in shown


def test_who_wished_to_join_what_was_answered_meanwhile_is_answered_alone(client: Client) -> None:
    master = a_case("handling")
    case = a_case(joins=master.pk)
    answer(master)
    client.force_login(a_dispatcher())

    shown = client.post(
        f"/desk/cases/{case.number}/alike/", {"other": master.number, "deed": "join"}
    )

    assert shown.status_code == 422
    assert f"请单独答复 {case.number}" in words_of(shown)


def test_what_neighbours_said_is_told_without_anybodys_number(client: Client) -> None:
    case, master, other = a_case(), a_case("handling"), a_case()
    join(case, master)
    join(other, master)
    unmerge_case(other.number, by=a_dispatcher(), at=THURSDAY)

    shown = page(client, case) + page(client, master)

    assert "并入的一件恢复单独办理" in shown
    assert other.number not in shown
    assert master.number not in page(client, case)
    assert case.number not in page(client, master)


def test_staff_read_which_case_was_joined_and_parted() -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    unmerge_case(case.number, by=a_dispatcher(), at=THURSDAY)

    told = [line.sentence for line in case_file(a_dispatcher(), master.number).story]

    assert f"{case.number} 恢复单独办理" in told


def test_nobody_is_told_of_themselves_as_a_neighbour(client: Client) -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)

    assert "邻居" not in page(client, case)
    assert "有 1 位邻居反映了同一件事" in page(client, master)


def test_what_the_same_person_said_again_is_no_neighbours_word(client: Client) -> None:
    master, case = a_case("handling", phone=PHONE), a_case(phone=PHONE)

    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)

    assert "先前的诉求人又反映了一次" in page(client, master)
    assert "诉求人催办" in page(client, case)
    assert "邻居" not in page(client, master) + page(client, case)


def test_words_without_a_phone_do_not_pass_as_a_reminder_beside_ones_own() -> None:
    master, case, nobody = a_case("handling", phone=PHONE), a_case(phone=PHONE), a_case()
    join(nobody, case)

    with pytest.raises(OtherPerson):
        join_as_reminder(case.number, master.number, by=a_dispatcher(), at=THURSDAY)


def test_who_took_it_back_reads_no_answer_written_to_the_others_afterwards(
    client: Client,
) -> None:
    case, master = a_case(phone=PHONE), a_case("handling")
    join(case, master)
    withdraw_submission(*receipt(case), at=WEDNESDAY)

    reply_to_case(master.number, OURS, disposition="done", by=the_handler(master), at=THURSDAY)

    shown = page(client, case) + copied(client, case)
    assert "您已于" in shown
    assert "502 室" not in shown
    assert "已答复" not in shown
    assert OURS in texts(master)


def test_nor_does_who_began_the_case_and_left_it_to_the_others(client: Client) -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    withdraw_submission(*receipt(master), at=WEDNESDAY)

    reply_to_case(master.number, OURS, disposition="done", by=the_handler(master), at=THURSDAY)

    assert "502 室" not in page(client, master) + copied(client, master)
    assert OURS in texts(case)


def test_who_took_it_back_keeps_what_was_written_to_them_until_then() -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    answer(master)
    say_not_solved(*receipt(master), "还没有到账。", at=THURSDAY)

    withdraw_submission(*receipt(case), at=THURSDAY)

    assert OURS in texts(case)
    assert [told.verb for told in story(case)][-1] == "submission.withdrawn"


def test_who_took_it_back_is_promised_nothing_more(client: Client) -> None:
    case, master = a_case(phone=PHONE), a_case("handling")
    join(case, master)

    withdraw_submission(*receipt(case), at=WEDNESDAY)

    shown = page(client, case)
    assert "回访您" not in shown
    assert "最迟" not in shown


def test_who_took_it_back_before_the_others_were_joined_elsewhere_reads_nothing_of_that() -> None:
    gone, case, master = a_case(), a_case(), reopened()
    join(gone, case)
    withdraw_submission(*receipt(gone), at=WEDNESDAY)

    join(case, master)

    assert [told.verb for told in story(gone)][-1] == "submission.withdrawn"
    assert BEFORE not in " ".join(told.sentence for told in story(gone))


def test_who_took_it_back_is_told_when_the_words_are_erased(client: Client) -> None:
    case, master = a_case(), a_case("handling")
    join(case, master)
    withdraw_submission(*receipt(case), at=WEDNESDAY)

    forget_words(Case.objects.get(pk=master.pk), {"source": "GB", "by": "system"}, at=THURSDAY)

    assert "已按规定删除" in page(client, case)


def test_who_left_no_name_the_first_time_may_have_been_somebody_else() -> None:
    master, case = reopened(phone=PHONE), a_case(phone=PHONE, name="张小明")

    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)

    assert OURS not in texts(case)


def test_and_two_who_left_no_name_may_be_two() -> None:
    master, case = reopened(phone=PHONE), a_case(phone=PHONE)

    join_as_reminder(case.number, master.number, by=a_dispatcher(), at=WEDNESDAY)

    assert OURS not in texts(case)
