"""What an office knows and says often: articles with an owner, a review day and a use count."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from mingchuang.hall.models import ServiceItem
from mingchuang.people.models import Person, Unit


class ArticleQuerySet(models.QuerySet["Article"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def public(self) -> Self:
        """Narrow to what anybody may read."""
        return self.live().filter(public=True)

    def to_review(self, today: date) -> Self:
        """Narrow to what should have been looked over by today."""
        return self.live().filter(review_on__lte=today)


ArticleManager = models.Manager.from_queryset(ArticleQuerySet)


class Article(models.Model):
    """An approved answer. Its unit keeps it, somebody looks it over by the review day."""

    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("内容"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="articles")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="articles")
    item = models.ForeignKey(ServiceItem, models.PROTECT, null=True, related_name="articles")
    review_on = models.DateField()
    public = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    uses = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    objects = ArticleManager()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "review_on"], name="article_owner_review"),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_says_something",
                condition=~models.Q(title="") & ~models.Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"article:{self.pk}"


class ArticleVersion(models.Model):
    """How an article read from then on; nothing updates it."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="article_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}#{self.version}"
