"""What offices keep by hand: the dispatch catalogue and reply templates."""

from django.db import models

from mingchuang.hall.models import ServiceItem
from mingchuang.people.models import Unit


class DispatchRule(models.Model):
    """A line of the dispatch catalogue: matter × area → unit. Old lines stay, ended."""

    matter = models.CharField(max_length=80)
    area = models.CharField(max_length=80, blank=True)
    service_item = models.ForeignKey(ServiceItem, models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="dispatch_rules")
    basis = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["matter", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "area"],
                condition=models.Q(until__isnull=True),
                name="dispatch_rule_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.area}"


class ReplyTemplate(models.Model):
    """Words an office uses often; the clerk still reads and changes them."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reply_templates")
    title = models.CharField(max_length=80)
    text = models.TextField()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "title"], name="reply_template_title_once"),
        ]

    def __str__(self) -> str:
        return self.title
