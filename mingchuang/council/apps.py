from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "mingchuang.council"
    verbose_name = _("居民议事会")
