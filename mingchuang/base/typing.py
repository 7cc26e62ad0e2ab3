"""Types that only the type checker knows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    # A sentence that may wait to be translated until it is shown.
    Text = _StrOrPromise
else:
    Text = object


R_co = TypeVar("R_co", covariant=True)


class Rows(Protocol[R_co]):
    """Whatever gives a part of itself: a query, or what a search finds."""

    def __getitem__(self, part: slice, /) -> Iterable[R_co]: ...
