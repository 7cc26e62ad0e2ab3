"""Owners' ballots: called, voted in by link and on paper, closed, published, called off."""

from datetime import timedelta
from typing import Any

import pytest

from mingchuang.base.errors import NotFound, Refused
from mingchuang.council.actions.ballots import (
    Called,
    call_ballot,
    close_ballot,
    publish_ballot,
    revoke_ballot,
)
from mingchuang.council.actions.flats import import_flats, put_back_flat, take_out_flat
from mingchuang.council.actions.pictures import look_at_paper
from mingchuang.council.actions.votes import OnPaper, cast_vote, enter_vote, take_back_vote
from mingchuang.council.errors.owners import (
    ClosesTooSoon,
    FiledTwice,
    NoFlats,
    NoSuchFlat,
    NotAnOwnersMatter,
    NotPublicYet,
    NotVotingNow,
    NoVote,
    OpensTooEarly,
    PaperLate,
    StillVoting,
    VotedAlready,
    VotedByLink,
    VotedOnPaper,
    WrongBallotStep,
)
from mingchuang.council.models import OwnersBallot, Topic, Vote
from mingchuang.council.queries.ballots import papers_of, progress_of, public_ballot, votings_of
from mingchuang.council.rules.ballot import Count, Measure, Outcome, Stage
from mingchuang.ledger.models import Entry
from mingchuang.ledger.rules.canonical import salted_digest
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, MONDAY, a_person
from tests.council.ballots import (
    OVER,
    TUESDAY,
    a_ballot,
    a_closed_ballot,
    a_published_ballot,
    a_row,
    an_owner,
    an_owners_topic,
    vote,
    vote_on_paper,
)
from tests.council.build import a_convenor, a_key, a_photo, a_topic

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)
ASKED = Called("同意吗？", "use_fund", MONDAY, OVER)


def call(topic: Topic, *, key: str = "") -> OwnersBallot:
    return call_ballot(topic.number, ASKED, key=key or a_key(), by=a_convenor(), at=MONDAY)


def close(ballot: OwnersBallot) -> OwnersBallot:
    return close_ballot(ballot.topic.number, ballot.number, by=a_convenor(), at=OVER)


def told(verb: str) -> dict[str, object]:
    return dict(Entry.objects.get(verb=verb).facts)


def test_each_head_gets_one_paper_for_all_its_flats() -> None:
    ballot = a_ballot(
        [
            a_row("1幢101", "张三丰", phone="13800000001", area=80_00),
            a_row("1幢102", "李四光", area=90_00),
            a_row("2幢101", "张三丰", phone="13800000001", area=20_50),
        ]
    )

    assert [(p.flats, p.area) for p in papers_of(ballot)] == [(2, 100_50), (1, 90_00)]
    assert told("ballot.opened")["heads"] == 2
    assert told("ballot.opened")["hundredths"] == 190_50


def test_a_paper_shows_the_flats_it_counts_whatever_becomes_of_them() -> None:
    both: dict[str, Any] = {"owners": "张三", "phone": "13800000001"}
    topic = an_owners_topic([a_row("1幢101", **both), a_row("1幢201", **both)])
    number, by = topic.number, a_convenor()
    take_out_flat(number, 2, "房号录错了", by=by, at=MONDAY)
    ballot = a_ballot(topic=topic)
    vote(ballot, 1)
    close_ballot(number, 1, by=by, at=TUESDAY)
    publish_ballot(number, 1, by=by, at=TUESDAY)

    put_back_flat(number, 2, by=by, at=OVER)
    import_flats(number, [a_row("1幢101", "李四", phone="13800000002")], by=by, at=OVER)

    [paper] = papers_of(ballot)
    assert [flat.label for flat in paper.parts.all()] == ["1幢101"]


def test_what_is_no_matter_of_the_owners_is_not_put_to_them() -> None:
    with pytest.raises(NotAnOwnersMatter):
        call(a_topic("gathering"))


def test_nobody_is_asked_about_what_is_not_public() -> None:
    with pytest.raises(NotPublicYet):
        call(a_topic("proposed", legal="ballot"))


