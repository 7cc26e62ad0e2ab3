"""In the hall and in the council: what the note of each says is true."""

from django.test import Client
from django.utils.timezone import now

from mingchuang.visits.models import Assist, Visit
from tests.council import the_owners, the_sitting
from tests.council.build import a_convenor
from tests.samples.doors import Sample, page_of, seated, sent
from tests.visits.companions import a_companion, open_daily
from tests.visits.hall import a_clerk, a_line, a_visit

Samples = dict[str, Sample]
KEY = "k" * 32


def _a_number(green: str) -> tuple[Visit, Visit, Client]:
    """An ordinary number, then one of the green channel, from the machine; and the window."""
    line = a_line()
    open_daily(line.site)
    clerk = seated(a_clerk(line, at=now()))
    first = a_visit(line, at=now())
    sent(Client(), "visits:kiosk_sure", line.site.code, "A", green, key=KEY)
    return first, Visit.objects.latest("pk"), clerk


def first_in_line_and_accompanied(_sample: Sample, _all: Samples) -> None:
    """vulnerable flag must raise the queue order and require a named companion"""
    ordinary, green, clerk = _a_number("elderly")
    sent(clerk, "visits:turn", "next")
    site = green.line.site
    wish = {"need": "guide", "category": "elderly", "persons": "1", "day": "now", "clock": ""}
    asked = sent(
        Client(), "visits:ask_companion_at", site.code, from_place="到达口", key=KEY, **wish
    )
    helper = a_companion(site)
    sent(seated(helper), "visits:companion_deed", Assist.objects.get().pk, "accept")

    told = Client().get(asked["Location"]).content.decode()
    ordinary.refresh_from_db()
    green.refresh_from_db()
    assert (green.state, ordinary.state) == ("called", "waiting")
    assert f"工号 {helper.badge} 会来陪您" in told


def by_observation_without_papers(_sample: Sample, _all: Samples) -> None:
    """eligibility by observation, no documents stored (最小必要)"""
    _ordinary, green, _clerk = _a_number("pregnant")

    fields = {field.name for field in Visit._meta.get_fields()}
    assert green.green == "pregnant"
    assert green.requester is None
    assert not fields & {"photo", "photos", "paper", "papers", "proof", "document"}


def decided_with_conditions_and_checks(_sample: Sample, _all: Samples) -> None:
    """topic with recorded conditions (附条件决议) and a follow-up inspection schedule"""
    (number,) = the_sitting.decided(None)

    page = page_of(Client(), "council:decision", number)

    decision = the_sitting._decision()
    commitments = list(decision.commitments.all())
    assert commitments
    assert commitments[0].text in page
    assert "检查" in page


def public_minutes_name_nobody(_sample: Sample, _all: Samples) -> None:
    """public version of minutes must mask names/faces; full version stays internal"""
    number, n = the_sitting.frozen(None)
    names = {
        seat.stakeholder.requester.name
        for seat in the_sitting._decision().sitting.roster.seats.all()
        if seat.stakeholder.requester.name
    }

    page = page_of(Client(), "council:minutes", number, n)

    assert [name for name in names if name in page] == []


def costs_are_shared_in_the_open(_sample: Sample, _all: Samples) -> None:
    """cost-sharing ledger; may use 维修资金 (民法典278(五))"""
    cost = the_owners.fixed_cost()

    page = page_of(Client(), "council:public_cost", *the_owners.of_cost(cost))
    ballot = page_of(seated(a_convenor()), "council:call_ballot", cost.topic.number)

    assert "元" in page
    assert "维修资金" in ballot
