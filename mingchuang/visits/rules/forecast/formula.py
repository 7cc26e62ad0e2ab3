"""The formula: what calls, waits of today and earlier days each say, blended by their record.

It needs no learning in advance and serves a hall from its first day.

* `calls`  places ahead by the calls of the last hour: QLm (Ibrahim & Whitt 2009)
* `usual`  the waits that ended last: LES, the delay of those served last, smoothed
* `pace`   the same waits, each divided by the places it had ahead, times those ahead now
* `past`   how long one waits in this line at this hour
* `places` how long a place takes in this line at this hour, times those ahead now
"""

import math
from collections.abc import Iterator
from typing import Final

from mingchuang.visits.rules.forecast.moment import Moment, log_wait
from mingchuang.visits.rules.forecast.past import Known
from mingchuang.visits.rules.forecast.record import Record

VOICES: Final = ("calls", "usual", "pace", "past", "places")
# The pace known from before weighs as much as so many minutes of calls.
PRIOR = 15.0
# How much more a voice counts that errs less: weights are errors to the power of minus this.
SHARPNESS = 4.0


def qlm(ahead: int, *, rate: float, leaving: float = 0.0) -> float:
    """Return the mean wait behind `ahead` people, in the unit of time of the rates.

    With `rate` = windows × services per window, and each who waits giving up at the rate
    `leaving`: Σ 1/(rate + i·leaving) for i = 0 … ahead, oneself the last to be called.
    """
    if not leaving:
        return (ahead + 1) / rate
    return math.fsum(1 / (rate + i * leaving) for i in range(ahead + 1))


def call_rate(moment: Moment, pace: float) -> float:
    """Return the places called per minute: measured in the last hour, before that by `pace`."""
    watched = min(60.0, moment.open_for)
    return (moment.calls + PRIOR / pace) / (watched + PRIOR)


def voices(moment: Moment, known: Known) -> list[float]:
    """Return what each voice says, as the logarithm of a wait (`log_wait`), in their order."""
    places = math.log1p(moment.ahead)
    rate = call_rate(moment, math.exp(min(4.0, max(-1.0, known.hour.pace))))
    return [
        log_wait(qlm(moment.ahead, rate=rate)),
        _seen(moment.usual, known.hour.wait),
        _seen(moment.pace, known.hour.pace) + places,
        known.hour.wait,
        known.hour.pace + places,
    ]


def blended(said: list[float], record: Record, hall: str) -> float:
    """Return the mean of the voices, each weighted by how little it erred in this hall so far."""
    weights = list(_weights(record, hall))
    return math.fsum(w * s for w, s in zip(weights, said, strict=True)) / math.fsum(weights)


def _weights(record: Record, hall: str) -> Iterator[float]:
    for voice in VOICES:
        yield record.error(hall, voice) ** -SHARPNESS


def _seen(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value
