"""The register of flats: read from a workbook's rows, imported, imported again."""

from typing import Any

import pytest

from mingchuang.base.errors import NotFound, Refused
from mingchuang.cases.rules.letters import Fault
from mingchuang.council.actions.costs import fix_cost
from mingchuang.council.actions.flats import (
    import_flats,
    put_back_flat,
    renew_link,
    take_out_flat,
)
from mingchuang.council.errors.owners import FlatPays, FlatsInUse, FlatTakenOut
from mingchuang.council.models import Flat, Topic
from mingchuang.council.queries.flats import Register, flat_called, owner_of, register_of
from mingchuang.council.rules.flats import FlatRow, read_flat, same_owner
from mingchuang.ledger.models import Entry
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_person
from tests.council.ballots import a_ballot, a_cost, a_fixed_cost, a_row, an_owner, an_owners_topic
from tests.council.build import a_convenor, a_topic

pytestmark = pytest.mark.django_db

NAMES = ("张三丰", "李四光", "13800000001", "3幢201")


def take_out(topic: Topic, number: int, *, reason: str = "房号录错了") -> Flat:
    return take_out_flat(topic.number, number, reason, by=a_convenor(), at=MONDAY)


def read(**cells: Any) -> FlatRow | list[Fault]:
    return read_flat({"房号": "3幢201", "专有部分面积": 89.56, "业主": "张三", **cells})


