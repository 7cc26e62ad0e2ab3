"""Who asks is encrypted, masked, found again by phone, revealed with an entry, and erasable."""

import pytest
from django.db import connection

from mingchuang.base.errors import NotFound
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of
from mingchuang.people.actions.requesters import erase_requester, reveal_requester
from mingchuang.people.errors import ReasonNeeded
from mingchuang.people.models import Requester
from mingchuang.people.rules.roles import Role
from mingchuang.people.words import REVEAL_REASONS
from tests.people.build import LONG_AGO, a_person, a_requester, found_by_phone, holding

pytestmark = pytest.mark.django_db


def _stored() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, address, phone_index FROM people_requester")
        return [str(value) for row in cursor.fetchall() for value in row]


def test_nothing_personal_stands_readable_in_the_database() -> None:
    a_requester(name="张小明", phone="13800000000", address="天宫庄园5幢")

    name, phone, address, index = _stored()

    assert name.startswith("gAAAA")
    assert len({name, phone, address}) == 3
    assert "13800000000" not in phone + index


def test_a_requester_is_read_as_they_were_written() -> None:
    made = a_requester(name="张小明", phone="138 0000 0000", address="")

    read = Requester.objects.get(pk=made.pk)

    assert (read.name, read.phone, read.address) == ("张小明", "138 0000 0000", "")


def test_pages_show_the_masked_form() -> None:
    requester = a_requester()

    assert requester.masked_name == "张*明"
    assert requester.masked_phone == "138****0000"
    assert "张" not in str(requester)


def test_the_entry_of_a_new_requester_says_nothing_about_them() -> None:
    requester = a_requester()

    entry = entries_of(requester.subject).get()

    assert (entry.verb, entry.facts) == ("requester.added", {"kind": "individual"})
    assert entry.digest == requester.digest


@pytest.mark.parametrize(
    "typed",
    ["13800000000", "138-0000-0000", "+86 138 0000 0000", "１３８００００００００", "١٣٨٠٠٠٠٠٠٠٠"],
)
def test_a_requester_is_found_again_however_the_phone_is_typed(typed: str) -> None:
    requester = a_requester(phone="138 0000 0000")

    assert found_by_phone(typed) == requester


def test_the_last_one_who_left_a_number_is_found() -> None:
    a_requester(phone="13800000000", name="张小明")
    later = a_requester(phone="+8613800000000", name="张大明")

    assert found_by_phone("13800000000") == later


def test_nobody_is_found_by_no_number() -> None:
    a_requester(phone="")

    assert found_by_phone("") is None
    assert found_by_phone("没有") is None
    assert found_by_phone("13900000000") is None


def test_a_reveal_needs_a_reason_and_is_an_entry() -> None:
    requester, clerk = a_requester(), holding(Role.CALLBACK)

    shown = reveal_requester(
        requester, subject="case:YJ-2026-000001", reason="call_requester", by=clerk, at=LONG_AGO
    )

    entry = entries_of("case:YJ-2026-000001").get()
    assert shown.phone == "13800000000"
    assert entry.verb == "requester.revealed"
    assert entry.facts == {
        "by": clerk.badge,
        "reason": "call_requester",
        "requester": str(requester.handle),
    }


def test_every_reveal_is_an_entry_also_the_second() -> None:
    requester, clerk = a_requester(), holding(Role.CALLBACK)

    for reason in REVEAL_REASONS:
        reveal_requester(requester, subject="case:1", reason=reason, by=clerk, at=LONG_AGO)

    assert entries_of("case:1").count() == len(REVEAL_REASONS)


@pytest.mark.parametrize("reason", ["", "我想看看"])
def test_a_reveal_without_a_known_reason_is_refused(reason: str) -> None:
    requester, clerk = a_requester(), holding(Role.CALLBACK)

    with pytest.raises(ReasonNeeded, match="先选择一个理由"):
        reveal_requester(requester, subject="case:1", reason=reason, by=clerk, at=LONG_AGO)

    assert not Entry.objects.filter(verb="requester.revealed").exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.RECEPTION, Role.CONVENOR])
def test_for_who_may_not_reveal_there_is_nothing_to_reveal(role: Role) -> None:
    requester, person = a_requester(), holding(role)

    with pytest.raises(NotFound):
        reveal_requester(
            requester, subject="case:1", reason="call_requester", by=person, at=LONG_AGO
        )


def test_an_erased_requester_is_gone_and_their_entry_stays_as_it_was() -> None:
    requester = a_requester(vulnerability="elderly", contact="text")
    before = entries_of(requester.subject).values().get()

    erase_requester(requester, by=a_person(), at=LONG_AGO)

    gone = Requester.objects.get(pk=requester.pk)
    assert (gone.name, gone.phone, gone.address) == ("", "", "")
    assert (gone.vulnerability, gone.contact) == ("", "")
    assert gone.is_erased
    assert found_by_phone("13800000000") is None
    first, last = entries_of(requester.subject).values()
    assert first == before
    assert last["verb"] == "requester.erased"
