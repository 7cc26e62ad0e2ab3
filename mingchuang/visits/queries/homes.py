"""Where visits belong: what happened to one changes the screens of its site."""

from collections.abc import Collection

from mingchuang.visits.models import Visit


def sites_of_visits(pks: Collection[int]) -> set[str]:
    """Return the codes of the sites these visits belong to."""
    visits = Visit.objects.filter(pk__in=pks) if pks else Visit.objects.none()
    return set(visits.values_list("site__code", flat=True).distinct())


def homes_of(codes: Collection[str]) -> dict[str, tuple[str, int]]:
    """Return for each code that opens a visit the code of its site, and its row."""
    visits = Visit.objects.filter(code__in=codes) if codes else Visit.objects.none()
    return {code: (site, pk) for code, site, pk in visits.values_list("code", "site__code", "pk")}
