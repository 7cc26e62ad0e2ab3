"""`mingchuang rotate_keys`: a new key for what is private, and every row under it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import now
from django.utils.translation import gettext as _
from tqdm import tqdm

from mingchuang.base.plainly import said_plainly
from mingchuang.people import queries
from mingchuang.people.actions import keys


class Command(BaseCommand):
    help = "Encrypt with a new key. May be stopped and run again; --retire removes the old keys."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retire", action="store_true", help="then throw the old keys away")

    def handle(self, *, retire: bool, **given: Any) -> None:  # noqa: ARG002
        with said_plainly():
            self._rotate(retire=retire)

    def _rotate(self, *, retire: bool) -> None:
        if queries.rows_under_old_keys():
            self.stdout.write(_("上一次更换还没有做完，现在接着做，不再添加新密钥。"))
        else:
            keys.add_key(at=now())
        rows = sum(_reencrypt(table) for table in queries.encrypted_tables())
        self.stdout.write(_("%(rows)s 行内容已由最新密钥保护。") % {"rows": rows})
        if retire:
            keys.retire_keys(at=now())
            self.stdout.write(_("旧密钥已移除。"))


def _reencrypt(table: queries.Encrypted) -> int:
    """Go through one table, a few hundred rows at a time."""
    total, last, seen = queries.encrypted_rows(table).count(), None, 1
    with tqdm(total=total, desc=table.model._meta.label, unit=" rows") as bar:
        while seen:
            seen, last = keys.reencrypt(table, after=last, at=now())
            bar.update(seen)
    return total
