"""Photos of the council: which there are, and who may look at them."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.council.models import OwnersBallot, Picture, Topic, Vote
from mingchuang.council.queries.topics import convenes, topics_of
from mingchuang.council.rules.ballot import papers_may_be_read
from mingchuang.council.rules.polling import Way
from mingchuang.people.models import Person, Requester
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

# Papers with a name on them: on which somebody declared a camp, or voted; also those that another
# took the place of.
SIGNED = Q(of__isnull=False) | Exists(Vote.objects.filter(picture=OuterRef("pk")))

# What a ballot paper says is read once the ballot was counted, and not while it runs.
UNCOUNTED = Exists(Vote.objects.filter(picture=OuterRef("pk"), paper__ballot__closed_at=None))


def is_pictured(path: str) -> bool:
    """Say whether a photo on the shelf belongs to the council."""
    return Picture.objects.filter(path=path, erased_at=None).exists()


def picture_for(person: Person, pk: int) -> Picture:
    """Return a photo of a topic this person may read; a signed paper is looked at with an entry."""
    return _one(_pictures_of(person).exclude(SIGNED), pk)


def paper_for(person: Person, pk: int) -> Picture:
    """Return a signed paper of a topic this person convenes or supervises; one of a ballot once
    that was counted, unless it would tell what the few said who voted by link."""
    paper = _one(_pictures_of(person).filter(SIGNED).exclude(UNCOUNTED), pk)
    if not may_look(person, paper.topic) or not papers_may_be_read(_links_beside(paper)):
        raise NotFound
    return paper


def _links_beside(paper: Picture) -> int:
    """Return how many voted by their own link in the ballot this paper belongs to."""
    ballots = OwnersBallot.objects.filter(papers__votes__picture=paper)
    return Vote.objects.live().filter(way=Way.LINK, paper__ballot__in=ballots).count()


def _pictures_of(person: Person) -> QuerySet[Picture]:
    found = Picture.objects.filter(topic__in=topics_of(person), erased_at=None)
    return found.select_related("topic__unit", "of__requester", "of__topic")


def _one(pictures: QuerySet[Picture], pk: int) -> Picture:
    picture = pictures.filter(pk=pk).first()
    if picture is None:
        raise NotFound
    return picture


def signed_by(paper: Picture) -> tuple[Requester, str]:
    """Return whose name stands on a paper, and under which subject a look at it is told: of a vote
    under its ballot, since who voted is not told."""
    if paper.of is not None:
        return paper.of.requester, paper.of.subject
    votes = Vote.objects.filter(picture=paper)
    vote = votes.select_related("paper__ballot__topic", "paper__owner__requester").get()
    return vote.paper.owner.requester, vote.paper.ballot.subject


def may_look(person: Person, topic: Topic) -> bool:
    """Say whether papers of a topic are shown to this person: who supervises another unit sees
    none of this one."""
    return convenes(person, topic) or topic.unit_id in scope_of(person).units(Role.SUPERVISOR)
