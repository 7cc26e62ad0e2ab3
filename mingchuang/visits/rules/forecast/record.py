"""How much each voice erred so far, in each hall: what weighs them, and who may speak."""

from dataclasses import dataclass, field

# An older error counts less with each newer one; about the last thousand are remembered.
FADING = 0.999
# The errors of all halls weigh as much as so many of one hall.
DRAWN = 50.0
# Before anything is known every voice is as good as every other.
UNTRIED = 1.0

ALL = ""


@dataclass
class Record:
    """Mean errors, kept per hall and voice as (sum, weight) and fading."""

    sums: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)

    def add(self, hall: str, voice: str, error: float) -> None:
        """Remember how much a voice erred, in whatever unit errors are told, never below 0."""
        for key in ((ALL, voice), (hall, voice)):
            total, weight = self.sums.get(key, (0.0, 0.0))
            self.sums[key] = (total * FADING + error, weight * FADING + 1)

    def error(self, hall: str, voice: str) -> float:
        """Return the mean error of a voice in a hall, drawn towards that in all; above 0."""
        total, weight = self.sums.get((ALL, voice), (0.0, 0.0))
        everywhere = (total + UNTRIED) / (weight + 1)
        total, weight = self.sums.get((hall, voice), (0.0, 0.0))
        return (total + DRAWN * everywhere) / (weight + DRAWN)

    def tries(self, hall: str, voice: str) -> float:
        """Return how many errors are remembered of a voice in a hall."""
        return self.sums.get((hall, voice), (0.0, 0.0))[1]