@pytest.mark.parametrize(
    ("opens", "closes", "refused"),
    [
        (-2 * A_DAY, 10 * A_DAY, OpensTooEarly),
        (0 * A_DAY, 7 * A_DAY - A_MINUTE, ClosesTooSoon),
        (-10 * A_MINUTE, -5 * A_MINUTE, ClosesTooSoon),
    ],
)
def test_owners_get_a_week_at_the_least_and_none_of_it_over(
    opens: timedelta, closes: timedelta, refused: type[Refused]
) -> None:
    topic, said = an_owners_topic(), Called("同意吗？", "other", MONDAY + opens, MONDAY + closes)

    with pytest.raises(refused):
        call_ballot(topic.number, said, key=a_key(), by=a_convenor(), at=MONDAY)

    assert not topic.ballots.exists()


def test_without_a_register_nobody_can_be_asked() -> None:
    with pytest.raises(NoFlats):
        call(a_topic("gathering", legal="ballot"))


def test_a_ballot_called_twice_with_one_key_is_one_ballot() -> None:
    topic, key = an_owners_topic(), a_key()

    assert call(topic, key=key) == call(topic, key=key)
    assert topic.ballots.count() == 1


def test_a_vote_counts_with_the_area_of_all_flats_of_its_owner() -> None:
    ballot = a_ballot([a_row("1幢101", area=70_00), a_row("1幢102", area=30_00)])

    vote(ballot, 1)

    progress = progress_of(ballot)
    assert progress.tally.for_ == Count(1, 70_00)
    assert progress.out == 1
    missing = {(bar.stage, bar.measure): bar.still for bar in progress.bars}
    assert missing[Stage.TAKE_PART, Measure.HEADS] == 1
    assert missing[Stage.TAKE_PART, Measure.AREA] == 0


def test_the_ledger_knows_that_somebody_voted_and_neither_who_nor_what() -> None:
    ballot = a_ballot()

    given = vote(ballot, 1, "against")

    entry = Entry.objects.get(verb="vote.cast")
    assert (entry.subject, entry.facts) == (ballot.subject, {"on_paper": False})
    assert entry.digest == given.digest


def test_the_same_vote_sent_again_is_the_same_vote() -> None:
    ballot = a_ballot()

    assert vote(ballot, 1) == vote(ballot, 1)
    assert Entry.objects.filter(verb__startswith="vote.").count() == 1


def test_a_vote_may_be_changed_while_the_ballot_runs_and_each_change_is_an_entry() -> None:
    ballot = a_ballot()
    first = vote(ballot, 1, "for")

    second = vote(ballot, 1, "against")

    assert list(Vote.objects.live()) == [second]
    assert told("vote.changed")["of"] == first.digest
    first.refresh_from_db()
    assert (first.choice, first.replaced_at) == ("for", TUESDAY)


@pytest.mark.parametrize("at", [MONDAY - A_DAY, OVER])
def test_no_vote_counts_before_the_beginning_or_from_the_end_on(at: object) -> None:
    ballot = a_ballot()

    with pytest.raises(NotVotingNow, match="2026年3月2日 周一 09:00 开始"):
        vote(ballot, 1, at=at)  # type: ignore[arg-type]
    with pytest.raises((NotVotingNow, PaperLate)):
        vote_on_paper(ballot, "1幢101", at=at)  # type: ignore[arg-type]


def test_a_paper_that_came_in_time_is_entered_and_taken_back_until_the_count() -> None:
    ballot = a_ballot()
    number, by, said = ballot.topic.number, a_convenor(), OnPaper("1幢101", "for", "P-1")

    enter_vote(number, 1, said._replace(in_time=True), by=by, at=OVER)
    take_back_vote(number, 1, 1, "看错了一行", by=by, at=OVER)
    enter_vote(number, 1, said._replace(in_time=True, choice="against"), by=by, at=OVER)

    assert close(ballot).result["against"] == [1, 100_00]
    assert [one.facts["in_time"] for one in Entry.objects.filter(verb="vote.cast")] == [True, True]
    with pytest.raises(NotVotingNow):
        enter_vote(number, 1, said._replace(in_time=True, label="1幢201"), by=by, at=OVER)


def test_a_paper_is_entered_under_any_flat_of_its_owner_with_who_entered_it() -> None:
    ballot = a_ballot(
        [
            a_row("1幢101", "张三丰", phone="13800000001"),
            a_row("2幢101", "张三丰", phone="13800000001"),
        ]
    )

    entered = vote_on_paper(ballot, "２幢 101", "abstain")

    assert (entered.by, entered.paper.owner.number) == (a_convenor(), 1)
    assert told("vote.cast") == {"on_paper": True, "by": a_convenor().badge}


