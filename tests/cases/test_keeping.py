"""Nothing is kept longer than the table says; what is erased leaves its tombstone, no more."""

import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from mingchuang.base.database import leave_no_traces
from mingchuang.cases.actions.handling import publish_reply, write_note
from mingchuang.cases.actions.keeping import erase_due, load_terms
from mingchuang.cases.actions.merging import merge_case
from mingchuang.cases.actions.personal import ask_as_holder
from mingchuang.cases.actions.photos import tidy_photos
from mingchuang.cases.actions.voice import add_remark, contest_decline, say_solved
from mingchuang.cases.models import Attachment, Case, Retention, Submission
from mingchuang.cases.queries.keeping import cases_of, overdue, some_due, terms, terms_in_force
from mingchuang.cases.rules.keeping import (
    BATCHES,
    CATEGORIES,
    ELSEWHERE,
    FEWEST,
    KINDS,
    MOST,
    BadLine,
    Term,
    ended_by,
    identity_in,
    identity_of,
    read_terms,
)
from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.models import Entry
from mingchuang.ledger.queries import entries_of, receipt_for
from mingchuang.people.models import Requester
from tests.build import (
    A_DAY,
    AN_HOUR,
    MONDAY,
    WAYS,
    a_case,
    a_dispatcher,
    a_submission,
    code,
    newest,
    the_handler,
)
from tests.cases.traces import audit_faults, lies_on_the_shelf, rows
from tests.town import a_photo

pytestmark = pytest.mark.django_db
NAME, PHONE, ADDRESS = "冯怀远", "13987654321", "江滨路十二弄三号"
WORDS, MORE = "我家楼上的空调滴水滴了半年。", "昨夜又滴到两点。"
SOURCE = "本市档案规定第三条"
TAKEN = ("contact", "photos", "who_complaint", "words")
LATER = MONDAY + timedelta(days=400)
ALL = dict.fromkeys(CATEGORIES, 365)
# Told of by tests of their own.
TOLD_ELSEWHERE = {*ELSEWHERE, BATCHES}


def the_table(days: Mapping[str, int | None]) -> None:
    load_terms([Term(name, some, SOURCE) for name, some in days.items()], at=MONDAY)


def an_old_case(state: str = "archived", **given: Any) -> Case:
    """A case with everything a person may leave in it."""
    who = {"name": NAME, "phone": PHONE, "address": ADDRESS, "vulnerability": "elderly"}
    return a_case(state, **{"text": WORDS, "photos": (a_photo(),), **who, **given})


def erase_all(at: datetime = LATER) -> dict[str, int]:
    erased: dict[str, int] = {}
    for term in terms_in_force(at):
        while found := some_due(term, at):
            count = sum(erase_due(term, some, at=at) for some in found)
            erased[term.category] = erased.get(term.category, 0) + count
    return erased


