"""Rows that change: each entry about one tells a salted digest of what stands in it from then."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from mingchuang.ledger.models import new_salt
from mingchuang.ledger.rules.canonical import JSON, SALT_SIZE, salted_digest


class Witnessed(models.Model):
    """A row with a part nobody may guess from the ledger, and that changes until it is settled.

    Its digest is a fact, `witness`, of every entry that leaves that part otherwise. Emptying the
    salt forgets it, as everywhere.
    """

    salt = models.BinaryField(max_length=SALT_SIZE, default=new_salt)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_salt_whole_or_erased",
                condition=Q(models.lookups.In(Length("salt"), [0, SALT_SIZE])),
            ),
        ]

    @property
    def private_part(self) -> dict[str, JSON]:
        raise NotImplementedError

    @property
    def witness(self) -> str:
        """The digest of the private part as it stands now; a row that is forgotten has none."""
        return salted_digest(bytes(self.salt), self.private_part) if self.salt else ""
