"""What staff keep for themselves on the desk."""

from urllib.parse import parse_qsl

from django.db import models

from mingchuang.people.models import Person


class SavedView(models.Model):
    """A list of cases somebody looks at often: a name, and what stands in its address."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_view_name_once"),
            models.CheckConstraint(name="saved_view_has_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def words(self) -> str:
        """What the list looks for."""
        return dict(parse_qsl(self.query)).get("q", "")
