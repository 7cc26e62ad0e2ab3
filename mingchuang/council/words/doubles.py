"""What is said of who may stand on a register twice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from mingchuang.base.typing import Text
from mingchuang.council.rules.doubles import Double, Like

LIKE: Mapping[Like, Text] = {
    Like.PHONE: _("电话相同"),
    Like.NAME: _("住户和姓名相同"),
}


class Told(NamedTuple):
    numbers: Sequence[int]
    like: Text


def told_doubles(doubles: Iterable[Double]) -> Sequence[Told]:
    return [Told(one.numbers, LIKE[one.like]) for one in doubles]
