"""The dispatch catalogue: which unit a matter belongs to, by the lines in force."""

from mingchuang.cases.models import Case, DispatchRule


def catalogue_for(case: Case, *, most: int = 5) -> list[DispatchRule]:
    """Return the lines whose matter and area stand in what was said, the most exact first.

    The catalogue has hundreds of lines, not thousands: it is read whole and matched here.
    """
    said = " ".join([case.title, *case.submissions.values_list("text", flat=True)])
    where = f"{case.place} {said}"
    rules = DispatchRule.objects.filter(until__isnull=True).select_related("unit")
    fitting = [
        rule for rule in rules if rule.matter in said and (not rule.area or rule.area in where)
    ]
    return sorted(fitting, key=lambda rule: (not rule.area, -len(rule.matter)))[:most]
