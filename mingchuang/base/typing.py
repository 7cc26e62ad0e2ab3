"""Types that only the type checker knows."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    # A sentence that may wait to be translated until it is shown.
    Text = _StrOrPromise
else:
    Text = object
