"""The inbox page of 25 cases, as its view answers it to a dispatcher of the whole town and to a
handler of one unit, in the small and in the large town; and the whole page beside
`django-helpdesk`'s list of open tickets, page and rows, with as many tickets as the small town has
cases, on the same database. A page with fewer lines costs less: growth is judged where both pages
have as many."""

from pathlib import Path
from typing import NamedTuple

from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.peers import ask_peer, peer_versions, peers
from mingchuang.outward.measuring.reading import Looks, Reader
from mingchuang.outward.measuring.results import (
    Row,
    ours_at_most,
    ratio_at_least,
    ratio_at_most,
)
from mingchuang.outward.measuring.times import p95
from mingchuang.outward.measuring.towns import address_of_town, scratch, town_of

PEER = "django-helpdesk"
SITE = Path(__file__).parent.parent / "measuring" / "peer" / "helpdesk_site.py"
WHO = {"dispatcher of the town": "B-0", "handler of one unit": "B-SYN-0-1"}
PAGES = {"what is due": "/desk/", "all of them": "/desk/?view=all"}
MOST_STATEMENTS, MOST_MS, MOST_GROWTH = 6, 50, 1.5


class SeenBy(NamedTuple):
    """One page as one person sees it."""

    who: str
    page: str


def measure(asked: Asked) -> Found:
    peers()
    with town_of(asked.few, asked):
        few = looks_at_all(asked)
    with town_of(asked.many, asked):
        many = looks_at_all(asked)
    rows = [row for line in few for row in _rows(asked, line, few[line], many[line])]
    rows.append(_beside_the_peer(asked, next(iter(few.values()))))
    return Found(rows, peer_versions(PEER))


def looks_at_all(asked: Asked) -> dict[SeenBy, Looks]:
    """Open each page as each person, in the database that is open now."""
    return {
        SeenBy(who, page): Reader(badge).looks(path, asked.rounds)
        for who, badge in WHO.items()
        for page, path in PAGES.items()
    }


def _rows(asked: Asked, line: SeenBy, few: Looks, many: Looks) -> list[Row]:
    what = f"{line.who}, {line.page}"
    small, large = p95(few.in_view), p95(many.in_view)
    statements = max(few.statements, many.statements)
    return [
        Row(f"{what}: statements", statements, "", goal=ours_at_most(MOST_STATEMENTS)),
        Row(
            f"{what}: p95 in the view, of {asked.many:,} cases",
            large,
            "ms",
            goal=ours_at_most(MOST_MS),
        ),
        Row(
            f"{what}: p95 of {many.lines} out of {asked.many:,} cases",
            large,
            "ms",
            peer=small,
            peer_name=f"{few.lines} out of {asked.few:,}",
            ratio=large / small,
            goal=ratio_at_most(MOST_GROWTH) if few.lines == many.lines else None,
        ),
    ]


def _beside_the_peer(asked: Asked, ours: Looks) -> Row:
    with scratch("helpdesk_inbox", tables=False):
        address = address_of_town()
        ask_peer(SITE, "prepare", address, str(asked.few))
        theirs = p95(ask_peer(SITE, "list", address, str(asked.rounds))["seconds"])
    whole = p95(ours.in_all)
    return Row(
        f"the whole page, p95, of {asked.few:,} cases and tickets",
        whole,
        "ms",
        peer=theirs,
        peer_name=PEER,
        ratio=theirs / whole,
        goal=ratio_at_least(10),
    )