def told(**cells: Any) -> list[tuple[str, str]]:
    read_as = read(**cells)
    assert isinstance(read_as, list)
    return [(fault.column, fault.code) for fault in read_as]


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        (89.56, 89_56),
        (100, 100_00),
        ("89.5㎡", 89_50),
        ("１００．２０平方米", 100_20),
        (89.1, 89_10),
    ],
)
def test_an_area_is_read_to_the_hundredth(cell: object, area: int) -> None:
    row = read(专有部分面积=cell)

    assert isinstance(row, FlatRow)
    assert row.area == area


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"专有部分面积": 89.565}, [("专有部分面积", "no_area")]),
        ({"专有部分面积": "约九十"}, [("专有部分面积", "no_area")]),
        ({"专有部分面积": 0}, [("专有部分面积", "odd_area")]),
        ({"专有部分面积": "=B2*2"}, [("专有部分面积", "formula")]),
        ({"房号": ""}, [("房号", "empty")]),
        ({"业主": "、"}, [("业主", "empty")]),
        ({"楼层": "阁楼"}, [("楼层", "no_floor")]),
        ({"未售或未交付": "也许"}, [("未售或未交付", "no_yes")]),
        ({"房号": "", "业主": None}, [("房号", "empty"), ("业主", "empty")]),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_its_column(
    cells: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    assert told(**cells) == faults


def test_one_owner_is_known_by_names_and_phone_and_never_by_a_name_alone() -> None:
    couple = FlatRow("1", 1, "张三、李四", phone="138 0000 0001")
    turned = FlatRow("2", 1, "李四、张三", phone="+86 13800000001")

    assert same_owner(couple) == same_owner(turned)
    assert same_owner(FlatRow("3", 1, "张三", phone="13800000001")) != same_owner(couple)
    assert same_owner(FlatRow("4", 1, "张伟")) == ""


def test_several_flats_of_one_owner_are_one_head() -> None:
    topic = an_owners_topic(
        [
            a_row("1幢101", "张三丰", phone="13800000001", area=80_00),
            a_row("1幢102", "李四光", phone="13800000002", area=90_00),
            a_row("2幢101", "张三丰", phone="13800000001", area=20_50),
        ]
    )

    assert register_of(topic) == Register(flats=3, heads=2, area=190_50)


def test_all_that_the_developer_holds_is_one_head() -> None:
    rows = [a_row(f"5幢{n}01", "甬江置业公司", with_developer=True) for n in range(1, 4)]

    topic = an_owners_topic(rows)

    assert register_of(topic) == Register(flats=3, heads=1, area=300_00)
    assert an_owner(topic).masked_name == "甬江置业公司"


def test_two_of_one_name_without_a_phone_are_two_heads() -> None:
    topic = an_owners_topic([a_row("1幢101", "张伟"), a_row("1幢102", "张伟")])

    assert register_of(topic).heads == 2


def test_a_register_imported_again_changes_nothing() -> None:
    rows = [a_row("1幢101", "张三丰", phone="13800000001"), a_row("1幢102", "李四光")]
    topic = an_owners_topic(rows)
    before = Entry.objects.count()

    done = import_flats(topic.number, rows, by=a_convenor(), at=MONDAY)

    assert done == ["same", "same"]
    assert Entry.objects.count() == before


def test_a_flat_that_was_sold_gets_its_new_owner() -> None:
    topic = an_owners_topic([a_row("1幢101", "张三丰"), a_row("1幢102", "李四光")])
    sold = [a_row("１幢 101", "王五", area=99_99, floor=2)]

    assert import_flats(topic.number, sold, by=a_convenor(), at=MONDAY) == ["corrected"]

    flat = flat_called(topic, "1幢101")
    assert flat is not None
    assert (flat.area, flat.floor, flat.owner.number) == (99_99, 2, 3)
    entry = Entry.objects.get(verb="flat.corrected")
    assert entry.facts == {"hundredths": 99_99, "owner": 3, "by": a_convenor().badge}


def test_of_one_label_written_twice_the_second_is_refused_and_the_rest_goes_in() -> None:
    topic = an_owners_topic()
    rows = [a_row("9幢101"), a_row("9幢 101", area=1_00), a_row("9幢102")]

    done = import_flats(topic.number, rows, by=a_convenor(), at=MONDAY)

    assert [getattr(one, "code", one) for one in done] == ["added", "flat_twice", "added"]
    assert isinstance(done[1], Refused)
    assert "出现了两次" in str(done[1])


def test_while_a_ballot_is_counted_the_register_stands_still() -> None:
    ballot = a_ballot()

    with pytest.raises(FlatsInUse, match="正在表决"):
        import_flats(ballot.topic.number, [a_row("9幢101")], by=a_convenor(), at=MONDAY)

    assert ballot.topic.flats.count() == 4


def test_a_flat_that_is_taken_out_counts_in_no_later_ballot_or_cost() -> None:
    topic = an_owners_topic()

    gone = take_out(topic, 4)

    assert register_of(topic) == Register(flats=3, heads=3, area=300_00)
    assert a_ballot(topic=topic).papers.count() == 3
    assert a_cost(topic=topic).shares.count() == 3
    assert flat_called(topic, "1幢401") is None
    assert (gone.taken_out_because, topic.flats.count()) == ("房号录错了", 4)


def test_a_flat_that_is_taken_out_carries_nothing_of_a_cost_that_is_drawn_up_already() -> None:
    cost = a_cost()
    take_out(cost.topic, 4)

    fix_cost(cost.topic.number, 1, by=a_convenor(), at=MONDAY)

    assert [share.amount for share in cost.shares.all()] == [1333_34, 1333_33, 1333_33]


def test_a_flat_that_was_taken_out_is_put_back_as_it_was() -> None:
    topic = an_owners_topic()
    take_out(topic, 4)
    take_out(topic, 4, reason="再划一次")

    back = put_back_flat(topic.number, 4, by=a_convenor(), at=MONDAY)

    assert (back.taken_out_at, back.taken_out_because) == (None, "")
    assert register_of(topic).flats == 4
    verbs = Entry.objects.filter(subject=back.subject).order_by("pk").values_list("verb", flat=True)
    assert [*verbs] == ["flat.added", "flat.taken_out", "flat.put_back"]


def test_a_flat_that_is_put_back_carries_its_share_of_a_cost_drawn_up_without_it() -> None:
    topic = an_owners_topic()
    take_out(topic, 4)
    cost = a_cost(topic=topic)

    put_back_flat(topic.number, 4, by=a_convenor(), at=MONDAY)
    fix_cost(topic.number, 1, by=a_convenor(), at=MONDAY)

    assert [share.amount for share in cost.shares.all()] == [1000_00] * 4


def test_a_flat_that_was_out_when_a_cost_was_fixed_pays_nothing_of_it() -> None:
    topic = an_owners_topic()
    take_out(topic, 4)
    cost = a_fixed_cost(topic=topic)

    put_back_flat(topic.number, 4, by=a_convenor(), at=MONDAY)

    assert cost.shares.count() == 3


def test_a_flat_that_is_imported_later_carries_its_share_of_a_cost_not_yet_fixed() -> None:
    cost = a_cost()

    import_flats(cost.topic.number, [a_row("1幢501")], by=a_convenor(), at=MONDAY)
    fix_cost(cost.topic.number, 1, by=a_convenor(), at=MONDAY)

    assert [share.amount for share in cost.shares.all()] == [800_00] * 5


def test_no_flat_is_taken_out_or_put_back_while_it_is_voted_on_or_once_it_is_to_pay() -> None:
    voted, paying = an_owners_topic(), a_fixed_cost().topic
    take_out(voted, 4)
    a_ballot(topic=voted)

    with pytest.raises(FlatsInUse):
        take_out(voted, 1)
    with pytest.raises(FlatsInUse):
        put_back_flat(voted.number, 4, by=a_convenor(), at=MONDAY)
    with pytest.raises(FlatPays, match="修化粪池"):
        take_out(paying, 1)
    assert register_of(paying).flats == 4


def test_a_flat_that_was_taken_out_does_not_come_back_with_the_next_workbook() -> None:
    topic = an_owners_topic()
    take_out(topic, 4)

    [same, gone] = import_flats(
        topic.number, [a_row("1幢101"), a_row("1幢401")], by=a_convenor(), at=MONDAY
    )

    assert same == "same"
    assert isinstance(gone, FlatTakenOut)
    assert register_of(topic).flats == 3


def test_nothing_of_a_person_or_an_address_stands_in_the_ledger() -> None:
    an_owners_topic([a_row("3幢201", "张三丰、李四光", phone="13800000001")])

    book = "".join(f"{e.subject}{e.facts}" for e in Entry.objects.all())

    assert [clue for clue in NAMES if clue in book] == []


def test_only_a_convenor_of_the_unit_keeps_the_register() -> None:
    topic = an_owners_topic()

    with pytest.raises(NotFound):
        import_flats(topic.number, [a_row("9幢101")], by=a_person(Role.SUPERVISOR), at=MONDAY)


def test_a_new_link_opens_and_the_old_one_opens_nothing() -> None:
    owner = an_owner()

    fresh = renew_link(owner.topic.number, owner.number, by=a_convenor(), at=MONDAY)

    assert owner_of(fresh.code).number == owner.number
    with pytest.raises(NotFound):
        owner_of(owner.code)
    assert Entry.objects.filter(verb="owner.relinked").count() == 1


def test_a_link_opens_nothing_before_the_topic_is_public() -> None:
    topic = a_topic("proposed", legal="ballot")
    import_flats(topic.number, [a_row("1幢101")], by=a_convenor(), at=MONDAY)

    with pytest.raises(NotFound):
        owner_of(an_owner(topic).code)


def test_owners_are_shown_masked() -> None:
    owner = an_owner(an_owners_topic([a_row("1幢101", "张三丰、李四")]))

    assert owner.masked_name == "张*丰、李*"
