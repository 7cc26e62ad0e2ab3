"""The console script: every command of docs/commands.md is a management command."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run `mingchuang COMMAND`; wrong settings and errors of usage end with status 2."""
    # What a command writes is for nobody else on this machine; web processes inherit it.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.settings")
    _refuse_wrong_settings()
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along (`| head`) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse_wrong_settings() -> None:
    """End with the one sentence that names the variable, instead of a stack trace."""
    try:
        settings.configured or settings.INSTALLED_APPS  # noqa: B018
    except ImproperlyConfigured as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
