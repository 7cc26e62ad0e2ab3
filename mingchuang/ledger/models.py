"""The nouns of the book: entries, the tiles of its tree, and its signed checkpoints."""

import secrets

from django.db import models
from django.db.models.functions import Length

from mingchuang.ledger.rules.canonical import JSON, SALT_SIZE, salted_digest


class EntryQuerySet(models.QuerySet["Entry"]):
    def sealed(self) -> "EntryQuerySet":
        return self.filter(index__isnull=False)

    def waiting(self) -> "EntryQuerySet":
        return self.filter(index__isnull=True)

    def in_order(self) -> "EntryQuerySet":
        """By the place that is signed for; row numbers, which nobody signs, order what waits."""
        return self.order_by(models.F("index").asc(nulls_last=True), "pk")


EntryManager = models.Manager.from_queryset(EntryQuerySet)


class Entry(models.Model):
    """Something that happened. Written once, never edited; `index` is its place once sealed."""

    subject = models.CharField(max_length=120)
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    digest = models.CharField(max_length=71, blank=True)
    index = models.BigIntegerField(null=True, editable=False)

    objects = EntryManager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(name="ledger_entry_of_subject", fields=["subject", "id"]),
            models.Index(
                name="ledger_entry_waiting", fields=["id"], condition=models.Q(index__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="ledger_entry_one_per_index", fields=["index"]),
            models.CheckConstraint(
                name="ledger_entry_index_counts_from_zero", condition=models.Q(index__gte=0)
            ),
            models.CheckConstraint(
                name="ledger_entry_has_subject", condition=~models.Q(subject="")
            ),
            models.CheckConstraint(
                name="ledger_entry_verb_names_its_room", condition=models.Q(verb__contains=".")
            ),
            models.CheckConstraint(
                name="ledger_entry_digest_is_sha256",
                condition=models.Q(digest="") | models.Q(digest__startswith="sha256:"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.verb}"


class Tile(models.Model):
    """Up to 256 neighbouring hashes of one level of the tree; the rightmost one still grows.

    A partial tile of an earlier day is the beginning of these bytes.
    """

    level = models.SmallIntegerField()
    position = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        ordering = ["level", "position"]
        constraints = [
            models.UniqueConstraint(name="ledger_tile_one_per_place", fields=["level", "position"]),
            models.CheckConstraint(
                name="ledger_tile_place_counts_from_zero",
                condition=models.Q(level__gte=0, position__gte=0),
            ),
            models.CheckConstraint(
                name="ledger_tile_holds_up_to_256_hashes",
                condition=models.Q(
                    models.lookups.GreaterThanOrEqual(Length("hashes"), 32),
                    models.lookups.LessThanOrEqual(Length("hashes"), 8192),
                    models.lookups.Exact(Length("hashes") % 32, 0),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.position}"


class Checkpoint(models.Model):
    """Our signature under the first `size` entries."""

    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["size"]
        constraints = [
            models.UniqueConstraint(name="ledger_checkpoint_one_per_size", fields=["size"]),
            models.CheckConstraint(
                name="ledger_checkpoint_covers_something", condition=models.Q(size__gt=0)
            ),
            models.CheckConstraint(
                name="ledger_checkpoint_root_is_a_hash",
                condition=models.Q(models.lookups.Exact(Length("root"), 32)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.size}"


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_SIZE)


def is_emptied() -> models.Q:
    """Say, in a constraint, that a row of evidence was erased."""
    return models.Q(models.lookups.Exact(Length("salt"), 0))


class Evidence(models.Model):
    """A row with a private part, of which the ledger holds only a salted digest.

    Erasing a person empties `salt` and the private fields; the entry and every proof of it
    still hold, and nothing can be guessed from the digest any more. A subclass names its
    private part; its Meta inherits this one:

        message = Message(text="…")
        message.entry = record("message.left", subject, at=at, digest=message.digest)
        message.save()
    """

    salt = models.BinaryField(max_length=SALT_SIZE, default=new_salt)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_salt_whole_or_erased",
                condition=models.Q(models.lookups.In(Length("salt"), [0, SALT_SIZE])),
            ),
        ]

    @property
    def private_part(self) -> dict[str, JSON]:
        raise NotImplementedError

    @property
    def is_erased(self) -> bool:
        return not self.salt

    @property
    def digest(self) -> str:
        """The digest of the private part as it stands now; an erased row has none."""
        return "" if self.is_erased else salted_digest(bytes(self.salt), self.private_part)
