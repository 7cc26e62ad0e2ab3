"""`mingchuang rotate_keys`: a new seal key, and every sealed row under it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now
from django.utils.translation import gettext as _
from tqdm import tqdm

from mingchuang.base.errors import Refused
from mingchuang.people import actions, queries
from mingchuang.people.keyring import seal_ring


class Command(BaseCommand):
    help = "Seal with a new key. May be stopped and run again; --retire removes the old keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retire", action="store_true", help="then throw the old keys away")

    def handle(self, *, retire: bool, **given: Any) -> None:  # noqa: ARG002
        try:
            self._rotate(retire=retire)
        except Refused as refused:
            raise CommandError(str(refused)) from refused

    def _rotate(self, *, retire: bool) -> None:
        if len(seal_ring()) == 1:
            actions.add_seal_key(at=now())
        rows = sum(_reseal(table) for table in queries.sealed_tables())
        self.stdout.write(_("%(rows)s 行内容已由最新密钥保护。") % {"rows": rows})
        if retire:
            actions.retire_seal_keys(at=now())
            self.stdout.write(_("旧密钥已移除。"))


def _reseal(table: queries.Sealed) -> int:
    """Go through one table, a few hundred rows at a time."""
    total, last, seen = queries.sealed_rows(table).count(), None, 1
    with tqdm(total=total, desc=table.model._meta.label, unit=" rows") as bar:
        while seen:
            seen, last = actions.reseal(table, after=last, at=now())
            bar.update(seen)
    return total
