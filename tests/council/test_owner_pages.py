"""Pages of ballots and shared costs: staff's, an owner's own, and everybody's."""

import re
from base64 import b64decode
from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from openpyxl import Workbook, load_workbook

from mingchuang.base.templatetags.words import moment
from mingchuang.council import flat_book
from mingchuang.council.actions.ballots import close_ballot, publish_ballot, revoke_ballot
from mingchuang.council.actions.costs import Drawn, change_cost
from mingchuang.council.actions.votes import OnPaper, enter_vote
from mingchuang.council.models import Movement, Topic, Vote
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from tests.build import a_person
from tests.council import the_owners
from tests.council.ballots import (
    a_ballot,
    a_cost,
    a_fixed_cost,
    a_payment,
    a_row,
    an_owner,
    an_owners_topic,
    vote,
    vote_on_paper,
)
from tests.council.build import a_convenor, a_photo, a_topic

pytestmark = pytest.mark.django_db
HEADER = ("房号", "专有部分面积", "楼层", "业主", "电话", "未售或未交付")


def as_convenor(client: Client) -> Client:
    client.force_login(a_convenor())
    return client


def page(response: Any) -> str:
    return str(response.content.decode())


def go(client: Client, name: str, *args: object) -> Any:
    return client.get(reverse(f"council:{name}", args=args))


def send(client: Client, name: str, *args: object, **said: Any) -> Any:
    return client.post(reverse(f"council:{name}", args=args), said)


def a_workbook(rows: Iterable[Iterable[object]], header: Iterable[str] = HEADER) -> Any:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(file := BytesIO())
    return SimpleUploadedFile("名册.xlsx", file.getvalue())


def imported(client: Client, topic: Topic, workbook: Any) -> Any:
    return send(as_convenor(client), "import_flats", topic.number, workbook=workbook)


def marked_in(response: Any) -> list[tuple[object, ...]]:
    """The rows of the workbook that came back."""
    link = response.context["copy"]
    sheet = load_workbook(BytesIO(b64decode(link.partition(",")[2]))).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_good_rows_go_on_and_faults_come_back_in_the_same_workbook(client: Client) -> None:
    topic = a_topic("gathering", legal="ballot")
    rows = [
        ("1幢101", 89.56, 1, "张三丰", "13800000001", ""),
        ("1幢102", "约九十", 1, "李四光", "", ""),
        ("1幢201", 89.56, 2, "张三丰", "13800000001", "否"),
        ("1幢101", 90, 1, "王五", "", ""),
    ]

    response = imported(client, topic, a_workbook(rows))

    assert topic.flats.count() == 2
    assert topic.owners.count() == 1
    _header, *marked = marked_in(response)
    assert [row[0] for row in marked] == ["1幢101", "1幢102", "1幢201", "1幢101"]
    assert [row[-1] for row in marked] == [
        None,
        "“约九十”不是面积，请写成 89.56 的样子，最多两位小数。",
        None,
        "房号“1幢101”在表里出现了两次，请留下正确的一行。",
    ]


def test_the_workbook_that_came_back_is_mended_and_sent_again(client: Client) -> None:
    topic = a_topic("gathering", legal="ballot")
    rows = [("1幢101", 89.56, 1, "张三丰", "13800000001", "")]
    imported(client, topic, a_workbook(rows))

    again = imported(client, topic, a_workbook([*rows, ("1幢102", 90, 1, "李四光", "", "")]))

    assert dict(again.context["taken"].counts) == {"same": 1, "added": 1}


def test_without_a_column_that_is_needed_nothing_is_read(client: Client) -> None:
    topic = a_topic("gathering", legal="ballot")

    response = imported(client, topic, a_workbook([("1幢101", "张三")], header=("房号", "业主")))

    assert response.status_code == 422
    assert "第一行缺少这几列：专有部分面积" in page(response)


