"""How long a plan may take, and whom to tell how far it is: handed down, as every clock is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace


def _silent(_stage: str, _done: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Watch:
    """A clock that counts seconds, when time is over by it, and who hears (stage, share done).

    Without a clock no time passes.
    """

    clock: Callable[[], float] = float
    until: float = float("inf")
    tell: Callable[[str, float], None] = _silent
    timings: dict[str, float] = field(default_factory=dict)

    def left(self) -> float:
        return self.until - self.clock()

    def is_over(self) -> bool:
        return self.left() <= 0

    def part(self, share: float) -> "Watch":
        """Return a watch that is over when this share of what is left now is used."""
        return self.within(share * max(0.0, self.left()))

    def within(self, seconds: float) -> "Watch":
        """Return a watch that is over after so many seconds, or when this one is."""
        return replace(self, until=min(self.until, self.clock() + seconds))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Note how many seconds this takes."""
        began = self.clock()
        self.tell(name, 0.0)
        yield
        self.timings[name] = self.timings.get(name, 0.0) + self.clock() - began
