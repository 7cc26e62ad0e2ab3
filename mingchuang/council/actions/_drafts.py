"""A cost that is not fixed yet is shared by every flat that counts."""

from mingchuang.council.models import CostShare, Share, Topic


def complete_drafts(topic: Topic) -> None:
    """Give each flat that counts a share of each cost that is not fixed, where it has none. Needs
    the topic locked, as whoever fixes a cost does."""
    for cost in CostShare.objects.filter(topic=topic, fixed_at=None):
        give_shares(cost)


def give_shares(cost: CostShare) -> int:
    """Return how many flats were given a share."""
    flats = cost.topic.flats.counted().exclude(shares__cost=cost).order_by("number")
    rows = [Share(cost=cost, flat=flat, area=flat.area, floor=flat.floor) for flat in flats]
    return len(Share.objects.bulk_create(rows))