def test_more_rows_than_a_register_has_are_refused_and_none_is_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = a_topic("gathering", legal="ballot")
    monkeypatch.setattr(flat_book, "MOST", 2)
    rows = [(f"1幢{n}01", 90, n, f"业主{n}", "", "") for n in range(1, 4)]

    response = imported(client, topic, a_workbook(rows))

    assert response.status_code == 422
    assert "一份最多 2 行" in page(response)
    assert not topic.flats.exists()


def test_what_is_no_workbook_is_named_as_it_was_sent(client: Client) -> None:
    topic = a_topic("gathering", legal="ballot")

    response = imported(client, topic, SimpleUploadedFile("五幢.xlsx", b"no workbook"))

    assert response.status_code == 422
    assert "“五幢.xlsx”不是完好的" in unescape(page(response))


def test_the_import_says_what_it_does_not_do(client: Client) -> None:
    topic = an_owners_topic()

    shown = page(go(as_convenor(client), "import_flats", topic.number))

    assert "导入只添加和更正，不删除" in shown
    assert "每一套都要改" in shown


def test_a_flat_is_taken_out_with_a_reason_and_put_back(client: Client) -> None:
    topic = an_owners_topic()
    as_convenor(client)

    response = send(client, "take_out_flat", topic.number, 4, reason="同一套录了两次")
    taken = page(go(client, "flats", topic.number))
    send(client, "put_back_flat", topic.number, 4)

    assert response.status_code == 302
    assert "同一套录了两次" in taken
    assert "不计入以后的表决和分摊" in taken
    assert "同一套录了两次" not in page(go(client, "flats", topic.number))


def test_a_flat_is_not_taken_out_without_a_reason(client: Client) -> None:
    topic = an_owners_topic()

    response = send(as_convenor(client), "take_out_flat", topic.number, 4, reason="")

    assert response.status_code == 422
    assert topic.flats.filter(taken_out_at=None).count() == 4


def test_a_flat_of_a_running_ballot_is_not_offered_to_be_taken_out(client: Client) -> None:
    ballot = a_ballot(at=now())

    shown = page(go(as_convenor(client), "flats", ballot.topic.number))
    response = send(client, "take_out_flat", ballot.topic.number, 4, reason="录错了")

    assert "taken-out" not in shown
    assert response.status_code == 422
    assert "正在表决" in page(response)


def test_the_blank_workbook_has_the_columns_that_are_read(client: Client) -> None:
    topic = an_owners_topic()

    response = go(as_convenor(client), "blank_flats", topic.number)

    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    assert tuple(cell.value for cell in sheet[1]) == HEADER


def test_the_register_shows_labels_and_masked_names(client: Client) -> None:
    topic = an_owners_topic([a_row("3幢201", "张三丰", phone="13800000001", area=212_50)])

    shown = page(go(as_convenor(client), "flats", topic.number))

    assert "3幢201" in shown
    assert "212.5 平方米" in shown
    assert "张*丰" in shown
    assert "张三丰" not in shown
    assert "13800000001" not in shown


