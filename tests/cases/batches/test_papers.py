"""Papers of a list put right: turned back, added to the one list for all to see, crossed out."""

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.cases.actions.batch_items import ask_for_papers, hand_in, say_not_received
from mingchuang.cases.actions.batch_papers import add_papers, strike_papers, turn_back_papers
from mingchuang.cases.batching.errors import (
    NotAskedYet,
    NothingToAsk,
    NothingToStrike,
    NothingToTurnBack,
    PapersOwed,
)
from mingchuang.cases.models import Batch, Paper
from mingchuang.cases.queries.batch_audit import batch_faults
from mingchuang.cases.queries.batch_papers import told_once_in
from mingchuang.cases.rules.batches.papers import ToldOnce, each_once, folded
from tests.build import A_DAY, MONDAY
from tests.cases.batches.build import (
    a_batch,
    a_list,
    a_row,
    a_workbook,
    code,
    in_hand,
    moved,
    sent,
    the_contact,
)
from tests.cases.batches.test_items import facts_of, stages
from tests.cases.batches.test_pages import desk, handling, own, seated
from tests.town import a_photo

pytestmark = pytest.mark.django_db


def asked(batch: Batch, places: str, *names: str) -> list[int]:
    """Papers that are needed of these people; the keys of all that are needed in the batch."""
    ask_for_papers(batch.number, places, names, by=the_contact(batch), at=MONDAY)
    return list(Paper.objects.filter(item__batch=batch).order_by("pk").values_list("pk", flat=True))


def test_nobody_is_accepted_over_papers_they_owe() -> None:
    batch = a_list(2)
    asked(batch, "2", "劳动合同")

    with pytest.raises(PapersOwed, match="第 2 位还缺材料"):
        moved(batch, "1-2", "accepted")

    assert stages(batch) == ["sent", "needs_more"]


def brought(batch: Batch, *papers: int) -> None:
    hand_in(batch.number, code(batch), papers, [a_photo()], at=MONDAY)


def test_a_photo_nobody_can_read_is_turned_back_and_asked_for_again() -> None:
    batch = a_list(2)
    papers, by = asked(batch, "1-2", "劳动合同"), the_contact(batch)
    brought(batch, *papers)
    later = MONDAY + A_DAY

    turn_back_papers(batch.number, papers[:1], "unreadable", "第二页反光。", by=by, at=later)

    paper = Paper.objects.get(pk=papers[0])
    assert stages(batch) == ["needs_more", "accepted"]
    assert (paper.supplied_at, paper.why, paper.because) == (None, "unreadable", "第二页反光。")
    assert facts_of(batch, "batch.turned_back") == {
        "papers": 1,
        "why": "unreadable",
        "listed": "1",
        "by": by.badge,
    }
    assert list(batch_faults()) == []
    brought(batch, papers[0])
    assert stages(batch) == ["accepted", "accepted"]


def test_what_was_turned_back_is_asked_for_in_the_next_batch_too() -> None:
    earlier = a_list(1)
    papers = asked(earlier, "1", "劳动合同")
    brought(earlier, *papers)
    later = in_hand(a_batch())
    sent(later, a_workbook(a_row(1)))
    by = the_contact(later)

    with pytest.raises(NothingToAsk):
        asked(later, "1", "《劳动合同》")
    turn_back_papers(
        earlier.number, papers, "other_paper", by=the_contact(earlier), at=MONDAY + A_DAY
    )
    ask_for_papers(later.number, "1", ["劳动合同"], by=by, at=MONDAY)

    assert stages(later) == ["needs_more"]


def test_what_another_company_handed_in_is_asked_for_here() -> None:
    theirs = a_list(1)
    brought(theirs, *asked(theirs, "1", "劳动合同"))
    ours = a_list(1, phone="13900000009")

    ask_for_papers(ours.number, "1", ["劳动合同"], by=the_contact(ours), at=MONDAY)

    assert stages(ours) == ["needs_more"]


def test_who_handed_it_in_before_is_named_and_the_others_are_asked() -> None:
    earlier, later = a_list(1), a_list(2)
    brought(earlier, *asked(earlier, "1", "劳动合同"))

    nameless = handling(later, "ask", {"places": "1-2", "papers": "《》"})
    seat, given = seated(the_contact(later)), {"places": "1-2", "papers": "劳动合同"}
    told = seat.post(desk(later, "ask", name="batch_deed"), given, follow=True)

    assert "请写材料的名称。" in nameless.content.decode()
    assert "第 1 位早先交过其中的材料" in told.content.decode()
    assert stages(later) == ["sent", "needs_more"]
    assert list(batch_faults()) == []