def test_the_photo_of_a_paper_is_kept_and_its_hash_stands_in_the_ledger() -> None:
    ballot = a_ballot()
    said = OnPaper("1幢101", "for", "P-1", a_photo())

    entered = enter_vote(ballot.topic.number, 1, said, by=a_convenor(), at=TUESDAY)

    assert entered.picture is not None
    assert told("vote.cast")["photo"] == entered.picture.fingerprint


def test_each_look_at_a_ballot_paper_is_an_entry_that_names_no_flat() -> None:
    ballot = a_ballot()
    said = OnPaper("1幢201", "for", "P-9", a_photo())
    entered = enter_vote(ballot.topic.number, 1, said, by=a_convenor(), at=TUESDAY)
    assert entered.picture_id is not None
    close(ballot)

    look_at_paper(entered.picture_id, by=a_person(Role.SUPERVISOR), at=OVER)
    with pytest.raises(NotFound):
        look_at_paper(entered.picture_id, by=a_person(Role.AUDITOR), at=OVER)

    entry = Entry.objects.get(verb="requester.revealed")
    handle = str(an_owner(ballot.topic, number=2).requester.handle)
    assert (entry.subject, entry.facts["requester"]) == (ballot.subject, handle)


def test_who_voted_by_their_own_link_is_not_overwritten_by_staff() -> None:
    ballot = a_ballot()
    vote(ballot, 1, "against")

    with pytest.raises(VotedByLink, match="亲自表决"):
        vote_on_paper(ballot, "1幢101", "for")
    with pytest.raises(NoVote):
        take_back_vote(ballot.topic.number, 1, 1, "看错了", by=a_convenor(), at=TUESDAY)

    assert progress_of(ballot).tally.against.heads == 1


def test_a_paper_entered_wrongly_is_taken_back_with_a_reason_and_entered_anew() -> None:
    ballot = a_ballot()
    wrong = vote_on_paper(ballot, "1幢101", "for")
    with pytest.raises(VotedAlready):
        vote_on_paper(ballot, "1幢101", "against")

    take_back_vote(ballot.topic.number, 1, 1, "看错了一行", by=a_convenor(), at=TUESDAY)
    vote_on_paper(ballot, "1幢101", "against")

    wrong.refresh_from_db()
    assert wrong.replaced_because == "看错了一行"
    assert told("vote.withdrawn")["of"] == wrong.digest
    assert progress_of(ballot).tally.part == Count(1, 100_00)


def test_no_link_overrides_what_was_signed_on_paper_until_that_is_taken_back() -> None:
    ballot = a_ballot()
    vote_on_paper(ballot, "1幢101", "for")

    for choice in ("against", "for"):
        with pytest.raises(VotedOnPaper, match="已按纸面票登记"):
            vote(ballot, 1, choice)
    take_back_vote(ballot.topic.number, 1, 1, "看错了一行", by=a_convenor(), at=TUESDAY)
    vote(ballot, 1, "against")

    assert progress_of(ballot).tally.against == Count(1, 100_00)


def test_a_paper_is_filed_under_a_number_of_its_own() -> None:
    ballot, by = a_ballot(), a_convenor()
    enter_vote(ballot.topic.number, 1, OnPaper("1幢101", "for", "P-7"), by=by, at=TUESDAY)
    other = OnPaper("1幢201", "for", "ｐ-７ ")

    with pytest.raises(FiledTwice, match="P-7"):
        enter_vote(ballot.topic.number, 1, other, by=by, at=TUESDAY)
    take_back_vote(ballot.topic.number, 1, 1, "看错了一行", by=by, at=TUESDAY)

    assert enter_vote(ballot.topic.number, 1, other, by=by, at=TUESDAY).filed == "P-7"


def test_a_flat_the_register_does_not_know_has_no_paper() -> None:
    with pytest.raises(NoSuchFlat, match="9幢909"):
        vote_on_paper(a_ballot(), "9幢909")


def test_a_link_votes_only_in_ballots_of_its_own_topic() -> None:
    ballot, other = a_ballot(), an_owner()

    with pytest.raises(NotFound):
        cast_vote(other.code, ballot.number, "for", at=TUESDAY)
    with pytest.raises(NotFound):
        cast_vote("0" * 32, ballot.number, "for", at=TUESDAY)


