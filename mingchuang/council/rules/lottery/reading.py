"""A pool out of two files, or everything that is wrong with them. Pure."""

from collections.abc import Mapping, Sequence

from mingchuang.council.rules.lottery.pool import (
    Columns,
    Fault,
    Pool,
    decoded,
    read_people,
    read_quotas,
)
from mingchuang.council.rules.lottery.terms import faults_of_terms

PEOPLE, QUOTAS, TERMS = "people", "quotas", "terms"
Found = Sequence[tuple[str, Fault]]


def read_pool(
    people: bytes,
    quotas: bytes,
    *,
    size: int,
    columns: Columns,
    musts: Mapping[str, str],
    low_top: bool = False,
) -> Pool | Found:
    """Return the pool, or each fault and whose it is: of the people, the quotas or the terms."""
    texts = {PEOPLE: decoded(people), QUOTAS: decoded(quotas)}
    if strange := [(whose, Fault("no_text")) for whose, text in texts.items() if text is None]:
        return strange
    asked, faults = read_quotas(texts[QUOTAS] or "")
    if faults:
        return [(QUOTAS, fault) for fault in faults]
    known, faults = read_people(texts[PEOPLE] or "", asked, columns)
    if faults:
        return [(PEOPLE, fault) for fault in faults]
    if faults := faults_of_terms(known, size, musts):
        return [(TERMS, fault) for fault in faults]
    categories = tuple(dict.fromkeys(quota.category for quota in asked))
    return Pool(known, categories, asked, size, musts, low_top)
