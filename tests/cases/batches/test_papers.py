"""Papers of a list put right: a photo nobody can read is turned back, and asked for once more."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from mingchuang.cases.actions.batch_items import ask_for_papers, hand_in
from mingchuang.cases.actions.batch_papers import turn_back_papers
from mingchuang.cases.batching.errors import NothingToAsk, NothingToTurnBack
from mingchuang.cases.models import Paper
from mingchuang.cases.queries.batch_audit import batch_faults
from mingchuang.cases.rules.batches.papers import each_once, folded
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

if TYPE_CHECKING:
    from mingchuang.cases.models import Batch

pytestmark = pytest.mark.django_db


def asked(batch: "Batch", places: str, *names: str) -> list[int]:
    """Papers that are needed of these people; the keys of all that are needed in the batch."""
    ask_for_papers(batch.number, places, names, by=the_contact(batch), at=MONDAY)
    return list(Paper.objects.filter(item__batch=batch).order_by("pk").values_list("pk", flat=True))


def brought(batch: "Batch", *papers: int) -> None:
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
    later = in_hand(a_batch(phone="13900000009"))
    sent(later, a_workbook(a_row(1)))
    by = the_contact(later)

    with pytest.raises(NothingToAsk):
        asked(later, "1", "《劳动合同》")
    turn_back_papers(
        earlier.number, papers, "other_paper", by=the_contact(earlier), at=MONDAY + A_DAY
    )
    ask_for_papers(later.number, "1", ["劳动合同"], by=by, at=MONDAY)

    assert stages(later) == ["needs_more"]


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
