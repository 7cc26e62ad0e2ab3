"""What each finds on the pages of standards and inspections, and what they cost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from mingchuang.people.models import Person
from mingchuang.reviews.models import Checklist, Clause, Mark, Shot
from tests.build import a_supervisor
from tests.reviews.inspections import (
    a_checklist,
    a_clause,
    finished,
    handed_over,
    of_the_hall,
    planned,
)
from tests.town import a_photo

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_empty_wall_says_so(client: Client) -> None:
    assert "服务规范还没有上墙。" in client.get("/standards/").content.decode()


def test_the_standards_hang_by_chapter_and_only_as_they_are_now(client: Client) -> None:
    a_clause("大厅里没有人吸烟。", chapter="order", at=now())
    old = a_clause("着装整洁。", chapter="appearance", at=now())
    boss = signed_in(a_supervisor())
    boss.post(reverse("reviews:clause", args=[old.pk]), {"text": "统一着装。"})

    page = client.get("/standards/").content.decode()

    assert page.index("统一着装。") < page.index("大厅里没有人吸烟。")
    assert "着装整洁。" not in page


def test_a_list_is_made_of_what_is_ticked_with_half_points() -> None:
    clause, _other = a_clause(at=now()), a_clause("起身相迎。", at=now())
    boss, pk = signed_in(a_supervisor()), clause.pk
    sent = {
        "name": "早查", f"take-{pk}": "on", f"maximum-{pk}": "5", f"deduction-{pk}": "0.5",
        f"method-{pk}": "ask",
    }  # fmt: skip

    boss.post(reverse("reviews:checklists"), sent)

    item = Checklist.objects.get().items.get()
    assert (item.clause, item.method, item.maximum, item.deduction) == (clause, "ask", 50, 5)


def test_a_clause_costs_no_more_than_it_is_worth() -> None:
    pk = a_clause(at=now()).pk
    sent = {"name": "早查", f"take-{pk}": "on", f"maximum-{pk}": "1", f"deduction-{pk}": "2"}

    answer = signed_in(a_supervisor()).post(reverse("reviews:checklists"), sent)

    assert answer.status_code == 422
    assert "每处扣的分不能多于满分。" in answer.content.decode()


def test_a_phone_is_answered_in_short_and_told_what_stands() -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    client, path = signed_in(a_supervisor()), reverse("reviews:mark", args=[walk.pk, 1])
    said, headers = {"answer": "kept", "once": "a" * 32}, {"accept": "application/json"}

    first = client.post(path, said, headers=headers)
    again = client.post(path, said, headers=headers)
    other = {"answer": "broken", "note": "没有起身。", "once": "b" * 32}
    clash = client.post(path, other, headers=headers)
    known = client.post(path, {**other, "seen": "x " + "a" * 32}, headers=headers)

    assert (first.status_code, again.status_code, clash.status_code) == (200, 200, 409)
    assert first.json() == again.json() == {"told": "", "stands": "a" * 32}
    assert clash.json()["stands"] == "a" * 32
    assert "已经在别处记过：做到了" in clash.json()["told"]
    assert known.status_code == 200
    assert Mark.objects.get().answer == "broken"


def test_without_a_script_a_clash_comes_back_on_the_form() -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    client, path = signed_in(a_supervisor()), reverse("reviews:mark", args=[walk.pk, 1])
    client.post(path, {"answer": "kept", "once": "a" * 32})

    other = {"answer": "broken", "note": "没有起身。", "once": "b" * 32}
    answer = client.post(path, other)

    assert answer.status_code == 422
    assert "已经在别处记过" in answer.content.decode()
    assert f'name="seen" value="{"a" * 32}"' in answer.content.decode()


def test_what_was_not_kept_needs_a_note_or_a_photo() -> None:
    walk = planned(inspector=a_supervisor(), at=now())
    client, path = signed_in(a_supervisor()), reverse("reviews:mark", args=[walk.pk, 1])

    answer = client.post(path, {"answer": "broken", "times": "3", "once": "b" * 32})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写下看见什么，或者拍一张照片。" in page
    assert 'name="times" value="3"' in page
    assert not Mark.objects.exists()


def test_a_case_leads_to_the_inspection_and_back() -> None:
    walk = handed_over(finished(at=now()), at=now())
    said = walk.marks.get(answer="broken").rectification
    assert said is not None
    boss = signed_in(a_supervisor())

    case = boss.get(reverse("cases:case", args=[said.number])).content.decode()
    led = boss.get(reverse("reviews:behind", args=[said.number]))

    assert reverse("reviews:behind", args=[said.number]) in case
    assert led["Location"] == reverse("reviews:inspection", args=[walk.pk])
    assert said.number in boss.get(led["Location"]).content.decode()


def test_the_hall_reads_photos_and_no_badge_of_who_came_unannounced() -> None:
    walk = finished(manner="mystery", photos=(a_photo(),), at=now())
    shot = Shot.objects.get()
    badge = f"工号</dt><dd>{walk.inspector.badge}"
    hall = signed_in(of_the_hall(walk))

    for name in ("inspection", "inspection_paper"):
        page = hall.get(reverse(f"reviews:{name}", args=[walk.pk])).content.decode()
        assert "检查人" not in page
        assert badge not in page
        assert reverse("reviews:shot", args=[shot.pk]) in page


@pytest.mark.parametrize("many", [1, 4])
def test_pages_cost_the_same_however_much_is_on_them(
    many: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    over = handed_over(finished(photos=(a_photo(),), at=now()), at=now())
    given: dict[str, Any] = {"site": over.site, "checklist": over.checklist}
    for _ in range(many):
        finished(planned(**given, at=now()), at=now())
    walk = planned(**given, inspector=a_supervisor(), at=now())
    boss = signed_in(a_supervisor())

    for name, args, most in (
        ("inspections", [], 10),
        ("inspection", [over.pk], 15),
        ("trend", [over.site.code], 10),
        ("walk", [walk.pk], 12),
        ("checklists", [], 10),
    ):
        with django_assert_max_num_queries(most):
            assert boss.get(reverse(f"reviews:{name}", args=args)).status_code == 200


def test_a_list_of_nothing_is_no_list() -> None:
    a_checklist(at=now())

    answer = signed_in(a_supervisor()).post(reverse("reviews:checklists"), {"name": "空的"})

    assert answer.status_code == 422
    assert Clause.objects.count() == 3
