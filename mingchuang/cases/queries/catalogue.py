"""The dispatch catalogue: which unit a matter belongs to, by the lines in force."""

from datetime import date

from django.db.models import Q

from mingchuang.cases.models import Case, DispatchRule


def catalogue_for(case: Case, *, on: date, most: int = 5) -> list[DispatchRule]:
    """Return the lines in force `on` that day whose matter and area stand in what was said, the
    most exact first. A line is in force from its first day to its last, both included.

    The catalogue has hundreds of lines, not thousands: it is read whole and matched here.
    """
    said = " ".join([case.title, *case.submissions.values_list("text", flat=True)])
    where = f"{case.place} {said}"
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    rules = DispatchRule.objects.filter(in_force).select_related("unit")
    fitting = [
        rule for rule in rules if rule.matter in said and (not rule.area or rule.area in where)
    ]
    return sorted(fitting, key=lambda rule: (not rule.area, -len(rule.matter)))[:most]
