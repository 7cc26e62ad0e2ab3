"""Who keeps what an office knows, and when it is to be looked over."""

from datetime import date, timedelta

from mingchuang.people.rules.roles import Role

KEEPERS = (Role.HANDLER, Role.DISPATCHER, Role.RECEPTION, Role.SUPERVISOR)
# Our own guess, proposed by the form and changed at will.
REVIEW_AFTER = timedelta(days=180)


def is_overdue(review_on: date | None, today: date) -> bool:
    """Say whether the day has come on which it should be looked over again."""
    return review_on is not None and review_on <= today