def test_why_one_paper_is_not_here_is_read_while_another_is_turned_back(client: Client) -> None:
    batch = a_list(1)
    contract, photo = asked(batch, "1", "劳动合同", "照片")
    by = the_contact(batch)
    hand_in(batch.number, code(batch), [contract], [], at=MONDAY)
    brought(batch, photo)

    say_not_received(batch.number, [contract], "没有收到原件。", by=by, at=MONDAY)
    turn_back_papers(batch.number, [photo], "unreadable", by=by, at=MONDAY + A_DAY)

    told = client.get(own(batch)).content.decode()
    assert "劳动合同 <span" in told
    assert "窗口没有收到这份材料：没有收到原件。" in told
    assert list(batch_faults()) == []


def test_what_is_not_here_or_is_done_is_not_turned_back() -> None:
    batch = a_list(2)
    one, other = asked(batch, "1-2", "劳动合同")
    brought(batch, one)
    moved(batch, "1", "in_progress", "done")

    with pytest.raises(NothingToTurnBack):
        turn_back_papers(
            batch.number, [one, other], "expired", by=the_contact(batch), at=MONDAY + A_DAY
        )


@pytest.mark.parametrize(
    "name", ["《劳动合同》", "劳动 合同", "劳动\u3000合同", " 劳动合同\u200b", "“劳动合同”"]
)
def test_one_paper_is_one_however_its_name_is_typed(name: str) -> None:
    assert folded(name) == folded("劳动合同")
    assert folded("Ａ４ 表") == folded("a4表") != folded("a3表")
    assert each_once([name, "劳动合同", "《》", "照片"]) == [name, "照片"]


def test_the_company_reads_why_a_paper_is_turned_back(client: Client) -> None:
    batch = a_list(1)
    papers = asked(batch, "1", "劳动合同")
    brought(batch, *papers)
    seat = seated(the_contact(batch))
    person = seat.post(desk(batch, 1, name="batch_person")).content.decode()

    without = handling(batch, "turn", {"paper": papers, "why": "otherwise", "because": ""})
    handling(batch, "turn", {"paper": papers, "why": "unreadable", "because": "第二页反光。"})

    told = client.get(own(batch)).content.decode()
    assert f'name="paper" value="{papers[0]}"' in person
    assert "请写明是什么原因" in without.content.decode()
    assert f'value="{papers[0]}" checked' in without.content.decode()
    assert "退回：看不清，第二页反光。" in told
    assert "（已退回）" in seat.post(desk(batch, 1, name="batch_person")).content.decode()


def test_what_the_one_list_left_out_is_added_openly_and_counted() -> None:
    batch = a_list(3)
    (paper, *_) = asked(batch, "1-2", "劳动合同")
    by, later = the_contact(batch), MONDAY + A_DAY
    brought(batch, paper)

    with pytest.raises(NotAskedYet, match="第 3 位"):
        add_papers(batch.number, "1、3", ["照片"], "清单漏了。", by=by, at=later)
    with pytest.raises(NothingToAsk):
        add_papers(batch.number, "1", ["《劳动合同》"], "清单漏了。", by=by, at=later)
    add_papers(batch.number, "1", ["照片", "劳动合同"], "清单漏了照片。", by=by, at=later)

    late = Paper.objects.get(is_late=True)
    assert stages(batch) == ["needs_more", "needs_more", "sent"]
    assert (late.name, late.because) == ("照片", "清单漏了照片。")
    assert told_once_in(Batch.objects.all()) == ToldOnce(once=1, told=2)
    assert facts_of(batch, "batch.told_more") == {
        "papers": 1,
        "listed": "1",
        "here_of": "1",
        "by": by.badge,
    }
    assert list(batch_faults()) == []


def test_what_is_not_needed_is_crossed_out_and_who_owes_nothing_more_goes_on() -> None:
    batch = a_list(2)
    first, _photo, second, other = asked(batch, "1-2", "劳动合同", "照片")
    by = the_contact(batch)
    brought(batch, other)

    strike_papers(batch.number, [first, second], "系统里查得到。", by=by, at=MONDAY)

    assert stages(batch) == ["needs_more", "accepted"]
    assert facts_of(batch, "batch.papers_struck") == {
        "papers": 2,
        "listed": "1-2",
        "onward": "2",
        "by": by.badge,
    }
    assert list(batch_faults()) == []
    with pytest.raises(NothingToStrike):
        strike_papers(batch.number, [first], "系统里查得到。", by=by, at=MONDAY)


def test_the_company_reads_what_was_added_and_what_is_not_needed(client: Client) -> None:
    batch = a_list(2)
    papers = asked(batch, "1-2", "劳动合同")

    handling(batch, "more", {"places": "1", "more": "照片", "why_more": "当时没有写上。"})
    without = handling(batch, "strike", {"paper": papers[1:], "why_struck": ""})
    handling(batch, "strike", {"paper": papers[1:], "why_struck": "系统里查得到。"})

    told = client.get(own(batch)).content.decode()
    listed = seated(the_contact(batch)).get(reverse("cases:desk_batches")).content.decode()
    assert without.status_code == 422
    assert "补充告知</b>" in told
    assert "原因：当时没有写上。" in told
    assert "劳动合同<br>原因：系统里查得到。" in told
    assert ["1/2</b>" in page for page in (told, listed)] == [True, True]
