"""What the screen says of one-time notices: why one is not waited for any longer."""

from django.utils.translation import gettext_lazy as _

from mingchuang.visits.rules.supplements import Why
from mingchuang.visits.words.tables import Choices

ENDED_BECAUSE: Choices = [
    (Why.WITHDRAWN, _("不办了")),
    (Why.UNREACHED, _("过期没有补，也联系不上")),
    (Why.ELSEWHERE, _("已在别处办好")),
    (Why.MISTAKEN, _("告知错了，不用补")),
]
