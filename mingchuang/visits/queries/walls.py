"""What turns beside the numbers: the notices on the wall, and the guides to what is done here."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from mingchuang.hall.models import Guide, Notice
from mingchuang.hall.queries import notices_on

# So many notices, and guides, take turns.
WALL = 8


def walls_of(code: str, day: date) -> tuple[Sequence[Notice], Sequence[Guide]]:
    """Return what hangs on the wall of a site that day, and the guides to what its lines do."""
    notices = notices_on(day).filter(Q(site=None) | Q(site__code=code))[:WALL]
    guides = Guide.objects.filter(item__lines__site__code=code, item__lines__active=True)
    return list(notices), list(guides.select_related("item").distinct()[:WALL])