def retain(*words: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("retain", *words, stdout=out, stderr=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def left_of(*clues: str) -> list[str]:
    everything = rows()
    return [clue for clue in clues if clue in everything]


def told(case: Case, verb: str) -> list[dict[str, Any]]:
    return [entry.facts for entry in entries_of(case.subject).filter(verb=verb)]


def test_a_new_house_and_one_brought_up_to_date_keep_everything() -> None:
    an_old_case()

    assert set(Retention.objects.values_list("days", flat=True)) <= {None}
    assert erase_all(LATER + timedelta(days=36_500)) == {}


def test_after_its_time_nothing_of_a_person_is_left_and_every_proof_holds(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    case = an_old_case("replied")
    add_remark(case.number, code(case.submissions.get()), MORE, at=MONDAY + 5 * AN_HOUR)
    publish_reply(case.number, "空调不滴水了", by=the_handler(case), at=MONDAY + 5 * AN_HOUR)
    write_note(case.number, f"打 {PHONE} 找{NAME}。", by=a_dispatcher(), at=MONDAY + 5 * AN_HOUR)
    say_solved(case.number, code(case.submissions.get()), satisfied="yes", at=MONDAY + 6 * AN_HOUR)
    seal_entries(at=MONDAY)
    receipt = receipt_for(Submission.objects.get().entry)
    the_table(ALL)

    with django_capture_on_commit_callbacks(execute=True):
        erased = erase_all()

    assert erased == {"contact": 1, "photos": 1, "who_complaint": 1, "words": 1}
    assert left_of(NAME, PHONE, ADDRESS, WORDS, MORE, "elderly", "空调", "灯已修好") == []
    assert not lies_on_the_shelf(Attachment.objects.get())
    assert receipt.flaws() == []
    assert audit_faults() == ""


@pytest.mark.parametrize("category", [name for name in CATEGORIES if name not in TOLD_ELSEWHERE])
def test_each_category_takes_what_it_names_and_nothing_else(category: str) -> None:
    about = identity_in(category)
    kind, secret = about or ("complaint", False)
    case = an_old_case(kind=kind, confidential=secret)
    an_old_case(kind=kind, confidential=not secret)
    the_table({category: 365})

    erased = erase_all()

    assert erased == {category: 1 if about else 2}
    assert audit_faults() == ""
    assert [facts["category"] for facts in told(case, "case.erased")] == [category]
    assert {facts["source"] for facts in told(case, "case.erased")} == {SOURCE}


def test_a_number_is_forgotten_and_the_name_stays() -> None:
    case = an_old_case()
    the_table({"contact": 365})

    erase_all()

    requester = Requester.objects.get()
    assert (requester.name, requester.phone, requester.phone_index) == (NAME, "", "")
    assert left_of(PHONE) == []
    assert audit_faults() == ""
    assert not case.submissions.get().may_be_called


def test_what_was_said_of_somebody_before_does_not_pass_for_them_now() -> None:
    an_old_case()
    before = Requester.objects.values().get()
    the_table({"contact": 365})
    erase_all()

    Requester.objects.update(salt=before["salt"], phone=PHONE, phone_index=before["phone_index"])

    assert "私密内容被改动过" in audit_faults()


def test_tombstones_name_no_person_and_each_has_its_grave() -> None:
    case = an_old_case()
    the_table(ALL)

    erase_all()

    stones = Entry.objects.filter(verb__endswith=".erased").exclude(verb="case.erased")
    assert {entry.verb for entry in stones} >= {"requester.erased", "photo.erased", "reply.erased"}
    digests = set(Entry.objects.exclude(digest="").values_list("digest", flat=True))
    assert {entry.facts["of"] for entry in stones} <= digests
    assert {entry.facts["category"] for entry in stones} == {"photos", "who_complaint", "words"}
    assert newest(case).verb == "case.erased"


def test_one_tombstone_does_not_cover_for_another() -> None:
    an_old_case()
    the_table({"photos": 365})
    erase_all()

    Submission.objects.update(salt=b"", text="", original="", fingerprint="")

    assert "不见了，台账没有说它被删除" in audit_faults()


def test_words_that_come_back_after_they_were_erased_are_found() -> None:
    an_old_case()
    the_table(ALL)
    erase_all()

    Submission.objects.update(text="从来没有滴过水。")

    assert "数据库里却又有了" in audit_faults()


@pytest.mark.parametrize(
    "state", sorted(set(WAYS) - {"archived", "declined", "referred", "withdrawn"})
)
def test_what_is_not_over_is_kept(state: str) -> None:
    an_old_case(state)
    the_table(ALL)

    erased = erase_all()

    assert erased == {}
    assert audit_faults() == ""


@pytest.mark.parametrize("state", ["archived", "declined", "referred", "withdrawn"])
def test_whatever_way_a_case_ended_its_time_is_counted_from_there(state: str) -> None:
    case = an_old_case(state)
    the_table({"words": 365})
    ended = newest(case).at

    early = erase_all(ended + timedelta(days=365) - AN_HOUR)
    late = erase_all(ended + timedelta(days=365))

    assert (early, late) == ({}, {"words": 1})


def test_what_somebody_objected_to_is_kept() -> None:
    case = an_old_case("declined")
    contest_decline(case.number, code(case.submissions.get()), "应该管。", at=MONDAY + A_DAY)
    the_table(ALL)

    assert erase_all() == {}


def test_a_merged_case_is_kept_as_long_as_its_master_and_goes_with_it() -> None:
    master = a_case("handling")
    ours = an_old_case("accepted", at=MONDAY + AN_HOUR)
    merge_case(ours.number, master.number, by=a_dispatcher(), at=MONDAY + A_DAY)
    the_table({"words": 365})

    before = erase_all()
    Case.objects.filter(pk=master.pk).update(
        state="archived", ended_at=MONDAY + A_DAY, round=1, replied_at=MONDAY
    )
    after = erase_all()

    assert (before, after) == ({}, {"words": 1})
    assert left_of(WORDS) == []
    assert set(Case.objects.values_list("title", flat=True)) == {"内容已按规定删除"}


def test_a_line_that_begins_later_erases_nothing_yet() -> None:
    an_old_case()
    the_table({"words": 365})
    Retention.objects.filter(category="words").update(since=(LATER + 9 * A_DAY).date())

    assert erase_all() == {}
    assert erase_all(LATER + 9 * A_DAY) == {"words": 1}


def test_the_dry_run_says_what_would_go_and_takes_nothing() -> None:
    case = an_old_case()
    the_table({"words": 30, "contact": 30})

    status, said = retain("--dry-run", "--list")
    _status, as_json = retain("--dry-run", "--json")

    assert status == 0
    assert "全部文字：诉求、答复、记录，连同照片：办结满 30 天的 1 项，最早的" in said
    assert case.number in said
    assert json.loads(as_json)["would_erase"]["words"] == {
        "count": 1, "oldest": "2026-03-02", "days": 30, "source": SOURCE,
    }  # fmt: skip
    assert left_of(PHONE, WORDS) == [PHONE, WORDS]


def test_the_real_run_says_what_went_and_leaves_an_entry() -> None:
    an_old_case()
    the_table({"words": 30, "contact": 30})

    _status, as_json = retain("--json", "--by", a_dispatcher().badge)
    _status, again = retain()

    assert json.loads(as_json)["erased"] == {"contact": 1, "words": 1}
    ran = Entry.objects.filter(verb="retention.ran").first()
    assert ran is not None
    assert ran.facts == {"by": a_dispatcher().badge, "erased": ["contact 1", "words 1"]}
    assert "删除 0 项" in again


def test_without_a_table_the_command_says_that_all_is_kept() -> None:
    an_old_case()

    assert "什么都不会删除" in retain("--dry-run")[1]
    assert "删除 0 项" in retain()[1]


def test_the_suggested_table_can_be_loaded_and_each_change_is_an_entry() -> None:
    file = "mingchuang/cases/retention/suggested.txt"

    _status, said = retain("--load", file)
    _status, again = retain("--load", file)

    assert f"已更新 {len(CATEGORIES)} 类" in said
    assert "已更新 0 类" in again
    assert Entry.objects.filter(verb="retention.changed").count() == len(CATEGORIES)
    assert Retention.objects.filter(days__isnull=True).count() == 0
    assert {"待核" in one.source for one in Retention.objects.all()} == {True}


def test_a_wrong_table_is_named_line_by_line_and_changes_nothing(tmp_path: Any) -> None:
    file = tmp_path / "table.txt"
    file.write_text("words 3650 依据\nsecrets 30 依据\nphotos 3 依据\n", encoding="utf-8")

    status, said = retain("--load", str(file))

    assert status == 1
    assert "第 2 行看不懂：secrets 30 依据" in said
    assert "第 3 行看不懂：photos 3 依据" in said
    assert not Retention.objects.filter(days__isnull=False).exists()
    with pytest.raises(CommandError, match="打不开"):
        retain("--load", str(tmp_path / "none.txt"))


def test_the_follower_erases_only_where_it_was_told_to_and_once_a_day(settings: Settings) -> None:
    an_old_case(at=now() - timedelta(days=60))
    the_table({"photos": 30})

    call_command("follow", once=True, stdout=io.StringIO())
    kept = Attachment.objects.exclude(salt=b"").count()
    settings.RETAIN = True
    for _ in range(3):
        call_command("follow", once=True, stdout=io.StringIO())

    assert kept == 1
    assert not Attachment.objects.exclude(salt=b"").exists()
    assert Entry.objects.filter(verb="retention.ran").count() == 1


def test_the_follower_tells_how_much_of_each_category_was_erased_that_day(
    settings: Settings,
) -> None:
    settings.RETAIN = True
    for _ in range(60):
        an_old_case("declined", at=now() - timedelta(days=60), photos=())
    the_table(dict.fromkeys(ALL, 30))

    call_command("follow", once=True, stdout=io.StringIO())

    ran = Entry.objects.get(verb="retention.ran")
    assert ran.facts["erased"] == ["contact 60", "who_complaint 60", "words 60"]


def test_what_was_opened_again_since_it_was_found_is_kept() -> None:
    case = an_old_case("declined")
    the_table({"words": 365})
    (term,) = terms_in_force(LATER)
    (found,) = some_due(term, LATER)
    contest_decline(case.number, code(case.submissions.get()), "应该管。", at=LATER)

    count = erase_due(term, found, at=LATER)

    assert (found, count) == ([case.pk], 0)
    assert left_of(WORDS) == [WORDS]


def steps_of(erasing: Callable[[], object]) -> int:
    """Return how many hundred steps SQLite takes for it."""
    taken: list[None] = []
    connection.connection.set_progress_handler(lambda: taken.append(None), 100)
    erasing()
    connection.connection.set_progress_handler(None, 0)
    return len(taken)


def many_more_that_ended(case: Case) -> None:
    columns = dict(Case.objects.filter(pk=case.pk).values().get())
    del columns["id"]
    Case.objects.bulk_create(Case(**columns) for _ in range(5000))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets others write meanwhile")
@pytest.mark.parametrize("category", TAKEN)
def test_erasing_a_handful_takes_as_long_however_much_has_ended(category: str) -> None:
    one, other = an_old_case(), an_old_case(name="别的人", phone="13812345678")
    the_table({category: 365})
    (term,) = terms_in_force(LATER)
    ((first, second),) = some_due(term, LATER)

    few = steps_of(lambda: erase_due(term, [first], at=LATER))
    many_more_that_ended(one)
    many = steps_of(lambda: erase_due(term, [second], at=LATER))

    assert told(other, "case.erased")
    assert many < few + 50


def test_what_is_due_is_found_once_for_many_handfuls() -> None:
    for _ in range(51):
        an_old_case("declined", photos=())
    the_table({"words": 365})
    (term,) = terms_in_force(LATER)

    found = some_due(term, LATER)

    assert [len(some) for some in found] == [50, 1]


def test_traces_are_wiped_once_for_all_that_goes_together(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for _ in range(3):
        an_old_case(photos=())
    the_table({"words": 365})
    (term,) = terms_in_force(LATER)
    (found,) = some_due(term, LATER)

    with django_capture_on_commit_callbacks() as afterwards:
        erase_due(term, found, at=LATER)

    assert afterwards == [leave_no_traces]


def in_the_index(clue: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM cases_case_found_data")
        return any(clue.encode() in block for (block,) in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps nothing in its index")
@pytest.mark.parametrize("command", [("follow", "--once"), ("retain",)])
def test_the_index_lets_go_of_what_was_erased_by_whatever_way(
    command: tuple[str, ...], settings: Settings
) -> None:
    settings.RETAIN = True
    an_old_case("declined", text=f"请打 {PHONE} 找我。", photos=())
    the_table({"words": 365})
    erase_all()

    before = in_the_index(PHONE)
    call_command(*command, stdout=io.StringIO())

    assert (before, in_the_index(PHONE)) == (True, False)


def test_a_photo_whose_file_outlived_a_power_cut_is_still_removed() -> None:
    an_old_case()
    the_table({"photos": 365})

    erase_all()  # nothing is committed in this test: the file stays, and its mark tells of it
    stayed = lies_on_the_shelf(Attachment.objects.get())
    tidy_photos(at=now() + A_DAY)

    assert stayed
    assert not lies_on_the_shelf(Attachment.objects.get())


def test_figures_and_days_of_an_erased_case_stay() -> None:
    case = an_old_case()
    the_table(ALL)
    columns = ("state", "kind", "received_at", "due_at", "replied_at", "ended_at", "round")
    before = Case.objects.values(*columns).get()

    erase_all()

    assert Case.objects.values(*columns).get() == before
    assert case.callbacks.get().solved is True


def test_the_receipt_of_an_erased_case_says_when_and_why(client: Client) -> None:
    case = an_old_case()
    key = code(case.submissions.get())
    the_table(ALL)
    erase_all()

    page = client.get(f"/r/{case.number}/{key}/").content.decode()

    assert f"2027年4月6日 周二 已按规定删除文字和照片（依据：{SOURCE}）" in page
    assert "回执仍然可以核验" in page
    assert "（文字已按规定删除）" in page
    assert "内容已按规定删除" in page
    assert NAME not in page


def test_the_desk_shows_that_a_case_was_erased_and_offers_nothing_more(client: Client) -> None:
    case = an_old_case(confidential=True)
    the_table(ALL)
    erase_all()
    client.force_login(a_dispatcher())

    page = client.get(f"/desk/cases/{case.number}/").content.decode()
    inbox = client.get(f"/desk/?view=done&q={case.number}").content.decode()

    assert f"已按规定删除诉求人的姓名、电话和住址（依据：{SOURCE}）" in page
    assert "文字已按规定删除。" in page
    assert "查看身份" not in page
    assert "内容已按规定删除" in inbox
    assert client.get(f"/desk/submissions/{case.number}/redact/").status_code == 404


def test_a_published_answer_goes_with_the_words(client: Client) -> None:
    case = an_old_case("replied")
    publish_reply(case.number, "空调不滴水了", by=the_handler(case), at=MONDAY + 5 * AN_HOUR)
    say_solved(case.number, code(case.submissions.get()), satisfied="yes", at=MONDAY + A_DAY)
    the_table({"words": 365})

    erase_all()

    assert "空调" not in client.get("/answers/").content.decode()
    client.force_login(the_handler(case))
    assert client.get(f"/desk/cases/{case.number}/publish/").status_code == 200
    assert client.post(
        f"/desk/cases/{case.number}/publish/", {"headline": "好了", "text": "好了"}
    ).status_code == 404  # fmt: skip


def test_what_would_go_is_counted_in_a_few_statements(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(3):
        an_old_case()
    the_table(ALL)
    lines = terms_in_force(LATER)

    with django_assert_max_num_queries(5):
        found = overdue(lines, LATER)

    counts = {line.term.category: line.count for line in found}
    assert {name: n for name, n in counts.items() if n} == dict.fromkeys(TAKEN, 3)
    assert {line.oldest for line in found if line.count} == {
        case.ended_at for case in cases_of(lines[0], LATER)[:1]
    }


def test_what_is_counted_is_what_is_erased_each_kind_by_its_own_days() -> None:
    for days, kind in ((390, "inquiry"), (390, "complaint"), (300, "complaint"), (390, "report")):
        for secret in (False, True):
            an_old_case("declined", kind=kind, confidential=secret, at=LATER - timedelta(days=days))
    asked = an_old_case("declined", kind="inquiry", at=LATER - timedelta(days=390))
    ask_as_holder(asked.number, code(asked.submissions.get()), what="copy", reach="this", at=LATER)
    master, joined = a_case("handling"), an_old_case("accepted")
    merge_case(joined.number, master.number, by=a_dispatcher(), at=MONDAY + A_DAY)
    the_table({**ALL, "who_complaint": 200, "who_report": 392, "contact": None})

    counted = {line.term.category: line.count for line in overdue(terms(), LATER) if line.count}
    erased = erase_all()

    assert counted == erased
    assert {name: n for name, n in erased.items() if name.startswith("who")} == {
        "who_inquiry": 1,
        "who_inquiry_secret": 1,
        "who_complaint": 2,
        "who_complaint_secret": 1,
        "who_report_secret": 1,
    }


def test_two_who_wrote_under_one_case_are_each_forgotten_on_their_own_receipt(
    client: Client,
) -> None:
    master = an_old_case("accepted")
    other = a_submission(text="我也是。", name="另一位")
    merge_case(other.case.number, master.number, by=a_dispatcher(), at=MONDAY)
    Case.objects.filter(pk=master.pk).update(
        state="archived", ended_at=MONDAY, round=1, replied_at=MONDAY
    )
    the_table({"who_complaint": 365})

    erase_all()

    page = client.get(f"/r/{other.number}/{code(other)}/").content.decode()
    assert page.count("已按规定删除诉求人的姓名、电话和住址（") == 2  # the banner and the line


# The rules.
days = st.integers(FEWEST, MOST)
sources = st.text("法第十九条", min_size=1, max_size=20)
lines = st.tuples(st.sampled_from(CATEGORIES), st.one_of(st.none(), days), sources)


@given(st.lists(lines, max_size=8))
def test_a_table_is_read_as_it_was_written(table: Iterable[tuple[str, int | None, str]]) -> None:
    text = "\n".join(f"{name} {'-' if n is None else n} {source}" for name, n, source in table)

    assert read_terms(text) == [Term(*line) for line in table]


@given(st.text(max_size=80))
def test_no_file_whatever_it_says_breaks_the_reading(text: str) -> None:
    kinds = {type(line) for line in read_terms(text)}

    assert kinds in (set(), {Term}, {BadLine})


@given(st.sampled_from(KINDS), st.booleans())
def test_the_category_of_an_identity_is_read_back(kind: str, secret: bool) -> None:
    assert identity_in(identity_of(kind, confidential=secret)) == (kind, secret)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), days, days)
def test_who_keeps_longer_erases_less(at: datetime, some: int, more: int) -> None:
    fewer, most = sorted([some, more])

    assert ended_by(at, most) <= ended_by(at, fewer) < at
