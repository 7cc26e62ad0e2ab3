"""What a topic costs, who carries how much of it, and what was paid. No money is held here."""

from collections.abc import Sequence
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from mingchuang.council.models.flats import Flat
from mingchuang.council.models.topics import Topic
from mingchuang.council.models.witnessed import Witnessed
from mingchuang.council.rules.account import TOGETHER, Move
from mingchuang.council.rules.shares import Basis
from mingchuang.council.words.ballots import BASES, MOVES
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person

# What a matter is worth to most, in hundredths.
ORDINARY = 100


class CostShare(models.Model):
    """One cost that is shared (费用分摊). Until it is fixed the basis and the rows may change."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="costs")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=80)
    # Cents.
    total = models.PositiveBigIntegerField()
    basis = models.CharField(max_length=7, choices=BASES)
    # From which floor on which coefficient counts, in hundredths: {"1": 0, "2": 50}.
    floors = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(name="council_cost_number_once", fields=["topic", "number"]),
            models.CheckConstraint(name="council_cost_is_something", condition=Q(total__gte=1)),
            models.CheckConstraint(name="council_cost_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="council_cost_basis_is_known", condition=Q(basis__in=list(Basis))
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def subject(self) -> str:
        return f"cost:{self.topic.number}-{self.number}"

    @property
    def is_fixed(self) -> bool:
        return self.fixed_at is not None


class Share(models.Model):
    """What one flat carries of a cost: area and floor as they were, weight, exemption, amount."""

    cost = models.ForeignKey(CostShare, models.PROTECT, related_name="shares")
    flat = models.ForeignKey(Flat, models.PROTECT, related_name="shares")
    area = models.PositiveIntegerField()
    floor = models.SmallIntegerField()
    # Hundredths.
    benefit = models.PositiveIntegerField(default=ORDINARY)
    # Hundredths of the share that is not paid.
    exempt = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    exempt_because = models.CharField(max_length=100, blank=True)
    # Cents; None until the cost is fixed.
    amount = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["cost", "flat__number"]
        constraints = [
            models.UniqueConstraint(name="council_share_once_a_flat", fields=["cost", "flat"]),
            models.CheckConstraint(
                name="council_share_exemption_has_a_reason",
                condition=Q(exempt=0, exempt_because="")
                | Q(exempt__range=(1, 100)) & ~Q(exempt_because=""),
            ),
            models.CheckConstraint(
                name="council_share_exempt_pays_nothing",
                condition=~Q(exempt=100) | Q(amount=None) | Q(amount=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost} {self.flat_id}"

    @property
    def is_weighed(self) -> bool:
        """Whether the matter is worth more or less to this flat than to others."""
        return self.benefit != ORDINARY


class Pledge(Witnessed):
    """That somebody will pay their share, said by their own link or to staff; it moves no money.

    The amount names a flat to whoever knows how large it is: the ledger holds a digest of it.
    """

    share = models.OneToOneField(Share, models.PROTECT, related_name="pledge")
    amount = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Witnessed.Meta):
        ordering = ["pk"]
        constraints = [
            *Witnessed.Meta.constraints,
            models.CheckConstraint(name="council_pledge_is_something", condition=Q(amount__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.share} {self.amount}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"cents": self.amount, "share": self.share_id}


def witness_of(pledges: Sequence[Pledge]) -> str:
    """Return what one entry tells of all that was pledged in one breath."""
    return " ".join(pledge.witness for pledge in pledges)


class HouseholdSum(models.Model):
    """What several households paid in all, published for good: whatever is struck out or joined
    later stands in a later sum, and changes none that people have read."""

    cost = models.ForeignKey(CostShare, models.PROTECT, related_name="sums")
    number = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["cost", "number"]
        constraints = [
            models.UniqueConstraint(name="council_sum_number_once", fields=["cost", "number"]),
            models.CheckConstraint(
                name="council_sum_is_of_three_at_least", condition=Q(households__gte=TOGETHER)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost} {self.number}"

    @property
    def amount(self) -> int:
        """Cents: its lines, without those of earlier sums that were struck out."""
        struck = sum(move.signed for move in self.strikes.all())
        return sum(move.signed for move in self.moves.all()) - struck


class MovementQuerySet(models.QuerySet["Movement"]):
    def live(self) -> Self:
        """What counts; an entry made by mistake is struck out and stays readable."""
        return self.filter(struck_at=None)

    def unsummed(self) -> Self:
        """Lines of households that stand in no sum yet; what was struck out before is in none."""
        return self.live().filter(summed=None).exclude(share=None)

    def unsummed_strikes(self) -> Self:
        """Lines struck out of a sum people have read, whose minus stands in no sum yet."""
        return self.filter(struck_at__isnull=False, summed__isnull=False, struck_in=None)


MovementManager = models.Manager.from_queryset(MovementQuerySet)


class Movement(Witnessed):
    """One line of the account: paid by a household, given back to one, or spent.

    The ledger tells how much was spent, and of a household's line a digest alone.
    """

    cost = models.ForeignKey(CostShare, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=7, choices=MOVES)
    share = models.ForeignKey(Share, models.PROTECT, null=True, related_name="movements")
    # Cents, always positive: the kind says which way.
    amount = models.PositiveBigIntegerField()
    # The number on the paper receipt or invoice.
    paper = models.CharField(max_length=40)
    # What it was spent on, or why it was given back; read by everybody.
    why = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    key = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_because = models.CharField(max_length=120, blank=True)
    # In which sum everybody reads it, and in which one its minus, once it is struck out.
    summed = models.ForeignKey(HouseholdSum, models.PROTECT, null=True, related_name="moves")
    struck_in = models.ForeignKey(HouseholdSum, models.PROTECT, null=True, related_name="strikes")

    objects = MovementManager()

    class Meta(Witnessed.Meta):
        ordering = ["cost", "pk"]
        indexes = [
            models.Index(name="council_movement_of", fields=["cost", "kind"]),
        ]
        constraints = [
            *Witnessed.Meta.constraints,
            models.UniqueConstraint(
                name="council_movement_paper_once",
                fields=["cost", "kind", "paper"],
                condition=Q(struck_at=None),
            ),
            models.CheckConstraint(
                name="council_movement_moves_something", condition=Q(amount__gte=1)
            ),
            models.CheckConstraint(name="council_movement_has_a_paper", condition=~Q(paper="")),
            models.CheckConstraint(
                name="council_movement_of_a_household_names_it",
                condition=Q(kind=Move.EXPENSE.value, share=None)
                | Q(kind__in=[Move.PAYMENT.value, Move.REFUND.value], share__isnull=False),
            ),
            models.CheckConstraint(
                name="council_movement_out_has_a_reason",
                condition=Q(kind=Move.PAYMENT.value) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="council_movement_struck_has_a_reason",
                condition=Q(struck_at=None, struck_because="")
                | Q(struck_at__isnull=False) & ~Q(struck_because=""),
            ),
            models.CheckConstraint(
                name="council_movement_spent_is_in_no_sum",
                condition=~Q(kind=Move.EXPENSE.value) | Q(summed=None),
            ),
            models.CheckConstraint(
                name="council_movement_minus_follows_its_line",
                condition=Q(struck_in=None) | Q(struck_at__isnull=False, summed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cost} {self.kind} {self.paper}"

    @property
    def private_part(self) -> dict[str, JSON]:
        return {"cents": self.amount, "share": self.share_id}

    @property
    def is_refund(self) -> bool:
        return self.kind == Move.REFUND

    @property
    def told(self) -> dict[str, JSON]:
        """What the ledger tells of the amount: itself where it was spent, else its witness."""
        if self.kind == Move.EXPENSE:
            return {"cents": self.amount}
        return {"witness": self.witness}

    @property
    def signed(self) -> int:
        """Cents as the account counts them: what goes out is less than nothing."""
        return self.amount if self.kind == Move.PAYMENT else -self.amount
