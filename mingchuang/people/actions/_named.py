"""How an entry names who did it."""

from mingchuang.people.models import Person


def named(person: Person | None) -> dict[str, str]:
    """Return the fact that says by whom; nobody is named where the house itself acts."""
    return {"by": person.badge} if person else {}
