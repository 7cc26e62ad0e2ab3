"""How far a reckoning is: shown while it lasts, and no fact."""

from mingchuang.council.models import Lottery, Refill


def tell_progress(planned: Lottery | Refill, stage: str, progress: int) -> None:
    type(planned).objects.filter(pk=planned.pk).update(stage=stage, progress=progress)
