"""The lists somebody keeps on their desk: nobody else's business, so the ledger is silent."""

from datetime import datetime

from django.db import transaction

from mingchuang.base.errors import NotFound
from mingchuang.cases.errors import TooManyViews
from mingchuang.cases.models.desk import SavedView
from mingchuang.people.models import Person

MOST = 20


@transaction.atomic
def save_view(name: str, query: str, *, by: Person, at: datetime) -> SavedView:  # noqa: ARG001
    """Keep a list under a name; the same name again means the newer list."""
    mine = SavedView.objects.filter(person=by)
    if mine.exclude(name=name).count() >= MOST:
        raise TooManyViews(most=MOST)
    return mine.update_or_create(person=by, name=name, defaults={"query": query})[0]


@transaction.atomic
def drop_view(pk: int, *, by: Person, at: datetime) -> None:  # noqa: ARG001
    """Keep a list no longer."""
    if not SavedView.objects.filter(person=by, pk=pk).delete()[0]:
        raise NotFound