def test_the_register_of_many_is_told_in_few_statements(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    topic = an_owners_topic([a_row(f"{n}幢101") for n in range(1, 60)])
    as_convenor(client)

    with django_assert_max_num_queries(10):
        assert go(client, "flats", topic.number).status_code == 200


def test_a_convenor_calls_a_ballot(client: Client) -> None:
    topic = an_owners_topic(at=now())

    response = send(as_convenor(client), "call_ballot", topic.number, **the_owners.CALLED)

    made = topic.ballots.get()
    assert response.headers["Location"] == reverse("council:ballot", args=[topic.number, 1])
    assert made.papers.count() == 4


def test_a_ballot_that_ends_before_it_begins_comes_back_filled_in(client: Client) -> None:
    topic = an_owners_topic(at=now())
    said = {**the_owners.CALLED, "closes_at": the_owners.CALLED["opens_at"]}

    response = send(as_convenor(client), "call_ballot", topic.number, **said)

    assert response.status_code == 422
    assert [*response.context["form"].errors] == ["closes_at"]
    assert "请给业主至少 7 天表决" in page(response)
    assert "同意修化粪池吗" in page(response)


@pytest.mark.parametrize(
    ("name", "wrong", "field", "told"),
    [
        ("collect", {"on": "2099-01-01"}, "on", "这一天还没有到"),
        ("collect", {"on": "2020-01-01"}, "on", "日期不能更早"),
        ("collect", {"paper": "ｓｋ-1"}, "paper", "单据号“SK-1”已经用过"),
        ("collect", {"label": "9幢909"}, "label", "没有“9幢909”这个房号"),
        ("spend", {"amount": "600.01", "why": "清掏"}, "amount", "账上只有 600.00 元"),
    ],
)
def test_what_is_wrong_with_a_line_stands_beside_its_field(
    client: Client, name: str, wrong: dict[str, str], field: str, told: str
) -> None:
    cost = the_owners.fixed_cost()
    paid = {**the_owners.PAID, "amount": "６００．００", "paper": "SK-1"}
    send(as_convenor(client), "cost_deed", cost.topic.number, 1, "collect", **paid)

    said = {**the_owners.PAID, "key": "n" * 32, **wrong}
    response = send(client, "cost_deed", cost.topic.number, 1, name, **said)

    assert response.status_code == 422
    assert [*response.context["form"].errors] == [field]
    assert told in page(response)
    assert Movement.objects.get().amount == 600_00


def test_the_ballot_shows_every_bar_with_what_is_reached_and_missing(client: Client) -> None:
    rows = [a_row("1幢101", area=70_00), *(a_row(f"1幢{n}01", area=70_75) for n in range(2, 7))]
    ballot = a_ballot(rows, at=now())
    vote(ballot, 1, at=now())

    shown = page(go(as_convenor(client), "ballot", ballot.topic.number, 1))

    assert "还差 3 位" in shown
    assert "还差 212.5 平方米" in shown
    assert "6 位中有 1 位（16.66%）；须三分之二以上，即 4 位。" in shown
    assert "还有 5 位没有表决" in shown


def test_a_paper_is_entered_and_the_next_may_follow(client: Client) -> None:
    ballot = a_ballot(at=now())

    response = send(
        as_convenor(client), "enter_vote", ballot.topic.number, 1, once="k" * 32, **the_owners.PAPER
    )

    assert response.status_code == 302
    assert Vote.objects.get().by == a_convenor()


def test_who_enters_a_paper_after_the_end_says_that_it_came_in_time(client: Client) -> None:
    ballot = a_ballot(at=now() - timedelta(days=20))
    where = ("enter_vote", ballot.topic.number, 1)

    refused = send(as_convenor(client), *where, **the_owners.PAPER)
    taken = send(client, *where, **the_owners.PAPER, in_time="on")

    assert [*refused.context["form"].errors] == ["in_time"]
    assert "截止以前交来的" in page(refused)
    assert taken.status_code == 302


def test_a_paper_of_an_unknown_flat_comes_back_with_what_was_typed(client: Client) -> None:
    ballot = a_ballot(at=now())
    said = {**the_owners.PAPER, "label": "9幢909", "filed": "P-77"}

    response = send(as_convenor(client), "enter_vote", ballot.topic.number, 1, **said)

    assert response.status_code == 422
    assert "名册里没有“9幢909”" in page(response)
    assert "P-77" in page(response)


def test_staff_see_that_somebody_voted_by_link_and_not_what(client: Client) -> None:
    ballot = a_ballot([a_row("1幢101")], at=now())
    vote(ballot, 1, "against", at=now())

    shown = page(go(as_convenor(client), "ballot", ballot.topic.number, 1))

    assert "本人在网页上表决" in shown
    entering = shown[shown.index("登记纸质票") : shown.index("下一步")]
    assert "不同意" not in shown.replace(entering, "")
    assert shown.count("<progress") == 2


def test_what_a_paper_says_is_read_by_staff_once_the_ballot_is_counted(client: Client) -> None:
    ballot = a_ballot([a_row("1幢101")], at=now())
    where = (ballot.topic.number, 1)
    said = OnPaper("1幢101", "abstain", "P-1", a_photo())
    entered = enter_vote(*where, said, by=a_convenor(), at=now())
    rows = [listed(go(as_convenor(client), "ballot", *where))]
    looks = [looked_at(client, entered.picture_id)]
    close_ballot(*where, by=a_convenor(), at=now())

    rows += [listed(go(client, "ballot", *where))]
    looks += [looked_at(client, entered.picture_id)]

    assert looks == [404, 200]
    assert ["P-1" in row for row in rows] == [True, True]
    assert [("弃权" in row, "看票" in row) for row in rows] == [(False, False), (True, True)]


def test_papers_stay_unread_where_taking_them_from_the_counts_would_tell_a_vote_by_link(
    client: Client,
) -> None:
    ballot = a_ballot([a_row("1幢101"), a_row("1幢201")], at=now())
    where = (ballot.topic.number, 1)
    said = OnPaper("1幢101", "abstain", "P-1", a_photo())
    entered = enter_vote(*where, said, by=a_convenor(), at=now())
    vote(ballot, 2, at=now())
    close_ballot(*where, by=a_convenor(), at=now())

    shown = page(go(as_convenor(client), "ballot", *where))

    assert ["弃权" in shown.partition("每一位业主")[2], "看票" in shown] == [False, False]
    assert "从面积可能看得出是谁" in shown
    assert send(client, "paper", entered.picture_id).status_code == 404


def looked_at(client: Client, picture: int | None) -> int:
    """Look at a paper to its end; return how that was answered."""
    answer = send(client, "paper", picture)
    assert answer.getvalue()
    return int(answer.status_code)


def listed(response: Any) -> str:
    """The table with every owner."""
    return page(response).partition("每一位业主")[2]


def test_staff_read_the_counts_once_a_ballot_is_counted(client: Client) -> None:
    ballot = a_ballot([a_row("1幢101", area=70_00)], at=now())
    vote(ballot, 1, at=now())
    close_ballot(ballot.topic.number, 1, by=a_convenor(), at=now())

    shown = page(go(as_convenor(client), "ballot", ballot.topic.number, 1))

    assert shown.count("<progress") == 4
    assert "表决通过" in shown


def test_a_result_that_was_called_off_stays_to_be_read_with_the_reason(client: Client) -> None:
    ballot = a_ballot([a_row("1幢101")], at=now())
    vote(ballot, 1, at=now())
    close_ballot(ballot.topic.number, 1, by=a_convenor(), at=now())
    revoke_ballot(ballot.topic.number, 1, "漏发了一张票。", by=a_convenor(), at=now())

    shown = page(go(client, "public_ballot", ballot.topic.number, 1))

    assert "漏发了一张票。" in shown
    assert "撤销以前的计票" in shown
    assert shown.count("<progress") == 4


def test_a_ballot_that_runs_is_not_offered_to_be_counted(client: Client) -> None:
    ballot = a_ballot([a_row("1幢101")], at=now())
    as_convenor(client)
    before = page(go(client, "ballot", ballot.topic.number, 1))

    vote(ballot, 1, at=now())

    assert "截止并计票" not in before
    assert "截止并计票" in page(go(client, "ballot", ballot.topic.number, 1))


def test_printing_papers_shows_the_links_and_is_written_down(client: Client) -> None:
    ballot = a_ballot(at=now())

    shown = page(send(as_convenor(client), "papers", ballot.topic.number, 1))

    codes = [owner.code for owner in ballot.topic.owners.all()]
    assert [code for code in codes if code not in shown] == []
    assert Entry.objects.filter(verb="ballot.printed").count() == 1


def test_a_paper_has_its_link_on_a_slip_to_tear_off_and_keep(client: Client) -> None:
    ballot = a_ballot(at=now())

    shown = page(send(as_convenor(client), "papers", ballot.topic.number, 1, owner="2"))

    paper, slip = shown.split("沿虚线撕下，自己留存")
    code = an_owner(ballot.topic, number=2).code
    assert (code in slip, code in paper, "业主签名" in paper) == (True, False, True)


def test_who_handed_in_a_paper_is_offered_no_vote_on_their_page(client: Client) -> None:
    ballot = a_ballot(at=now())
    code = an_owner(ballot.topic, number=1).code
    vote_on_paper(ballot, "1幢101", at=now())

    shown = page(go(client, "owner", code))
    refused = send(client, "vote", code, 1, choice="against")

    assert "改成这个" not in shown
    assert (refused.status_code, "已按纸面票登记" in page(refused)) == (422, True)


@pytest.mark.parametrize("name", ["vote", "pledge"])
def test_an_address_that_is_only_sent_to_leads_back_to_its_page(client: Client, name: str) -> None:
    code = an_owner(a_ballot(at=now()).topic, number=1).code

    response = go(client, name, code, 1)

    assert response.headers["Location"] == reverse("council:owner", args=[code])


def test_no_link_stands_on_the_pages_staff_merely_look_at(client: Client) -> None:
    ballot = a_ballot(at=now())
    as_convenor(client)

    seen = [
        page(go(client, "ballot", ballot.topic.number, 1)),
        page(go(client, "sign_list", ballot.topic.number, 1)),
        page(go(client, "flats", ballot.topic.number)),
    ]

    assert not [one for one in seen if an_owner(ballot.topic).code in one]


def test_one_paper_is_printed_again(client: Client) -> None:
    ballot = a_ballot(at=now())

    shown = page(send(as_convenor(client), "papers", ballot.topic.number, 1, owner="2"))

    assert an_owner(ballot.topic, number=2).code in shown
    assert an_owner(ballot.topic, number=1).code not in shown


def test_an_owner_votes_on_the_phone_and_sees_their_vote(client: Client) -> None:
    ballot = a_ballot([a_row("1幢101", "张三丰")], at=now())
    owner = an_owner(ballot.topic)
    before = page(go(client, "owner", owner.code))

    send(client, "vote", owner.code, 1, choice="for")

    assert "投这一票" in before
    after = page(go(client, "owner", owner.code))
    assert "您已表决" in after
    assert "改主意了" in after
    assert "张三丰" not in after


def test_a_ballot_that_is_over_and_not_counted_is_not_said_to_begin(client: Client) -> None:
    ballot = a_ballot(at=now() - timedelta(days=20))

    shown = page(go(client, "owner", an_owner(ballot.topic).code))

    assert "截止以前交来的纸质票，计票以前还在登记" in shown
    assert "开始表决" not in shown


def test_an_owner_who_chose_nothing_is_asked_again(client: Client) -> None:
    owner = an_owner(a_ballot(at=now()).topic)

    response = send(client, "vote", owner.code, 1)

    assert response.status_code == 422
    assert not Vote.objects.exists()


def test_the_page_of_an_owner_is_listed_nowhere(client: Client) -> None:
    response = go(client, "owner", the_owners.owner().code)

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response.headers["Cache-Control"]


def test_what_owners_decide_says_so_wherever_it_is_read(client: Client) -> None:
    topic = an_owners_topic(at=now())
    as_convenor(client)

    told = {
        "public": "须业主表决",
        "topics": "须业主表决",
        "public_topic": "结果只是建议",
        "topic": "结果只是建议",
        "join": "须业主表决",
    }
    seen = {
        name: page(go(client, name, *([] if name in {"public", "topics"} else [topic.number])))
        for name in told
    }

    assert [name for name, words in told.items() if words not in seen[name]] == []


def test_while_a_ballot_runs_everybody_reads_the_question_and_no_count(client: Client) -> None:
    ballot = a_ballot(at=now())
    vote(ballot, 1, at=now())

    shown = page(go(client, "public_ballot", ballot.topic.number, 1))

    assert ballot.question in shown
    assert "议事会的意见只是建议" in shown
    assert "1 位" not in shown


def test_a_published_result_shows_the_four_bars_to_everybody(client: Client) -> None:
    ballot = a_ballot(at=now())
    for number in range(1, 5):
        vote(ballot, number, "against" if number == 4 else "for", at=now())
    close_ballot(ballot.topic.number, 1, by=a_convenor(), at=now())
    publish_ballot(ballot.topic.number, 1, by=a_convenor(), at=now())

    shown = page(go(client, "public_ballot", ballot.topic.number, 1))
    owner = page(go(client, "owner", an_owner(ballot.topic).code))
    desk = page(go(as_convenor(client), "topic", ballot.topic.number))
    cost = page(go(client, "draw_up", ballot.topic.number))

    assert ["表决通过" in one for one in (shown, owner, desk, cost)] == [True, True, True, False]
    assert shown.count("<progress") == 4
    assert "4 位中有 3 位（75.00%）；须过半数，即 3 位。" in shown
    assert not [one for one in ("1幢101", "业主1") if one in shown]


def test_a_cost_shows_four_bases_side_by_side_before_it_is_fixed(client: Client) -> None:
    topic = an_owners_topic(at=now())
    said = {**the_owners.COST, "total": "100.01", "floors": "1，1\n2，2"}

    response = send(as_convenor(client), "draw_up", topic.number, **said)

    shown = page(client.get(response.headers["Location"]))
    assert "还没有一次表决通过并公布" in shown
    assert [
        name for name in ("按户平均", "按面积", "按楼层系数", "按受益程度") if name not in shown
    ] == []
    assert "25.01" in shown


def test_a_basis_on_which_nobody_pays_shows_no_sum(client: Client) -> None:
    cost = a_cost(at=now())
    plain = Drawn("修化粪池", 100_00, "equal", {})
    change_cost(cost.topic.number, 1, plain, by=a_convenor(), at=now())

    response = go(as_convenor(client), "cost", cost.topic.number, 1)

    assert response.context["sums"].by_basis == dict.fromkeys(("equal", "area", "benefit"), 100_00)
    assert "按目前所填没有住户需要分摊" in page(response)


def test_an_exemption_without_a_reason_comes_back(client: Client) -> None:
    cost = the_owners.cost()
    said = {**the_owners.EXEMPT, "because": ""}

    response = send(as_convenor(client), "cost_deed", cost.topic.number, 1, "weigh", **said)

    assert response.status_code == 422
    assert "减免请写明理由" in page(response)


def test_who_paid_more_than_their_share_is_named_until_it_is_put_right(client: Client) -> None:
    cost = the_owners.fixed_cost()
    number, share = cost.topic.number, cost.shares.order_by("flat__number")[0]
    as_convenor(client)
    a_payment(cost, label=share.flat.label, amount=share.amount or 0)
    before = page(go(client, "cost", number, 1))

    twice = a_payment(cost, label=share.flat.label, amount=12_34)
    paid = page(go(client, "cost", number, 1))
    send(client, "strike", number, 1, twice.pk, reason="记错了")

    assert f"{share.flat.label}：多交 12.34 元" in paid
    for right in (before, page(go(client, "cost", number, 1))):
        assert "多交 12.34 元" not in right


def test_who_strikes_out_a_line_again_is_told_when_and_why_it_was(client: Client) -> None:
    line = a_payment()
    as_convenor(client)
    at = (line.cost.topic.number, 1, line.pk)
    first = send(client, "strike", *at, reason="记错了", once=the_owners.ONCE)
    client.get(first.headers["Location"])

    same = send(client, "strike", *at, reason="记错了", once=the_owners.ONCE)
    again = client.get(same.headers["Location"])
    other = send(client, "strike", *at, reason="重复登记")

    line.refresh_from_db()
    told = f"单据 {line.paper} 已于 {moment(line.struck_at)} 冲销，理由：“记错了”。"
    assert line.struck_because == "记错了"
    assert told in page(again)
    assert told in page(client.get(other.headers["Location"]))


def test_a_payment_is_collected_once_and_printed(client: Client) -> None:
    cost = the_owners.fixed_cost()
    said = {**the_owners.PAID, "once": the_owners.ONCE}
    as_convenor(client)
    for _twice in range(2):
        send(client, "cost_deed", cost.topic.number, 1, "collect", **said)

    payment = Movement.objects.get()
    slip = page(go(client, "payment_slip", cost.topic.number, 1, payment.pk))
    assert "SK-9" in slip
    assert "320.00" in slip
    assert "不是发票" in slip


def test_the_account_is_public_and_no_amount_tells_whose_it_is(client: Client) -> None:
    payment = a_payment(amount=101_01)
    cost, number = payment.cost, payment.cost.topic.number
    a_payment(cost, label="1幢201", amount=202_02)
    before = page(go(client, "public_cost", number, 1))
    a_payment(cost, label="1幢301", amount=303_03)
    last = a_payment(cost, label="1幢401", amount=404_04)
    for n, rest in enumerate((898_99, 797_98, 696_97, 595_96), start=1):
        a_payment(cost, label=f"1幢{n}01", amount=rest)

    shown = page(go(client, "public_cost", number, 1))

    assert "303.03" not in before
    assert "另有 2 笔" in before
    assert "4,000.00" in shown
    assert "另有" not in shown
    assert {payment.paper, last.paper} <= {*re.findall(r"SK-\d+", shown)}
    assert "交了一部分" in before
    telling = ("1幢101", "业主1", "101.01", "202.02", "303.03", "404.04", "1,010.10")
    assert not [one for one in telling if one in shown]


def test_an_owner_sees_what_they_owe_and_pledges(client: Client) -> None:
    flats = [a_row(f"1幢{n}01", "张三丰", phone="13800000001") for n in (1, 2)]
    cost = a_fixed_cost(rows=[*flats, a_row("1幢301"), a_row("1幢401")])
    owner = an_owner(cost.topic)
    before = page(go(client, "owner", owner.code))

    send(client, "pledge", owner.code, cost.number)

    shown = page(go(client, "owner", owner.code))
    assert before.count("我愿意交") == before.count("我愿意交，共 2,000.00 元") == 1
    assert "我愿意交" not in shown
    assert "1,000.00" in shown
    assert "您已说过愿意交" in shown
    assert "本网站不收钱" in shown


def test_a_supervisor_reads_and_is_offered_nothing_to_do(client: Client) -> None:
    ballot, payment = a_ballot(at=now()), a_payment()
    client.force_login(a_person(Role.SUPERVISOR))

    seen = [
        page(go(client, "ballot", ballot.topic.number, 1)),
        page(go(client, "cost", payment.cost.topic.number, 1)),
        page(go(client, "flats", ballot.topic.number)),
    ]

    assert [one.count('method="post" action="/desk/council') for one in seen] == [0, 0, 0]


def test_a_ballot_of_many_is_shown_in_few_statements(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    ballot = a_ballot([a_row(f"{n}幢101") for n in range(1, 60)], at=now())
    as_convenor(client)

    with django_assert_max_num_queries(14):
        assert go(client, "ballot", ballot.topic.number, 1).status_code == 200


def test_a_cost_of_many_is_shown_in_few_statements(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    cost = the_owners.cost()
    as_convenor(client)

    with django_assert_max_num_queries(12):
        assert go(client, "cost", cost.topic.number, 1).status_code == 200
