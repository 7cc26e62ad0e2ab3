"""The console script: every command of docs/commands.md is a management command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `mingchuang COMMAND`; errors of usage end with status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.settings")
    try:
        execute_from_command_line(sys.argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read along (`| head`) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