def test_a_ballot_is_counted_when_it_is_over() -> None:
    ballot = a_ballot()
    vote(ballot, 1)
    vote(ballot, 2)
    vote(ballot, 3, "against")

    closed = close(ballot)

    assert {k: v for k, v in closed.result.items() if k != "salt"} == {
        "decided": "passed",
        "all": [4, 400_00],
        "took_part": [3, 300_00],
        "for": [2, 200_00],
        "against": [1, 100_00],
        "abstain": [0, 0],
    }


def test_the_ledger_tells_who_took_part_when_it_closes_and_the_counts_once_published() -> None:
    published = a_published_ballot()

    closed = Entry.objects.get(verb="ballot.closed")
    witness = closed.facts["witness"]
    took_part = {"took_part": [4, 400_00], "by": a_convenor().badge}
    assert closed.facts == {**took_part, "witness": witness}
    counts = {k: v for k, v in told("ballot.published").items() if k != "by"}
    assert counts == published.result
    salt = bytes.fromhex(str(counts.pop("salt")))
    assert witness == salted_digest(salt, counts)  # type: ignore[arg-type]


def test_a_count_that_is_called_off_is_told_with_it() -> None:
    ballot = a_closed_ballot()

    revoke_ballot(ballot.topic.number, 1, "漏发了一张票。", by=a_convenor(), at=OVER)

    assert told("ballot.revoked")["for"] == [4, 400_00]


def test_a_ballot_is_counted_early_only_where_nobody_is_left() -> None:
    ballot = a_ballot()
    for number in range(1, 4):
        vote(ballot, number)
    with pytest.raises(StillVoting, match="还有 1 位业主没有表决"):
        close_ballot(ballot.topic.number, 1, by=a_convenor(), at=TUESDAY)

    vote(ballot, 4)
    closed = close_ballot(ballot.topic.number, 1, by=a_convenor(), at=TUESDAY)

    assert closed.result["decided"] == Outcome.PASSED


def test_after_it_is_counted_nothing_is_voted_any_more() -> None:
    ballot = a_closed_ballot()

    with pytest.raises(NotVotingNow):
        vote(ballot, 1, "against")
    with pytest.raises(WrongBallotStep, match="已截止计票"):
        close(ballot)


def test_a_result_is_published_once_it_is_counted() -> None:
    with pytest.raises(WrongBallotStep, match="表决中"):
        publish_ballot(a_ballot().topic.number, 1, by=a_convenor(), at=OVER)

    published = a_published_ballot()

    assert public_ballot(published.topic.number, 1).published_at == OVER
    with pytest.raises(WrongBallotStep):
        revoke_ballot(published.topic.number, 1, "错了", by=a_convenor(), at=OVER)


def test_a_ballot_is_called_off_with_a_reason_and_takes_no_votes() -> None:
    ballot = a_ballot()

    revoke_ballot(ballot.topic.number, 1, "票面印错了。", by=a_convenor(), at=TUESDAY)

    with pytest.raises(NotVotingNow):
        vote(ballot, 1)
    assert "票面" not in str(told("ballot.revoked"))


def test_an_owner_sees_their_papers_and_what_they_said() -> None:
    ballot = a_ballot()
    given = vote(ballot, 1)

    [mine] = votings_of(an_owner(ballot.topic), now=TUESDAY)
    [other] = votings_of(an_owner(ballot.topic, number=2), now=OVER)

    assert (mine.vote, mine.is_open) == (given, True)
    assert (other.vote, other.is_open) == (None, False)


def test_only_a_convenor_of_the_unit_runs_a_ballot() -> None:
    ballot, supervisor = a_ballot(), a_person(Role.SUPERVISOR)
    paper = OnPaper("1幢101", "for", "P-1")

    with pytest.raises(NotFound):
        enter_vote(ballot.topic.number, 1, paper, by=supervisor, at=TUESDAY)
    with pytest.raises(NotFound):
        close_ballot(ballot.topic.number, 1, by=supervisor, at=OVER)


def test_a_ballot_of_many_is_counted_in_few_statements(
    django_assert_max_num_queries: object,
) -> None:
    ballot = a_ballot([a_row(f"{n}幢101") for n in range(1, 30)])
    vote(ballot, 1)

    with django_assert_max_num_queries(5):  # type: ignore[operator]
        papers_of(ballot)
        progress_of(ballot)
