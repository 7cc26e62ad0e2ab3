"""What each role may do, as a table; and what follows from holding several."""

from datetime import UTC, datetime

import pytest

from mingchuang.people.rules.roles import MAY, May, Role, Scope, lasts_longer

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, tzinfo=UTC)

READS = {May.READ}


def test_the_auditor_reads_all_and_writes_nothing() -> None:
    assert MAY[Role.AUDITOR] == READS


def test_the_administrator_keeps_the_house_and_reads_no_case() -> None:
    assert MAY[Role.ADMINISTRATOR] == {May.MANAGE}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_do_something(role: Role) -> None:
    assert MAY[role]


def test_only_some_may_see_who_needs_care() -> None:
    may = {role for role in Role if May.SEE_NEEDS in MAY[role]}

    assert may == {Role.RECEPTION, Role.DISPATCHER, Role.SUPERVISOR}


def test_a_scope_is_where_a_role_is_held() -> None:
    scope = Scope({Role.HANDLER: frozenset({1, 2}), Role.CALLBACK: frozenset({3})})

    assert scope.units(Role.HANDLER) == {1, 2}
    assert scope.units(Role.HANDLER, Role.CALLBACK, Role.AUDITOR) == {1, 2, 3}


def test_without_a_post_nothing_is_open() -> None:
    nobody = Scope()

    assert not nobody.holds(*Role)
    assert not nobody.may(May.READ)
    assert nobody.units(*Role) == frozenset()


def test_one_of_several_roles_is_enough() -> None:
    scope = Scope({Role.HANDLER: frozenset({1})})

    assert scope.holds(Role.SUPERVISOR, Role.HANDLER)
    assert not scope.holds(Role.SUPERVISOR)


@pytest.mark.parametrize(
    ("until", "than", "longer"),
    [
        (None, MONDAY, True),
        (TUESDAY, MONDAY, True),
        (MONDAY, TUESDAY, False),
        (MONDAY, MONDAY, False),
        (MONDAY, None, False),
        (None, None, False),
    ],
)
def test_a_post_lasts_longer_only_if_it_gives_more(
    until: datetime | None, than: datetime | None, *, longer: bool
) -> None:
    assert lasts_longer(until, than=than) == longer
