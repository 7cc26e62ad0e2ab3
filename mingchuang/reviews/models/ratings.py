"""One word of one person on how they were served, and what everybody may read of it."""

import secrets

from django.db import models
from django.db.models import Q

from mingchuang.cases.models import Submission
from mingchuang.hall.models import Window
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON, moment_text
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Unit
from mingchuang.reviews.rules.ratings import BAD, BEST, FIRST, FOLLOW_UP, ORIGINS, WORST, Origin
from mingchuang.reviews.words.tables import CHANNELS, GRADES
from mingchuang.reviews.words.tables import ORIGINS as ORIGIN_WORDS
from mingchuang.visits.models import Visit

CAME_SO = Q()
for _channel, _origin in ORIGINS.items():
    CAME_SO |= Q(channel=_channel.value, origin=_origin.value)


def new_handle() -> str:
    return secrets.token_hex(8)


class Rating(Evidence):
    """One word on one visit (一次一评) or one matter (一事一评), and one more after what
    was bad was put right (追评).

    The ledger holds only that there was one and whose word it is: who serves at a window reads the
    ledger too, and knows whom they called when. Grade, tags and words are told by their digest.
    """

    # What the ledger and the pages of staff call it: nothing can be guessed from it.
    handle = models.CharField(max_length=40, unique=True, default=new_handle, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="ratings")
    window = models.ForeignKey(Window, models.PROTECT, null=True, related_name="ratings")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="ratings")
    # Whom it is about, as it stood then.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ratings")
    origin = models.CharField(max_length=10, choices=ORIGIN_WORDS)
    channel = models.CharField(max_length=10, choices=CHANNELS)
    nth = models.PositiveSmallIntegerField(default=FIRST)
    grade = models.PositiveSmallIntegerField(choices=GRADES)
    tags = models.CharField(max_length=40, blank=True)
    # Empty on a rating from before there were tags: its entry vouches for its words alone.
    tags_version = models.CharField(max_length=8, blank=True)
    words = EncryptedTextField(blank=True)
    # Who was content agrees that their words are read by everybody, once they were looked over.
    may_show = models.BooleanField(default=False)
    # Whom to call about it; forgotten as soon as nobody needs to be called any more.
    phone = EncryptedTextField(blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=40, blank=True)
    given_at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["-pk"]
        indexes = [
            models.Index(name="reviews_rating_given", fields=["origin", "nth", "given_at", "grade"])
        ]
        constraints = [
            *Evidence.Meta.constraints,
            # A stranger's word never takes the place of the visitor's own.
            models.UniqueConstraint(
                name="reviews_rating_once_a_visit", fields=["visit", "origin", "nth"]
            ),
            models.UniqueConstraint(
                name="reviews_rating_once_a_matter", fields=["submission", "origin", "nth"]
            ),
            models.CheckConstraint(
                name="reviews_rating_first_or_follow_up", condition=Q(nth__in=[FIRST, FOLLOW_UP])
            ),
            models.CheckConstraint(
                name="reviews_rating_of_one_thing",
                condition=Q(visit__isnull=False, window__isnull=False, submission__isnull=True)
                | Q(visit__isnull=True, window__isnull=True, submission__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_rating_grade", condition=Q(grade__range=(WORST, BEST))
            ),
            models.CheckConstraint(name="reviews_rating_came_so", condition=CAME_SO),
            models.CheckConstraint(
                name="reviews_rating_follow_up_leaves_no_phone",
                condition=Q(nth=FIRST) | Q(phone=""),
            ),
            models.CheckConstraint(
                name="reviews_rating_shown_as_agreed",
                condition=Q(may_show=False) | Q(origin=Origin.CITIZEN.value, grade__gt=BAD),
            ),
            models.CheckConstraint(
                name="reviews_rating_entered_by_somebody",
                condition=Q(origin=Origin.STAFF.value, entered_by__isnull=False) & ~Q(paper="")
                | ~Q(origin=Origin.STAFF.value) & Q(entered_by__isnull=True, paper=""),
            ),
            models.CheckConstraint(
                name="reviews_rating_tags_fit_the_grade",
                condition=Q(tags="")
                | ~Q(tags_version="")
                & (
                    Q(grade=1, tags__startswith="1")
                    | Q(grade=2, tags__startswith="2")
                    | Q(grade=3, tags__startswith="3")
                    | Q(grade=4, tags__startswith="4")
                    | Q(grade=5, tags__startswith="5")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handle} {self.grade}"

    @property
    def subject(self) -> str:
        return f"rating:{self.handle}"

    @property
    def is_follow_up(self) -> bool:
        return self.nth == FOLLOW_UP

    @property
    def is_own_word(self) -> bool:
        """Whether it is the word of who came or asked: only that counts in a rate."""
        return self.origin == Origin.CITIZEN

    @property
    def private_part(self) -> dict[str, JSON]:
        if not self.tags_version:
            return {"words": self.words}
        return {
            "words": self.words,
            "grade": self.grade,
            "tags": self.tags,
            "version": self.tags_version,
            "nth": self.nth,
            "channel": self.channel,
            "paper": self.paper,
            "unit": self.unit_id,
            "visit": self.visit_id,
            "window": self.window_id,
            "submission": self.submission_id,
            "at": moment_text(self.given_at),
            # Not there in what was given before anybody was asked.
            **({"may_show": True} if self.may_show else {}),
        }


class Showing(Evidence):
    """What everybody may read of good words, as the reviewing office settled it.

    Its entries have a handle of their own, as those of a review: who serves at a window would else
    read from the ledger whose words these are.
    """

    handle = models.CharField(max_length=40, unique=True, default=new_handle, editable=False)
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="showings")
    # Empty once it was forgotten.
    shown = models.TextField(blank=True)
    down_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(Evidence.Meta):
        ordering = ["-pk"]
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                name="reviews_showing_once",
                fields=["rating"],
                condition=Q(down_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"showing:{self.handle}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"shown": self.shown, "rating": self.rating_id}
