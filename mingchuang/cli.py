"""The console script: every command of docs/commands.md is a management command."""

import os
import sys

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line, load_command_class

# They work on files alone, and do not wait until all rooms are open.
ALONE = {"lottery": "mingchuang.council", "verify": "mingchuang.ledger"}


def main() -> None:
    """Run `mingchuang COMMAND`; wrong settings and errors of usage end with status 2."""
    # What a command writes is for nobody else on this machine; web processes inherit it.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.settings")
    _refuse_wrong_settings()
    try:
        _run(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along (`| head`) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(words: list[str]) -> None:
    name = words[1] if words[1:] else ""
    if name in ALONE:
        apps.populate(())
        load_command_class(ALONE[name], name).run_from_argv(words)
    else:
        execute_from_command_line(words)


def _refuse_wrong_settings() -> None:
    """End with the one sentence that names the variable, instead of a stack trace."""
    try:
        settings.configured or settings.INSTALLED_APPS  # noqa: B018
    except ImproperlyConfigured as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
