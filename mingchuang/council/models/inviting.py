"""What was done so that somebody could come: one row for each try."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from mingchuang.council.models.register import Stakeholder
from mingchuang.council.models.rosters import Roster
from mingchuang.council.models.topics import Picture
from mingchuang.council.rules.inviting import POSSIBLE, Channel
from mingchuang.council.words.tables import CHANNELS, OUTCOMES
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person


def _possible() -> Q:
    known = Q()
    for channel, outcomes in POSSIBLE.items():
        known |= Q(channel=channel.value, outcome__in=sorted(map(str, outcomes)))
    return known


class Invitation(models.Model):
    """One try to reach one person for the sitting of a roster, whether they have a seat or not:
    who objects is invited too (P10)."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="invitations")
    stakeholder = models.ForeignKey(Stakeholder, models.PROTECT, related_name="invitations")
    channel = models.CharField(max_length=6, choices=CHANNELS)
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    # What somebody wrote about it may tell of them.
    note = EncryptedTextField(blank=True)
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, related_name="+")
    # None: they answered by their own link.
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    # None: as it was written down.
    tried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(name="council_invitation_of", fields=["roster", "stakeholder"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="council_invitation_outcome_is_possible", condition=_possible()
            ),
            models.CheckConstraint(
                name="council_notice_is_shown_where_it_hangs",
                condition=~Q(channel=Channel.NOTICE.value) | Q(picture__isnull=False),
            ),
            models.CheckConstraint(
                name="council_invitation_tried_before_written",
                condition=Q(tried_at=None) | Q(tried_at__lte=F("at")),
            ),
            models.CheckConstraint(
                name="council_invitation_made_by_somebody",
                condition=Q(channel=Channel.LINK.value, by=None)
                | ~Q(channel=Channel.LINK.value) & Q(by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roster} {self.channel}"

    @property
    def when(self) -> datetime:
        """When it was tried, which may be before it was written down."""
        return self.tried_at or self.at
