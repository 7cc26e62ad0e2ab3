from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "mingchuang.visits"
    verbose_name = _("预约与叫号")
