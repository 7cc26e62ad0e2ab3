"""The pages of thanks: the wall, the register, an old register handed in, gifts."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from mingchuang.reviews.models import Commendation, Gift
from tests.build import a_person, a_unit
from tests.reviews.test_thanks import a_book
from tests.reviews.thanks import (
    GIVER,
    a_gift,
    a_settler,
    hung_thanks,
    said_thanks,
    some_thanks,
)
from tests.town import a_photo

pytestmark = pytest.mark.django_db
ASKED = ("", "?year=2023", "?year=1998")


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"reviews:{name}", args=args)).content.decode()


def test_an_empty_wall_says_what_to_do() -> None:
    page = text_of(Client(), "thanks_wall")

    assert "墙上还没有" in page
    assert reverse("reviews:say_thanks") in page


def test_the_wall_shows_what_was_settled_and_counts_by_unit() -> None:
    unit = a_unit("滨江区人社局")
    hung_thanks(unit, at=now(), photos=(a_photo(),))
    said_thanks(unit, at=now())

    page = text_of(Client(), "thanks_wall")

    assert "冒雨把我送到车站。" in page
    assert "冯*明" in page
    assert GIVER not in page
    assert "13812345678" not in page
    assert "共 1 件，一件事算一件；没有计入：待审核 1" in page


def test_a_year_of_which_nothing_hangs_is_counted_and_one_without_anything_says_so() -> None:
    hung_thanks(at=now())
    some_thanks(at=now(), given_on=date(2023, 5, 4))
    path = reverse("reviews:thanks_wall")

    whole, old, none = (Client().get(path + ask).content.decode() for ask in ASKED)

    assert "?year=2023" in whole
    assert "2023 年收到的感谢" in old
    assert "共 1 件，一件事算一件" in old
    assert "没有挂在墙上，件数在下面" in old
    assert "您要看的那一年没有登记" in none
    assert "冒雨把我送到车站。" in none


def test_a_photo_hangs_only_where_its_entry_does() -> None:
    item = hung_thanks(at=now(), photos=(a_photo(),))
    way = reverse("reviews:wall_photo", args=[item.photos.get().pk])

    before: Any = Client().get(way)
    b"".join(before.streaming_content)
    Commendation.objects.filter(pk=item.pk).update(on_wall=False)

    assert (before.status_code, Client().get(way).status_code) == (200, 404)


def test_the_wall_and_the_register_ask_the_same_however_many_there_are(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    unit = a_unit()
    for _ in range(5):
        hung_thanks(unit, at=now(), photos=(a_photo(),))
    desk = signed_in(a_settler(unit))
    text_of(desk, "thanks_desk")

    with django_assert_max_num_queries(7):
        text_of(Client(), "thanks_wall")
    with django_assert_max_num_queries(9):
        text_of(desk, "thanks_desk")


def test_who_gave_it_is_shown_once_and_the_look_is_written_down() -> None:
    item = some_thanks(at=now())
    desk = signed_in(a_settler(item.unit))

    masked = text_of(desk, "thanks", item.pk)
    shown = desk.post(reverse("reviews:reveal_giver", args=[item.pk])).content.decode()

    assert GIVER not in masked
    assert GIVER in shown
    assert Entry.objects.filter(subject=item.subject, verb="thanks.revealed").count() == 1


def test_the_form_of_a_correction_does_not_show_who_gave_it() -> None:
    item = some_thanks(at=now())

    page = text_of(signed_in(a_settler(item.unit)), "correct_thanks", item.pk)

    assert GIVER not in page


def test_a_form_sent_twice_registers_once() -> None:
    unit = a_unit()
    desk = signed_in(a_person(Role.RECEPTION, unit=unit))
    words = {"kind": "banner", "given_on": str(localdate()), "unit": unit.pk, "once": "k" * 32}

    for _ in range(2):
        desk.post(reverse("reviews:register_thanks"), {**words, "shown_as": "hidden"})

    assert Commendation.objects.count() == 1


def test_the_page_of_an_entry_deletes_a_photo_or_all_that_tells_of_its_giver() -> None:
    item = hung_thanks(at=now(), photos=(a_photo(),))
    seat, page = signed_in(a_settler(item.unit)), reverse("reviews:thanks", args=[item.pk])
    photo = reverse("reviews:drop_thanks_photo", args=[item.photos.get().pk])

    before = seat.get(page).content.decode()
    seat.post(photo)
    seat.post(reverse("reviews:forget_giver", args=[item.pk]))
    after = seat.get(page).content.decode()

    assert [text in before for text in (photo, "送的人要求删除")] == [True, True]
    asked = before.rindex("<details", 0, before.index(photo))
    assert "</details>" not in before[asked : before.index(photo)]
    assert "不能恢复" in before[asked : before.index("</details>", asked)]
    assert [text in after for text in (photo, "送的人要求删除", "已按规定删除")] == [
        False,
        False,
        True,
    ]


def test_words_nobody_can_see_are_asked_for_again() -> None:
    words = {"unit": a_unit().pk, "words": "\u200b\u200b", "shown_as": "hidden", "key": "k" * 32}

    page = Client().post(reverse("reviews:say_thanks"), words)

    assert page.status_code == 422
    assert not Commendation.objects.exists()


def test_an_old_register_is_handed_in_and_its_marked_copy_fetched() -> None:
    unit = a_unit("滨江区人社局")
    book = a_book(
        ("2019-05-06", "锦旗", "滨江区人社局", "", "", "", ""),
        ("去年", "锦旗", "滨江区人社局", "", "", "", ""),
    )
    file = SimpleUploadedFile("旧登记簿.xlsx", book)

    page = signed_in(a_settler(unit)).post(reverse("reviews:import_thanks"), {"workbook": file})

    told = page.content.decode()
    assert "新登记 1 件" in told
    assert "不是日期" in told
    assert 'download="thanks-marked.xlsx"' in told


@pytest.mark.parametrize("bytes_", [b"PK\x03\x04nonsense", b"no workbook"])
def test_what_is_no_workbook_is_refused_in_words(bytes_: bytes) -> None:
    desk = signed_in(a_settler(a_unit()))
    file = SimpleUploadedFile("x.xlsx", bytes_)

    page = desk.post(reverse("reviews:import_thanks"), {"workbook": file})

    assert page.status_code == 422
    assert "工作簿" in page.content.decode()


def test_list_and_print_say_for_whom_and_the_print_masks_givers_and_covers_their_words() -> None:
    item = some_thanks(at=now(), whom="三号窗口的姑娘")
    desk = signed_in(a_settler(item.unit))

    page, listed = text_of(desk, "print_thanks"), text_of(desk, "thanks_desk")

    assert [text in page for text in ("冯*明", "冒雨把我送到车站，电话 〔电话〕")] == [True, True]
    assert [text in page for text in (GIVER, "13812345678")] == [False, False]
    assert ["三号窗口的姑娘" in one for one in (page, listed)] == [True, True]


def test_a_gift_is_recorded_and_withdrawn_on_the_page() -> None:
    gift = a_gift(at=now())
    desk = signed_in(a_settler(gift.unit))

    desk.post(reverse("reviews:gift_deed", args=[gift.pk, "revoked"]), {"text": "记重了"})

    assert Gift.objects.get().state == "withdrawn"
    assert "记重了" in text_of(desk, "gift", gift.pk)
