"""Every number on the desk's page of figures opens just as many rows as it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mingchuang.cases.actions.callbacks import record_callback
from mingchuang.cases.actions.dispatch import add_assist
from mingchuang.cases.actions.exclusions import ask_exclusion, decide_exclusion
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.pleas import decide_plea, propose_kind
from mingchuang.cases.models import Case
from mingchuang.cases.rules.figures import DEFINITIONS, Name, Part
from mingchuang.cases.rules.numbers import RETYPED, Number
from mingchuang.ledger.models import Entry
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_callback_clerk,
    a_case,
    a_dispatcher,
    a_mass_complaint,
    a_person,
    a_submission,
    a_supervisor,
    a_unit,
    an_exclusion,
    the_handler,
)
from tests.cases.test_figure_files import cells_of

MARCH = "since=2026-03-01&until=2026-03-31"
CHANGE = "what=retyped&old=complaint&new=inquiry"
ROWS = "/desk/figures/rows/?"
# A share needs no rows of its own, and nobody counts by badges.
NO_COUNTS = re.compile(r"[\d.]+%|工号 \S+")
# Charts only draw what stands in the tables.
DRAWN = {"figure"}


@dataclass
class Numbers(HTMLParser):
    """The numbers of a page: what leads to rows, and what else is said in digits."""

    links: list[tuple[str, int]] = field(default_factory=list)
    others: str = ""
    href: str = ""
    is_drawn: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.href = dict(attrs).get("href") or self.href
        self.is_drawn = self.is_drawn or tag in DRAWN

    def handle_endtag(self, tag: str) -> None:
        self.href = "" if tag == "a" else self.href
        self.is_drawn = self.is_drawn and tag not in DRAWN

    def handle_data(self, data: str) -> None:
        if self.href.startswith(ROWS):
            self.links.append((self.href, int(data)))
        elif not self.href and not self.is_drawn:
            self.others += f"{data}\n"

    @property
    def without_rows(self) -> list[str]:
        return re.findall(r"\d+", NO_COUNTS.sub("", self.others))


def numbers_of(client: Client, query: str) -> Numbers:
    """Read the numbers of the page, below its form."""
    page = client.get(f"/desk/figures/?{query}").content.decode()
    found = Numbers()
    found.feed(page.partition('aria-labelledby="sums"')[2].partition("</main>")[0])
    return found


def rows_at(client: Client, href: str) -> int:
    """Count the rows behind a link; what the page says of them must be so."""
    page = client.get(href).content.decode()
    said = re.search(r"共 (\d+) 行。", page)
    assert said, href
    shown = page.partition("<tbody>")[2].partition("</tbody>")[0].count("<tr>")
    assert shown == min(int(said[1]), 50), href
    return int(said[1])


def wrong(client: Client, links: list[tuple[str, int]]) -> Iterator[object]:
    for href, count in dict.fromkeys(links):
        if (rows := rows_at(client, href)) != count:
            yield href, count, rows


def retype(case: Case, kind: str, *, days: int = 1) -> None:
    at = MONDAY + days * A_DAY
    plea = propose_kind(case.number, "类型不对。", kind=kind, by=a_dispatcher(), at=at)
    decide_plea(plea.pk, granted=True, decision="是。", by=a_supervisor(), at=at)


def exclude_otherwise(case: Case, rate: str) -> None:
    """Leave out for another reason, approved by somebody else."""
    words = {"rate": rate, "reason": "UNTRUE"}
    plea = ask_exclusion(case.number, "查无此事。", **words, by=a_supervisor(), at=MONDAY + A_DAY)
    decide_exclusion(plea.pk, granted=True, decision="属实。", by=a_dispatcher(), at=MONDAY + A_DAY)


def a_busy_town() -> tuple[Unit, Unit]:
    """Cases left out, retyped, joined, called back and in confidence, in a unit and its part."""
    above = a_unit()
    below = a_unit(parent=above)
    for state in ("handling", "handling", "replied", "archived", "returned", "paused", "merged"):
        a_case(state, unit=above)
    late, out, hidden = (
        a_case("handling", unit=below),
        a_case("handling", unit=below),
        a_case("handling", unit=below, confidential=True),
    )
    told = a_case("replied", unit=below, phone="13800000000")
    for outcome in ("no_answer", "wrong_number"):
        record_callback(told.number, outcome=outcome, by=a_callback_clerk(), at=MONDAY + A_DAY)
    for case in (late, out, told):
        an_exclusion(case, at=MONDAY + A_DAY)
    exclude_otherwise(out, "contact")
    exclude_otherwise(hidden, "on_time")
    for kind in ("inquiry", "complaint", "inquiry"):
        retype(late, kind)
    retype(hidden, "suggestion")
    retype(told, "inquiry")
    a_mass_complaint(3)
    joined = a_submission().case
    merge_case(joined.number, late.number, by=a_dispatcher(), at=MONDAY + A_DAY)
    helped = a_case("handling", unit=above)
    add_assist(helped.number, below, by=the_handler(helped), at=MONDAY + A_DAY)
    return above, below


def a_handler_of(unit: Unit) -> Person:
    return the_handler(Case.objects.filter(responsible_unit=unit)[0])


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["supervisor", "handler"])
def test_every_number_of_the_page_opens_as_many_rows(client: Client, who: str) -> None:
    _, below = a_busy_town()
    client.force_login(a_supervisor() if who == "supervisor" else a_handler_of(below))

    found = numbers_of(client, MARCH)

    assert len(found.links) > 100
    assert found.without_rows == []
    assert list(wrong(client, found.links)) == []


@pytest.mark.django_db
def test_every_number_opens_its_rows_under_every_filter(client: Client) -> None:
    above, below = a_busy_town()
    units = [f"unit={above.pk}", f"unit={above.pk}&alone=on", "alone=on"]
    filters = [*units, "kind=complaint", f"kind=inquiry&unit={above.pk}&area=-"]

    for person in (a_supervisor(), a_handler_of(below)):
        client.force_login(person)
        for narrowed in filters:
            found = numbers_of(client, f"{MARCH}&{narrowed}")

            assert len(above_the_tables(found)) > 15
            assert found.without_rows == []
            assert list(wrong(client, above_the_tables(found))) == []


def above_the_tables(found: Numbers) -> list[tuple[str, int]]:
    """The links up to the second number of submissions, which is that of the first month."""
    submissions = [n for n, (href, _) in enumerate(found.links) if "what=submissions" in href]
    return found.links[: submissions[1]]


@pytest.mark.django_db
def test_what_is_left_out_opens_by_reason_and_approver(client: Client) -> None:
    a_busy_town()
    client.force_login(a_supervisor())
    left = "what=on_time&part=excluded"

    found = dict(numbers_of(client, MARCH).links)
    page = client.get(f"{ROWS}{MARCH}&{left}").content.decode()
    file = client.post(f"/desk/figures/rows.csv?{MARCH}&{left}&reason=UNTRUE&approver=").status_code
    one = f"{left}&reason=UNTRUE&approver={a_dispatcher().badge}"
    cells = cells_of("csv", client.post(f"/desk/figures/rows.csv?{MARCH}&{one}").content)

    assert found[f"{ROWS}{MARCH}&{left}"] == 4
    assert found[f"{ROWS}{MARCH}&{one}"] == 1
    assert found[f"{ROWS}{MARCH}&{left}&reason=FORCE_MAJEURE&approver={a_supervisor().badge}"] == 3
    assert page.count(f"工号 {a_supervisor().badge}</td>") == 3
    assert page.count(f"工号 {a_dispatcher().badge}</td>") == 1
    assert file == 404
    assert cells[0][-2:] == ["计为", "批准人"]
    assert [(row[1], row[-1]) for row in cells[1:]] == [
        ("（身份保密）", f"工号 {a_dispatcher().badge}")
    ]


@pytest.mark.django_db
def test_who_could_not_be_asked_opens_by_that_alone(client: Client) -> None:
    a_busy_town()
    client.force_login(a_supervisor())
    left = "what=solved&part=excluded"

    found = dict(numbers_of(client, MARCH).links)

    assert found[f"{ROWS}{MARCH}&{left}"] == 2
    assert found[f"{ROWS}{MARCH}&{left}&reason=no_answer"] == 1
    assert found[f"{ROWS}{MARCH}&{left}&reason=wrong_number"] == 1


@pytest.mark.django_db
def test_the_cases_are_told_once_each_by_the_first_word(client: Client) -> None:
    case = a_mass_complaint(3)
    later = a_submission(at=MONDAY + A_DAY).case
    merge_case(later.number, case.number, by=a_dispatcher(), at=MONDAY + 2 * A_DAY)
    client.force_login(a_supervisor())

    said = dict(numbers_of(client, MARCH).links)
    cells = cells_of("csv", client.post(f"/desk/figures/rows.csv?{MARCH}&what=cases").content)

    assert said[f"{ROWS}{MARCH}&what=submissions&part=denominator"] == 4
    assert said[f"{ROWS}{MARCH}&what=cases&part=denominator"] == 1
    assert [(row[0], row[5]) for row in cells[1:]] == [(case.number, f"{MONDAY:%Y-%m-%d %H:%M}")]


@pytest.mark.django_db
def test_a_change_of_type_opens_on_the_day_it_was_decided_and_as_a_file(client: Client) -> None:
    case, other = a_case("handling"), a_case("handling")
    retype(case, "inquiry", days=1)
    retype(other, "suggestion", days=1)
    client.force_login(a_supervisor())
    change = "old=complaint&new=inquiry"

    found = dict(numbers_of(client, MARCH).links)
    page = client.get(f"{ROWS}{MARCH}&what=retyped&{change}").content.decode()
    file = client.post(f"/desk/figures/rows.csv?{MARCH}&what=retyped&{change}")

    assert found[f"{ROWS}{MARCH}&what=retyped&part=denominator&{change}"] == 1
    assert "<h1>改过类型 · 投诉 → 咨询</h1>" in page
    assert other.number not in page
    assert [(row[0], row[5]) for row in cells_of("csv", file.content)[1:]] == [
        (case.number, f"{MONDAY + A_DAY:%Y-%m-%d %H:%M}")
    ]
    facts = Entry.objects.latest("pk").facts
    assert (facts["rate"], facts["rows"]) == ("retyped", 1)


@pytest.mark.django_db
def test_of_a_type_stand_the_changes_that_left_it_or_came_to_it(client: Client) -> None:
    retype(a_case("handling"), "inquiry")
    client.force_login(a_supervisor())

    pages = [
        str(numbers_of(client, f"{MARCH}&kind={kind}").links)
        for kind in ("complaint", "inquiry", "praise")
    ]

    assert ["old=complaint&new=inquiry" in page for page in pages] == [True, True, False]


@pytest.mark.django_db
def test_nobody_opens_rows_of_what_they_may_not_see(client: Client) -> None:
    case = a_case("handling")
    retype(case, "inquiry")
    an_exclusion(case, at=MONDAY + A_DAY)
    client.force_login(a_person(Role.HANDLER, unit=a_unit()))
    left = f"what=on_time&part=excluded&reason=FORCE_MAJEURE&approver={a_supervisor().badge}"

    for number in (left, CHANGE, "what=cases"):
        assert rows_at(client, f"{ROWS}{MARCH}&{number}") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "what=on_time&part=excluded&reason=MONEY&approver=0001",
        "what=on_time&part=excluded&reason=UNTRUE",
        "what=on_time&part=excluded&approver=0001",
        "what=on_time&part=excluded&reason=UNTRUE&approver=%00",
        "what=on_time&part=excluded&reason=UNTRUE&approver=" + "9" * 30,
        "what=on_time&part=rest&reason=UNTRUE&approver=0001",
        "what=solved&part=excluded&reason=no_answer&approver=0001",
        "what=submissions&part=excluded&reason=UNTRUE&approver=0001",
        "what=retyped",
        "what=retyped&old=complaint",
        "what=retyped&old=complaint&new=money",
        "what=retyped&old=complaint&new=inquiry&reason=UNTRUE&approver=0001",
        "what=on_time&old=complaint&new=inquiry",
    ],
)
def test_a_number_named_by_halves_is_not_found(client: Client, query: str) -> None:
    client.force_login(a_supervisor())

    assert client.get(f"{ROWS}{query}").status_code == 404
    assert client.post(f"/desk/figures/rows.csv?{query}").status_code == 404


@given(
    st.sampled_from([*Name, "submissions", RETYPED]),
    st.sampled_from(Part),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_only_what_was_left_out_has_a_reason_and_only_a_change_two_types(
    what: str, part: Part, given: list[bool]
) -> None:
    words = ("UNTRUE", "0001", "complaint", "inquiry")
    named = [word if is_given else "" for word, is_given in zip(words, given, strict=True)]

    number = Number(what, part, *named)

    left = what in DEFINITIONS and part == Part.EXCLUDED
    fits = [[True, True, False, False]] * left + [[False] * 4] * (what != RETYPED)
    fits += [[False, False, True, True]] * (what == RETYPED)
    assert number.is_whole == (given in fits)


@pytest.mark.django_db
def test_the_public_page_leads_to_no_rows(client: Client) -> None:
    a_busy_town()

    page = client.get(f"/figures/?{MARCH}").content.decode()

    assert "投诉 → 咨询" in page
    assert "/rows" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_who_may_read_the_figures_finds_them_in_the_menu(client: Client, role: Role) -> None:
    client.force_login(a_person(role))

    menu = client.get("/desk/articles/").content.decode()

    is_open = client.get("/desk/figures/").status_code == 200
    assert ('href="/desk/figures/"' in menu) == is_open == (role != Role.ADMINISTRATOR)


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["what=cases", "what=on_time&part=excluded", CHANGE])
def test_the_rows_of_a_number_cost_the_same_however_many_there_are(
    client: Client, number: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_busy_town()
    client.force_login(a_supervisor())

    with django_assert_max_num_queries(12):
        answer = client.get(f"{ROWS}{MARCH}&{number}")

    assert answer.content.decode().count("<tr>") > 2
