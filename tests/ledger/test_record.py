"""Writing in the book, and the database that lets nobody rewrite it."""

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingchuang.ledger.actions import record, seal_entries
from mingchuang.ledger.models import Checkpoint, Entry, Evidence
from mingchuang.ledger.queries import entries_after, entries_of, evidence_faults
from mingchuang.ledger.reading import leaf_of
from mingchuang.ledger.rules.audit import Code
from mingchuang.ledger.rules.canonical import JSON, NotRecordable, is_plain
from mingchuang.ledger.words.faults import sentence_of
from tests.ledger.build import MONDAY, a_sealed_book, an_entry

pytestmark = pytest.mark.django_db

text = st.text(st.characters(codec="utf-8"))


class Said(Evidence):
    """A row of a room above, of which the ledger must know nothing but a digest."""

    name = models.CharField(max_length=20)

    class Meta(Evidence.Meta):
        abstract = False
        app_label = "tests"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"name": self.name}


def what_was_said() -> Said:
    said = Said(name="张三")
    said.entry = record("submission.received", "case:NB-1", at=MONDAY, digest=said.digest)
    return said


def test_what_happened_is_written_down() -> None:
    entry = record("case.dispatched", "case:NB-1", at=MONDAY, unit="SZ-03", by="0312")

    entry.refresh_from_db()
    assert entry.facts == {"unit": "SZ-03", "by": "0312"}
    assert entry.at == MONDAY
    assert entry.digest == ""
    assert entry.index is None


def test_the_story_of_a_case_is_told_in_order() -> None:
    record("case.accepted", "case:NB-1", at=MONDAY)
    record("case.accepted", "case:NB-2", at=MONDAY)
    record("case.replied", "case:NB-1", at=MONDAY)

    assert [entry.verb for entry in entries_of("case:NB-1")] == ["case.accepted", "case.replied"]


def test_a_deed_that_fails_leaves_no_entry() -> None:
    @transaction.atomic
    def deed() -> None:
        an_entry()
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        deed()

    assert not Entry.objects.exists()


@pytest.mark.parametrize("fact", [0.5, 2**53, "a\0b", {1}, MONDAY, {"a": b""}])
def test_facts_that_are_no_plain_json_are_not_written(fact: object) -> None:
    with pytest.raises(NotRecordable), transaction.atomic():
        record("case.accepted", "case:NB-1", at=MONDAY, fact=fact)  # type: ignore[arg-type]

    assert not Entry.objects.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.dictionaries(text, text | st.integers(-(2**53) + 1, 2**53 - 1) | st.lists(text)))
def test_the_database_gives_back_what_was_written(facts: dict[str, JSON]) -> None:
    written = {f"fact_{name}": fact for name, fact in facts.items() if is_plain({name: fact})}

    entry = record("case.accepted", "case:NB-1", at=MONDAY, **written)  # type: ignore[arg-type]

    before = leaf_of(entry)
    entry.refresh_from_db()
    assert leaf_of(entry) == before


@pytest.mark.parametrize(
    ("verb", "subject", "digest"),
    [
        ("raised", "case:NB-1", ""),
        ("case.accepted", "", ""),
        ("case.accepted", "case:NB-1", "md5:0"),
    ],
)
def test_the_database_refuses_an_entry_that_says_too_little(
    verb: str, subject: str, digest: str
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record(verb, subject, at=MONDAY, digest=digest)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "case.declined"},
        {"subject": "case:NB-2"},
        {"at": "2026-03-02T02:00:00Z"},
        {"facts": {}},
        {"digest": "sha256:00"},
    ],
)
def test_the_database_refuses_to_rewrite_an_entry(change: dict[str, object]) -> None:
    entry = an_entry()

    with pytest.raises(IntegrityError, match="written_once"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**change)


@pytest.mark.parametrize("index", [None, 7])
def test_the_database_refuses_to_move_a_sealed_entry(index: int | None) -> None:
    a_sealed_book(3)

    with pytest.raises(IntegrityError, match="sealed_once"), transaction.atomic():
        Entry.objects.filter(index=1).update(index=index)


def test_the_database_refuses_to_rewrite_a_checkpoint() -> None:
    a_sealed_book(3)

    with pytest.raises(IntegrityError, match="signed_once"), transaction.atomic():
        Checkpoint.objects.update(note="")


def test_the_digest_of_a_private_part_fits_until_somebody_changes_it() -> None:
    said = what_was_said()
    assert list(evidence_faults([said])) == []

    said.name = "李四"

    (fault,) = evidence_faults([said])
    assert fault.code == Code.PRIVATE_CHANGED
    assert sentence_of(fault) == "case:NB-1 的私密内容被改动过：它与记入台账时的指纹不符。"


def test_whoever_is_erased_leaves_an_entry_that_still_holds() -> None:
    said = what_was_said()
    digest = said.entry.digest
    seal_entries(at=MONDAY)

    said.salt, said.name = b"", ""

    assert said.is_erased
    assert said.digest == ""
    assert list(evidence_faults([said])) == []
    assert Entry.objects.get(index=0).digest == digest


def test_two_people_of_one_name_have_different_digests() -> None:
    assert Said(name="张三").digest != Said(name="张三").digest


def test_who_follows_reads_what_is_sealed_and_nothing_else() -> None:
    a_sealed_book(3)
    an_entry()

    assert [entry.index for entry in entries_after(-1)] == [0, 1, 2]
    assert [entry.index for entry in entries_after(1)] == [2]
