"""The pages of lost and found: a report without an account, the office, what is printed."""

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.found import refuse_claim
from mingchuang.cases.actions.lost import match_report
from mingchuang.cases.models import FoundItem, Handover, LostItem
from mingchuang.cases.queries import handovers
from mingchuang.cases.queries.lost import code_of
from mingchuang.hall.models import Site
from mingchuang.ledger.models import Entry
from tests.build import A_DAY, a_unit
from tests.cases.things import (
    FEATURES,
    a_hall,
    a_keeper,
    a_matched_report,
    a_report,
    an_item,
    another_keeper,
    handed_over,
    returned,
    what_is_claimed,
)
from tests.cases.traces import audit_faults

pytestmark = pytest.mark.django_db
KEY = "k" * 32


def signed_in(site: Site) -> Client:
    client = Client()
    client.force_login(a_keeper(site))
    return client


def text_of(client: Client, way: str) -> str:
    return client.get(way).content.decode()


def today(site: Site, **given: object) -> FoundItem:
    return an_item(site, at=now(), **given)  # type: ignore[arg-type]


def a_loss(**given: str) -> dict[str, str]:
    plain = {"kind": "umbrella", "lost_on": str(localdate()), "description": "黑色长柄伞"}
    return {**plain, "name": "王秀英", "phone": "13812345678", "key": KEY, **given}


def test_somebody_reports_without_an_account_and_comes_back_by_number_and_code(
    client: Client,
) -> None:
    site = a_hall()

    sent = client.post("/lost/report/", a_loss(site=site.code))
    page = client.get(sent["Location"])

    report = LostItem.objects.get()
    assert sent["Location"] == f"/lost/{report.number}/{code_of(report)}/"
    assert "已经登记，还在找" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    typed = {"number": report.number.lower(), "code": code_of(report)}
    assert client.post("/track/", typed)["Location"] == sent["Location"]


def test_what_is_faulty_comes_back_filled_in(client: Client) -> None:
    page = client.post("/lost/report/", a_loss(phone="12", description="", lost_on=""))

    text = page.content.decode()
    assert page.status_code == 422
    assert "请填能打通的电话" in text
    assert "王秀英" in text


@pytest.mark.parametrize("day", ["0026-11-30", "0001-01-01", "1999-01-01"])
def test_a_slip_in_the_year_is_no_loss_of_long_ago(client: Client, day: str) -> None:
    page = client.post("/lost/report/", a_loss(lost_on=day))

    assert (page.status_code, LostItem.objects.count()) == (422, 0)
    assert "请核对年份" in page.text


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    report = a_report()

    page = client.get(f"/lost/{report.number}/WRONG-CODE/")

    assert page.status_code != 200
    assert "木头" not in page.content.decode()


def test_the_notice_shows_kind_place_and_day_and_nothing_else(client: Client) -> None:
    item = today(a_hall(), announced=True, name="张拾到", phone="13700000001", cents=123_456)

    page = text_of(client, "/lost/")

    assert item.place in page
    assert item.number in page
    secrets = (FEATURES, "木头", "梅花", "B 柜", "张拾到", "13700000001", "1,234.56")
    assert [word for word in secrets if word in page] == []


def test_the_notice_tells_what_went_back_and_what_it_was_worth(client: Client) -> None:
    site = a_hall()
    returned(today(site, cents=8_850), at=now())
    returned(today(site), at=now())

    page = text_of(client, "/lost/")

    assert f"{localdate().year} 年已归还 2 件，总价值 88.50 元（其中 1 件没有估价" in page


def test_the_loser_reads_where_to_come_and_not_what_proves_it(client: Client) -> None:
    item = today(a_hall(), features="伞套绣着梅花")
    report = a_matched_report(item, at=now())

    page = text_of(client, f"/lost/{report.number}/{code_of(report)}/")

    assert "可能找到了您的东西" in page
    assert item.number in page
    assert item.site.address in page
    assert "梅花" not in page


