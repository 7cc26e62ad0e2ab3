"""Papers that somebody signed: of them as long as they exist, and shown with an entry."""

from typing import Any

import pytest

from mingchuang.base.errors import NotFound
from mingchuang.cases import shelf
from mingchuang.council.actions.own import declare_camp, withdraw
from mingchuang.council.actions.pictures import look_at_paper
from mingchuang.council.actions.register import note_camp_on_paper
from mingchuang.council.models import Picture, Stakeholder
from mingchuang.council.queries.pictures import may_look, picture_for
from mingchuang.ledger.models import Entry
from mingchuang.people.actions.posts import give_post
from mingchuang.people.models import Person
from mingchuang.people.rules.roles import Role
from tests.build import MONDAY, a_person, a_unit, the_town
from tests.council.build import a_convenor, a_photo, a_stakeholder

pytestmark = pytest.mark.django_db


def signs(who: Stakeholder, camp: str, colour: str) -> Picture:
    where, by = (who.topic.number, who.number), a_convenor()
    name = who.requester.name
    paper = note_camp_on_paper(*where, camp, a_photo(colour), signed=name, by=by, at=MONDAY).paper
    assert paper is not None
    return paper


def replaced() -> Picture:
    """A paper that another took the place of."""
    who = a_stakeholder()
    first = signs(who, "oppose", "red")
    signs(who, "support", "blue")
    return first


def supervises_elsewhere() -> Person:
    """Somebody who reads the topics of the town, and supervises another unit."""
    person = a_person(Role.AUDITOR)
    give_post(person, a_unit(parent=the_town()), Role.SUPERVISOR, at=MONDAY)
    return Person.objects.get(pk=person.pk)


def test_a_paper_another_took_the_place_of_is_looked_at_with_an_entry_alone() -> None:
    paper = replaced()

    with pytest.raises(NotFound):
        picture_for(a_convenor(), paper.pk)
    seen = look_at_paper(paper.pk, by=a_convenor(), at=MONDAY)

    assert seen == paper
    entry = Entry.objects.get(verb="requester.revealed")
    assert entry.facts["requester"] == str(paper.of.requester.handle)  # type: ignore[union-attr]


def test_a_paper_is_theirs_also_once_they_say_otherwise_by_their_own_link() -> None:
    who = a_stakeholder()
    paper = signs(who, "oppose", "red")

    declare_camp(who.code, "support", at=MONDAY)

    with pytest.raises(NotFound):
        picture_for(a_convenor(), paper.pk)
    assert look_at_paper(paper.pk, by=a_convenor(), at=MONDAY).of == who


def test_who_is_forgotten_leaves_no_paper_behind() -> None:
    first = replaced()
    assert first.of is not None

    withdraw(first.of.code, at=MONDAY)

    assert [paper.is_kept for paper in first.of.papers.all()] == [False, False]
    assert Entry.objects.filter(verb="photo.erased").count() == 2


def test_the_file_of_a_paper_another_took_the_place_of_goes_with_them(
    django_capture_on_commit_callbacks: Any,
) -> None:
    first = replaced()
    assert first.of is not None

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(first.of.code, at=MONDAY)

    with pytest.raises(FileNotFoundError):
        shelf.read(first.path)


def test_who_supervises_another_unit_sees_no_paper_of_this_one() -> None:
    paper = replaced()
    person = supervises_elsewhere()

    with pytest.raises(NotFound):
        look_at_paper(paper.pk, by=person, at=MONDAY)

    assert not may_look(person, paper.topic)
    assert not Entry.objects.filter(verb="requester.revealed").exists()


def test_who_supervises_the_unit_sees_its_papers() -> None:
    paper = replaced()
    person = a_person(Role.SUPERVISOR)

    look_at_paper(paper.pk, by=person, at=MONDAY)

    assert may_look(person, paper.topic)
    assert Entry.objects.get(verb="requester.revealed").facts["by"] == person.badge
