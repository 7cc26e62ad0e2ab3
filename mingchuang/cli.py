"""The console script: every command of docs/commands.md is a management command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `mingchuang COMMAND`; errors of usage end with status 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.settings")
    execute_from_command_line(sys.argv)