def test_what_the_loser_remembers_later_is_kept_with_its_day_and_compared(client: Client) -> None:
    site = a_hall()
    today(site, features="伞套绣着梅花")
    report = a_report(site, at=now(), description="黑色长柄伞")
    way, clerk = f"/lost/{report.number}/{code_of(report)}/", signed_in(site)

    empty = client.post(f"{way}add/", {"more": " "})
    for _ in range(5):
        client.post(f"{way}add/", {"more": "伞套绣着\n梅花，电话 13812345678"})
    sixth = client.post(f"{way}add/", {"more": "还有一点"})

    seen = text_of(clerk, f"/desk/found/reports/{report.number}/")
    report.refresh_from_db()
    assert report.description.count("〕 伞套绣着 梅花") == 5
    assert (empty.status_code, sixth.status_code) == (422, 422)
    assert "已经补充过 5 次" in sixth.text
    assert "伞套绣着梅花" in seen
    assert "13812345678" not in seen
    assert audit_faults() == ""


def test_the_loser_takes_it_back_and_is_forgotten(client: Client) -> None:
    report = a_report(name="王秀英", at=now())
    way = f"/lost/{report.number}/{code_of(report)}/"

    client.post(f"{way}withdraw/")
    assert "现在就删除" in text_of(client, way)
    client.post(f"{way}forget/")

    page = text_of(client, way)
    assert "木头" not in page
    assert "现在就删除" not in page


def test_what_is_handed_in_is_written_down_and_its_label_tells_no_features() -> None:
    site = a_hall()
    clerk = signed_in(site)
    said = {"site": str(site.pk), "kind": "wallet", "care": "ordinary", "place": "二楼等候区"}
    said |= {
        "day": str(localdate()),
        "clock": "00:00",
        "features": "棕色，内有合影",
        "shelf": "保险柜",
    }
    said |= {"cents": "350.5", "key": KEY}

    alone = clerk.post("/desk/found/new/", said)
    two = clerk.post("/desk/found/new/", {**said, "witness": another_keeper(site).badge})
    label = text_of(clerk, two["Location"])

    item = FoundItem.objects.get()
    assert alone.status_code == 422
    assert "要两个人一起清点" in alone.content.decode()
    assert (item.care, item.cents) == ("valuable", 35_050)
    assert item.number in label
    assert "保险柜" in label
    assert "合影" not in label
    assert "<svg" in label


def test_the_desk_gives_a_thing_back_and_the_slip_has_its_signatures() -> None:
    site = a_hall()
    item, clerk = today(site, announced=True), signed_in(site)
    blank = text_of(clerk, f"/desk/found/{item.number}/slip/")
    claim = {"name": "王秀英", "said": "弯把上有梅花", "proof": "id_card", "cents": "60"}
    way = f"/desk/found/{item.number}/give-back/"

    unsigned = clerk.post(way, claim)
    unchecked = clerk.post(way, {**claim, "proof": "", "signed": "on"})
    done = clerk.post(way, {**claim, "signed": "on"})
    slip = text_of(clerk, f"/desk/found/{item.number}/slip/")

    assert unsigned.status_code == 422
    assert "请认领人先在认领单上签名" in unsigned.content.decode()
    assert unchecked.status_code == 422
    assert done["Location"] == f"/desk/found/{item.number}/"
    assert "认领人签名" in blank
    assert "王*英" in slip
    assert "王秀英" not in slip
    item.refresh_from_db()
    assert (item.state, item.cents) == ("returned", 6_000)


def test_a_claim_ends_the_report_whose_loser_was_told_however_unlike_it_is() -> None:
    site = a_hall()
    item, clerk = today(site), signed_in(site)
    report = a_matched_report(item, at=now(), kind="food", description="不知道")
    claim = {"name": "王秀英", "said": "弯把上有梅花", "proof": "id_card", "signed": "on"}

    clerk.post(f"/desk/found/{item.number}/give-back/", {**claim, "report": report.number})

    report.refresh_from_db()
    assert (report.state, report.match) == ("returned", item)


