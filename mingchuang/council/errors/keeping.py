"""Why something is not forgotten yet."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused


class StillNeeded(Refused):
    code = "still_needed"
    reason = _("事情还没有办完，现在删除就没法给您答复、计票或者结账。办完以后可以删除。")
