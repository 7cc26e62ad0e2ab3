"""One use of what went into an answer."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from mingchuang.cases.models.knowledge import Article
from mingchuang.cases.queries.knowledge import templates_usable_by
from mingchuang.people.models import Person


def count_uses(used: Iterable[str], *, by: Person) -> None:
    """Count each article (`article:5`) and template (`template:3`) once; what is not there, or
    not theirs, is passed over: the answer itself is what matters."""
    pks: dict[str, set[int]] = defaultdict(set)
    for key in used:
        kind, _colon, pk = key.partition(":")
        pks[kind].add(int(pk))
    if pks["article"]:
        Article.objects.filter(pk__in=pks["article"]).update(uses=F("uses") + 1)
    if pks["template"]:
        usable = templates_usable_by(by).filter(pk__in=pks["template"])
        usable.update(uses=F("uses") + 1)