def test_one_thing_told_to_two_losers_is_said_at_the_desk_and_to_who_did_not_get_it() -> None:
    site = a_hall()
    item, clerk = today(site, announced=True), signed_in(site)
    first, second = a_matched_report(item, at=now(), name="王秀英"), a_report(site, at=now())
    way, claim = (
        f"/desk/found/{item.number}/",
        {"name": "王秀英", "said": "弯把", "proof": "id_card"},
    )

    one_told = text_of(clerk, way)
    seen = text_of(clerk, f"/desk/found/reports/{second.number}/")
    match_report(second.number, item.number, by=a_keeper(site), at=now())
    unnamed = clerk.post(f"{way}give-back/", {**claim, "signed": "on"})
    clerk.post(f"{way}give-back/", {**claim, "signed": "on", "report": first.number})
    page = text_of(Client(), f"/lost/{second.number}/{code_of(second)}/")

    assert f'<option value="{first.number}" selected>{first.number} 王*英</option>' in one_told
    assert "也告诉过这些报失的失主：</span>" in seen
    assert f"/desk/found/reports/{first.number}/" in seen
    assert unnamed.status_code == 422
    assert "已由别人认领" in page
    assert first.number not in page


def test_the_page_of_a_thing_names_who_may_have_lost_it_and_why() -> None:
    site = a_hall()
    item = today(site)
    report = a_report(site, at=now(), name="王秀英", phone="13812345678")

    page = text_of(signed_in(site), f"/desk/found/{item.number}/")

    assert report.number in page
    assert "种类一样" in page
    assert "同一个地方" in page
    assert "王秀英" not in page


def test_the_page_of_a_thing_names_whom_it_was_not_given_to_and_why() -> None:
    site = a_hall()
    item, clerk = today(site), signed_in(site)
    wrong = what_is_claimed(name="刘冒领", said="红色折叠伞", signed=False)
    claim = refuse_claim(item.number, wrong, "features", by=a_keeper(site), at=now())

    page = text_of(clerk, f"/desk/found/{item.number}/")
    shown = clerk.post(f"/desk/found/{item.number}/claims/{claim.pk}/reveal/").content.decode()

    assert "说的特征对不上" in page
    assert "刘*领" in page
    assert "红色折叠伞" not in page
    assert "刘冒领" in shown
    assert "红色折叠伞" in shown


def test_what_went_to_the_police_is_proposed_and_its_loser_reads_where_to_ask() -> None:
    site = a_hall()
    clerk, card = signed_in(site), today(site, kind="card", features="尾号 5678")
    report = a_report(site, at=now(), kind="card", description="社保卡，尾号 1234", place="")
    told = a_report(site, at=now(), kind="card", description="社保卡", place="")
    clerk.post(f"/desk/found/reports/{told.number}/match/", {"found": card.number})
    listed = handed_over(card, at=now())

    at_desk = text_of(clerk, f"/desk/found/reports/{report.number}/")
    searching = text_of(Client(), f"/lost/{report.number}/{code_of(report)}/")
    matched = text_of(Client(), f"/lost/{told.number}/{code_of(told)}/")

    assert f"已移交 {listed.office}" in at_desk
    for page in (searching, matched):
        assert listed.office in page
        assert listed.number in page
        assert "尾号 5678" not in page


def test_the_desk_tells_the_loser_and_then_sees_the_phone() -> None:
    site = a_hall()
    item, clerk = today(site), signed_in(site)
    report = a_report(site, at=now(), name="王秀英", phone="13812345678")
    way = f"/desk/found/reports/{report.number}/"
    before = text_of(clerk, way)

    clerk.post(f"{way}match/", {"found": item.number})
    after = text_of(clerk, way)
    shown = clerk.post(f"{way}reveal/").content.decode()

    assert "138****5678" in before
    assert "看姓名和电话" not in before
    assert "看姓名和电话" in after
    assert "13812345678" in shown


def test_who_took_a_list_is_masked_on_the_screen_and_whole_on_the_paper() -> None:
    site = a_hall()
    item, clerk = today(site, kind="document"), signed_in(site)
    listed = {"items": [item.number], "to": "police", "office": "江滨派出所", "key": KEY}
    listed |= {"officer": "李建国", "badge": "012345", "witness": another_keeper(site).badge}

    sent = clerk.post(f"/desk/found/handovers/new/{site.code}/", listed)
    screen = text_of(clerk, sent["Location"])
    paper = clerk.post(f"{sent['Location']}print/").content.decode()

    made = Handover.objects.get()
    assert made.items.get() == item
    assert [word for word in ("李建国", FEATURES) if word in screen] == []
    assert [word for word in ("李*国", "警号 012345", item.number) if word not in screen] == []
    assert [word for word in ("李建国", FEATURES, "接收人签名") if word not in paper] == []
    looks = Entry.objects.filter(verb="requester.revealed", subject=made.subject)
    assert looks.count() == 1
    assert "李建国" not in str(list(looks.values_list("facts", flat=True)))


