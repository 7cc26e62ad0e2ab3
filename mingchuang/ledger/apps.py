from django.apps import AppConfig
from django.core import checks

from mingchuang.ledger.checks import origin_is_a_name


class LedgerConfig(AppConfig):
    name = "mingchuang.ledger"

    def ready(self) -> None:
        checks.register(origin_is_a_name)
