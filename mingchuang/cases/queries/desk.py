"""What staff may see of cases. Fetching is authorising; the row you lock is the row you get."""

from mingchuang.base.errors import NotFound
from mingchuang.cases.errors import NotYourDuty
from mingchuang.cases.models.case import Case, CaseQuerySet
from mingchuang.cases.models.steps import Plea
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.duties import CONFIDENTIAL, SEATS, Duty, Seats
from mingchuang.cases.rules.escalation import DISPUTE, RETURN
from mingchuang.cases.rules.said import number_typed
from mingchuang.people.models import Person, Unit
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role, Scope

# Which duty settles which plea; the others are settled by DECIDE.
DECIDES = {RETURN: Duty.DISPATCH, DISPUTE: Duty.COORDINATE, "exclude": Duty.EXCLUDE}
RELATED = ("responsible_unit", "intake_unit", "first_receiver", "time_limit", "handler")


def case_for(person: Person, number: str, *, duty: Duty = Duty.READ, lock: bool = False) -> Case:
    """Return the case if this person may see it; lock it if it will be changed.

    Refuses with `NotFound` what the person may not see, and with `NotYourDuty` a duty that
    none of their posts carries on this case.
    """
    scope = scope_of(person)
    cases = Case.objects.numbered(number).visible_to(scope)
    if lock:
        # The lock first, alone: what is joined to it would be read as it was before we waited.
        lock_rows(cases)
    case = cases.select_related(*RELATED, "batch").first()
    if case is None:
        raise NotFound
    if not carries(scope, case, SEATS[duty]):
        raise NotYourDuty
    return case


def lock_rows(cases: CaseQuerySet) -> None:
    """Wait until these cases are ours alone, always in the same order."""
    list(cases.select_for_update().order_by("pk").values_list("pk"))


def carries(scope: Scope, case: Case, seats: Seats) -> bool:
    """Say whether this scope holds one of these seats on this case."""
    if scope.holds(*seats.anywhere):
        return True
    if case.intake_unit_id in scope.units(*seats.intake):
        return True
    if case.responsible_unit_id in scope.units(*seats.lead):
        return True
    helping = scope.units(*seats.assist)
    return bool(helping) and case.assists.filter(pk__in=helping).exists()


def duties_of(person: Person, case: Case) -> frozenset[Duty]:
    """Return what this person may do to this case."""
    scope = scope_of(person)
    return frozenset(duty for duty, seats in SEATS.items() if carries(scope, case, seats))


def may_reveal(scope: Scope, submission: Submission) -> bool:
    """Say whether this person may be shown who is behind a submission (promise P6).

    A confidential requester is known only at the intake, and there only to people with no
    post where the case is handled.
    """
    case = submission.case
    if not submission.confidential:
        return carries(scope, case, SEATS[Duty.REVEAL])
    return carries(scope, case, CONFIDENTIAL) and not sits_with_handlers(scope, case)


def sits_with_handlers(scope: Scope, case: Case) -> bool:
    """Say whether any post of this person is one of the units that handle the case.

    A post above both intake and unit, as at the top of the town, is no post in the unit, unless
    it is a handler's.
    """
    handling = {case.responsible_unit_id, *case.assists.values_list("pk", flat=True)}
    return any(
        handling & units and (role == Role.HANDLER or case.intake_unit_id not in units)
        for role, units in scope.places.items()
    )


def submission_in(
    person: Person, number: str, *, duty: Duty = Duty.READ, lock: bool = False
) -> Submission:
    """Return a submission of a case on which this person carries the duty; lock the case."""
    try:
        found = Submission.objects.select_related("requester").get(number=number_typed(number))
    except Submission.DoesNotExist:
        raise NotFound from None
    while True:
        case = case_for(person, Case.objects.get(pk=found.case_id).number, duty=duty, lock=lock)
        if not lock or is_still_in(case, found):
            found.case = case
            return found


def is_still_in(case: Case, submission: Submission) -> bool:
    """Look again, now that the case is locked: a merge may have moved it while we waited."""
    submission.refresh_from_db(fields=["case", "withdrawn_at"])
    return submission.case_id == case.pk


def plea_seen_by(person: Person, pk: int) -> Plea:
    """Return a plea this person may decide; raises NotFound for everybody else."""
    try:
        return plea_for(person, pk, duty=duty_to_decide(pk))
    except NotYourDuty:
        raise NotFound from None


def duty_to_decide(pk: int) -> Duty:
    """Return which duty settles a plea."""
    asked = Plea.objects.filter(pk=pk).values_list("what", flat=True).first()
    return DECIDES.get(asked or "", Duty.DECIDE)


def desk_unit(person: Person) -> Unit:
    """Return the unit in whose name this person takes things in: the highest of their posts."""
    units = scope_of(person).units(*SEATS[Duty.RECEIVE].intake)
    unit = Unit.objects.filter(pk__in=units).order_by("path").first()
    if unit is None:
        raise NotFound
    return unit


def plea_for(person: Person, pk: int, *, duty: Duty, lock: bool = False) -> Plea:
    """Return a plea of a case on which this person carries the duty; lock the case."""
    try:
        plea = Plea.objects.select_related("case", "asked_by", "unit").get(pk=pk)
    except Plea.DoesNotExist:
        raise NotFound from None
    plea.case = case_for(person, plea.case.number, duty=duty, lock=lock)
    plea.refresh_from_db(fields=["granted", "dropped_at"])
    return plea