def test_a_list_made_at_another_hall_is_printed_for_nobody() -> None:
    listed = handed_over(today(a_hall(), kind="document"), at=now())
    elsewhere = signed_in(a_hall(unit=a_unit("别处")))

    page = elsewhere.post(f"/desk/found/handovers/{listed.number}/print/")

    assert page.status_code == 404
    assert not Entry.objects.filter(verb="requester.revealed").exists()


def test_what_is_due_stands_on_the_list_however_much_lies_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(handovers, "MOST_ON_A_LIST", 2)
    site = a_hall()
    today(site)
    today(site)
    due = today(site, kind="document", found_at=now() - 8 * A_DAY)

    marked, offered = handovers.may_be_handed_over(site, now=now())

    assert marked == [due.number]
    assert next(number for number, _line in offered) == due.number
    assert len(offered) == 2


def test_what_is_due_stands_apart_from_what_may_wait() -> None:
    site = a_hall()
    waits, due = today(site), today(site, kind="document", found_at=now() - 8 * A_DAY)

    page = text_of(signed_in(site), f"/desk/found/handovers/new/{site.code}/")

    told = [page.index(one) for one in (">到期应当移交<", due.number, "现在不必移交", waits.number)]
    assert told == sorted(told)


def test_the_desk_puts_a_thing_right_and_its_label_follows() -> None:
    site = a_hall()
    item, clerk = today(site), signed_in(site)
    said = {"kind": "clothing", "care": "ordinary", "place": "二楼", "features": "灰色围巾"}
    said |= {"day": str(localdate(item.found_at)), "clock": "00:00", "cents": "12"}

    page = text_of(clerk, f"/desk/found/{item.number}/")
    done = clerk.post(f"/desk/found/{item.number}/correct/", said)

    item.refresh_from_db()
    assert "更正登记" in page
    assert done.status_code == 302
    assert (item.kind, item.place, item.features, item.cents) == (
        "clothing",
        "二楼",
        "灰色围巾",
        1_200,
    )


def test_the_desk_takes_back_what_left_by_mistake() -> None:
    site = a_hall()
    item, clerk = today(site), signed_in(site)
    returned(item, at=now())
    way = f"/desk/found/{item.number}/"

    page = text_of(clerk, way)
    clerk.post(f"{way}take-back/", {"reason": "wrong_person"})
    after = text_of(clerk, way)

    item.refresh_from_db()
    assert "收回，重新保管" in page
    assert item.state == "kept"
    assert "归还失主" in after
    assert f"{way}take-back/" not in after


def test_everybody_reads_how_long_each_kind_is_kept(client: Client) -> None:
    page = text_of(client, "/lost/")

    assert [word for word in ("30 天", "招领公告满一年", "到期移交公安") if word not in page] == []


def test_the_office_looks_at_one_kind() -> None:
    site = a_hall()
    umbrella, cup = today(site), today(site, kind="cup")

    page = text_of(signed_in(site), "/desk/found/?view=kept&kind=cup")

    assert cup.number in page
    assert umbrella.number not in page


def test_what_nobody_announced_is_counted_and_stands_in_a_view_of_its_own() -> None:
    site = a_hall()
    told, first, second = today(site, announced=True), today(site), today(site)

    page = text_of(signed_in(site), "/desk/found/?view=unannounced")

    assert '还没有公告 <span class="num">2</span>' in page
    assert page.index(first.number) < page.index(second.number)
    assert told.number not in page


def test_lists_cost_the_same_however_many_lie_there(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    site = a_hall()
    for _ in range(6):
        today(site, announced=True)
        a_report(site, at=now())
    clerk = signed_in(site)

    for way, most in (("/desk/found/", 12), ("/desk/found/reports/", 9), ("/lost/", 5)):
        with django_assert_max_num_queries(most):
            text_of(clerk, way)
