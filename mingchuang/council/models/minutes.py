"""Minutes (议事记录): what was said, by number, and what those who were there say of them."""

from django.db import models
from django.db.models import F, Q

from mingchuang.council.models.register import Stakeholder
from mingchuang.council.models.sittings import Sitting
from mingchuang.council.models.topics import Option, Picture
from mingchuang.council.models.witnessed import Witnessed
from mingchuang.council.rules.minutes import Reading, Stage
from mingchuang.council.words.sittings import METHODS, MINUTES_STAGES, READINGS
from mingchuang.ledger.rules.canonical import JSON, canonical
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person


class Minutes(models.Model):
    """The record of one sitting. Sent out, it is the text in `body`, whose hash stands in the
    ledger: what people confirm is what they read. Frozen, it is that text with what was put right
    in it, and the database lets nobody change it any more."""

    sitting = models.OneToOneField(Sitting, models.PROTECT, related_name="minutes")
    stage = models.CharField(max_length=6, choices=MINUTES_STAGES)
    # What they saw together, what came of it in words, and who did not agree and why.
    seen = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    frozen_at = models.DateTimeField(null=True)
    body = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["sitting"]
        constraints = [
            models.CheckConstraint(
                name="council_minutes_stage_is_known", condition=Q(stage__in=list(Stage))
            ),
            models.CheckConstraint(
                name="council_minutes_out_have_a_window",
                condition=Q(stage=Stage.DRAFT.value, sent_at=None, until=None)
                | ~Q(stage=Stage.DRAFT.value)
                & Q(sent_at__isnull=False, until__isnull=False, until__gt=F("sent_at")),
            ),
            models.CheckConstraint(
                name="council_minutes_frozen_after_their_window",
                condition=Q(
                    stage=Stage.FROZEN.value, frozen_at__isnull=False, frozen_at__gte=F("until")
                )
                | ~Q(stage=Stage.FROZEN.value) & Q(frozen_at=None),
            ),
            models.CheckConstraint(
                name="council_minutes_out_are_a_text",
                condition=Q(stage=Stage.DRAFT.value, body="", sha256="")
                | ~Q(stage=Stage.DRAFT.value) & Q(sha256__regex=r"^[0-9a-f]{64}$") & ~Q(body=""),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        """What the ledger calls them: those of a sitting."""
        return f"minutes:{self.sitting.subject.partition(':')[2]}"

    @property
    def wording(self) -> str:
        """What the recorder wrote beside the statements, as one text."""
        return canonical([self.seen, self.outcome, self.dissent]).decode()

    @property
    def is_draft(self) -> bool:
        return self.stage == Stage.DRAFT

    @property
    def is_out(self) -> bool:
        return self.stage == Stage.OUT

    @property
    def is_frozen(self) -> bool:
        return self.stage == Stage.FROZEN


class Statement(Witnessed):
    """What one speaker said, under the number of the speaker, never under a name."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    stakeholder = models.ForeignKey(
        Stakeholder, models.PROTECT, null=True, related_name="statements"
    )
    # Somebody who is not on the register, by what they stand for: the property manager.
    guest = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta(Witnessed.Meta):
        abstract = False
        ordering = ["minutes", "number"]
        constraints = [
            *Witnessed.Meta.constraints,
            models.UniqueConstraint(
                name="council_statement_number_once", fields=["minutes", "number"]
            ),
            models.CheckConstraint(
                name="council_statement_has_one_speaker",
                condition=Q(stakeholder__isnull=False, guest="")
                | Q(stakeholder=None) & ~Q(guest=""),
            ),
            models.CheckConstraint(name="council_statement_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.number}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text, "guest": self.guest}


class Tally(models.Model):
    """How the room voted on one option, when and by which method; `present` are the seats that were
    filled: who only listens does not vote."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="votes")
    option = models.ForeignKey(Option, models.PROTECT, related_name="votes")
    method = models.CharField(max_length=6, choices=METHODS)
    present = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["minutes", "option"]
        constraints = [
            models.UniqueConstraint(
                name="council_tally_once_an_option", fields=["minutes", "option"]
            ),
            models.CheckConstraint(
                name="council_tally_of_no_more_than_were_there",
                condition=Q(present__gte=F("in_favour") + F("against") + F("abstained")),
            ),
            models.CheckConstraint(
                name="council_agreed_means_nobody_against",
                condition=~Q(method="agreed") | Q(against=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.option_id}"


class Shot(models.Model):
    """A photo of the sitting or of the site visit, in its minutes."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="shots")
    picture = models.OneToOneField(Picture, models.PROTECT, related_name="shot")
    number = models.PositiveSmallIntegerField()
    caption = models.CharField(max_length=120)

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(name="council_shot_number_once", fields=["minutes", "number"]),
            models.CheckConstraint(
                name="council_shot_says_what_it_shows", condition=~Q(caption="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.number}"


class Confirmation(models.Model):
    """What somebody who was there says of the minutes: right so, or one thing to correct."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="confirmations")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="confirmations")
    reading = models.CharField(max_length=9, choices=READINGS)
    # Their own statement that was not written down as they said it; None: anything else.
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="corrections")
    text = EncryptedTextField(blank=True)
    # Said on paper: where that is filed, and who entered it. None: by their own link.
    filed = models.CharField(max_length=40, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    is_taken_in = models.BooleanField(null=True)
    # What the minutes said, and what they say instead; both stay to be read.
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    answer = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["minutes", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="council_confirmed_once_a_person",
                fields=["minutes", "stakeholder"],
                condition=Q(reading=Reading.CONFIRMED.value),
            ),
            models.CheckConstraint(
                name="council_correction_says_what",
                condition=Q(reading=Reading.CONFIRMED.value, text="", statement=None)
                | Q(reading=Reading.CORRECTED.value) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="council_reading_on_paper_was_entered_and_filed",
                condition=Q(entered_by=None, filed="") | Q(entered_by__isnull=False) & ~Q(filed=""),
            ),
            models.CheckConstraint(
                name="council_correction_answered_by_somebody",
                condition=Q(is_taken_in=None, by=None, answered_at=None, answer="")
                | Q(
                    reading=Reading.CORRECTED.value,
                    is_taken_in__isnull=False,
                    by__isnull=False,
                    answered_at__isnull=False,
                    answered_at__gte=F("at"),
                ),
            ),
            models.CheckConstraint(
                name="council_correction_taken_in_says_how",
                condition=Q(is_taken_in=True) & ~Q(after="")
                | ~Q(is_taken_in=True) & Q(before="", after=""),
            ),
            models.CheckConstraint(
                name="council_correction_refused_says_why",
                condition=~Q(is_taken_in=False) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.stakeholder_id}"
