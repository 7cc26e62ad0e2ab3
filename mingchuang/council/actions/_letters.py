"""Each who was there has a letter when minutes go out."""

from datetime import datetime

from mingchuang.council.models import Letter, Minutes


def lay_out_letters(written: Minutes, *, at: datetime) -> None:
    """Make one letter for each who was there; who left no telephone has it on paper."""
    there = written.sitting.attendances.select_related("stakeholder")
    people = [one.stakeholder for one in there]
    Letter.objects.bulk_create(
        Letter(minutes=written, stakeholder=who, next_at=at if who.phone_index else None)
        for who in people
    )
