"""How long what is kept, what people ask about what is held of them, and what erasing empties."""

from collections.abc import Mapping
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mingchuang.cases.models.steps import Callback, Note, Plea, Reply
from mingchuang.cases.models.submission import Attachment, Remark, Submission
from mingchuang.cases.rules.keeping import ELSEWHERE, FEWEST, MOST
from mingchuang.cases.words import CATEGORIES, PRIVACY_WISHES, PROOFS, REACHES, Choices
from mingchuang.ledger.models import Evidence
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.fields import EncryptedTextField
from mingchuang.people.models import Person, Requester


def categories() -> Choices:
    """The lines of the table; asked by name, so that one more of them alters no table."""
    return CATEGORIES


class Retention(models.Model):
    """How many days after the end of a case one category is kept; no number: for good."""

    category = models.CharField(_("类别"), max_length=30, unique=True, choices=categories)
    days = models.PositiveIntegerField(
        _("办结后保存天数"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)],
        help_text=_("不填就是长期保存。"),
    )
    source = models.CharField(_("依据"), max_length=200, blank=True)
    since = models.DateField(_("从哪天起执行"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("保存期限")
        verbose_name_plural = pgettext_lazy("many", "保存期限")
        constraints = [
            models.CheckConstraint(
                name="retention_days_within_reason",
                condition=models.Q(days__isnull=True) | models.Q(days__range=(FEWEST, MOST)),
            ),
            models.CheckConstraint(
                name="retention_days_have_a_source",
                condition=models.Q(days__isnull=True) | ~models.Q(source=""),
                violation_error_message=_("写明天数时，请写依据：哪份文件，哪一条。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_category_display())

    @property
    def is_elsewhere(self) -> bool:
        """Whether no case is what this line is about, so that it is not counted among them."""
        return self.category in ELSEWHERE


class PrivacyPleaQuerySet(models.QuerySet["PrivacyPlea"]):
    def open(self) -> Self:
        """Narrow to those that still wait for an answer."""
        return self.filter(granted__isnull=True)


PrivacyPleaManager = models.Manager.from_queryset(PrivacyPleaQuerySet)


class PrivacyPlea(Evidence):
    """What somebody asks about what is held of them: a copy, a correction, to be forgotten."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="privacy_pleas")
    what = models.CharField(max_length=8, choices=PRIVACY_WISHES)
    reach = models.CharField(max_length=4, choices=REACHES)
    text = EncryptedTextField(blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    proof = models.CharField(max_length=11, choices=PROOFS, blank=True)
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = PrivacyPleaManager()

    class Meta(Evidence.Meta):
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                fields=["submission", "what"],
                condition=models.Q(granted__isnull=True),
                name="privacy_plea_one_open_of_each",
            ),
            models.CheckConstraint(
                name="privacy_plea_decision_is_whole",
                condition=models.Q(
                    granted__isnull=True, decided_by__isnull=True, decided_at__isnull=True
                )
                | models.Q(
                    granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="privacy_plea_granted_on_proof",
                condition=~models.Q(granted=True) | ~models.Q(proof=""),
            ),
            models.CheckConstraint(
                name="privacy_plea_receipt_proves_itself_alone",
                condition=~models.Q(proof="receipt") | models.Q(reach="this"),
            ),
            models.CheckConstraint(
                name="privacy_plea_decided_by_a_second_person",
                condition=models.Q(what="correct")
                | models.Q(granted__isnull=True)
                | models.Q(granted=False)
                | models.Q(asked_by__isnull=True)
                | ~models.Q(decided_by=models.F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.what}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"text": self.text}


# What erasing empties. What is left (numbers, days, states, codes) says nothing of a person.
ERASED: Mapping[type[Evidence], tuple[str, ...]] = {
    Requester: ("name", "phone", "address", "phone_index", "vulnerability", "contact"),
    Submission: ("original", "text", "fingerprint"),
    Remark: ("original", "text"),
    Attachment: ("sha256",),
    Reply: ("text", "headline", "published_text"),
    Callback: ("text",),
    Plea: ("reason",),
    Note: ("text",),
    PrivacyPlea: ("text",),
}
