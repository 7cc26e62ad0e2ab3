"""How many windows: asked for, left and come back to, looked at beside the rota."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from mingchuang.base.http import page_of, sent
from mingchuang.people.http import PersonRequest, holds
from mingchuang.people.rules.roles import Role
from mingchuang.visits.actions.plans import ask_plan
from mingchuang.visits.forms.plans import PlanForm
from mingchuang.visits.queries.plans import is_left_alone, lines_planned_by, on_rota, plan_for
from mingchuang.visits.queries.plans import plans_of as plans_seen
from mingchuang.visits.rules.making import Making
from mingchuang.visits.views.plan_tables import charts_of, halves_of, ifs_of

SHOWN = 20


@holds(Role.SUPERVISOR)
def plan(request: PersonRequest) -> HttpResponse:
    """Ask for a plan, and see those that were asked for."""
    lines = lines_planned_by(request.user)
    form = PlanForm(sent(request), lines=lines)
    if request.method == "POST" and form.is_valid():
        wanted = {**form.cleaned_data, "line": form.cleaned_data["line"].pk}
        return redirect("visits:plan_made", ask_plan(**wanted, by=request.user, at=now()).pk)
    page = page_of(request, plans_seen(request.user), size=SHOWN)
    shown = {"form": form, "page": page, "has_lines": lines.exists(), "here": "plan"}
    return render(request, "visits/plan.html", shown, status=422 if form.errors else 200)


@holds(Role.SUPERVISOR)
@require_safe
def plan_made(request: PersonRequest, pk: int) -> HttpResponse:
    """One plan: being made, or with its half hours, its curve, and what would be if."""
    found, at = plan_for(request.user, pk), now()
    shown: dict[str, object] = {"plan": found, "here": "plan"}
    shown |= {"is_waiting": found.state == Making.WAITING}
    shown |= {"is_left_alone": is_left_alone(found, at)}
    if found.state == Making.MADE:
        halves = halves_of(found.facts, on_rota(found.line, found.kind, at))
        shown |= {"halves": halves, "charts": charts_of(halves), "ifs": ifs_of(found.facts)}
    return render(request, "visits/plan_made.html", shown)
