"""What everybody may read of ballots and shared costs: counts and sums, and never whose."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mingchuang.council.queries.accounts import public_account, tally_of
from mingchuang.council.queries.ballots import counted_of, public_ballot
from mingchuang.council.queries.costs import public_cost


@require_safe
def public_ballot_page(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """The question, and how many owners there are; the result once it is published."""
    ballot = public_ballot(number, n)
    progress = counted_of(ballot) if ballot.is_told else None
    shown = {
        "ballot": ballot,
        "topic": ballot.topic,
        "progress": progress,
        "bars": progress.bars if progress else (),
    }
    return render(request, "council/public_ballot.html", shown)


@require_safe
def public_cost_page(request: HttpRequest, number: str, n: int) -> HttpResponse:
    """What was collected, spent and is left; how many have paid, and neither who nor how much."""
    cost = public_cost(number, n)
    public = public_account(cost)
    shown = {
        "cost": cost,
        "topic": cost.topic,
        "account": public.account,
        "public": public,
        "tally": tally_of(cost),
    }
    return render(request, "council/public_cost.html", shown)
