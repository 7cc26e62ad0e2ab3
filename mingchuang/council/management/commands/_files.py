"""Files of a lottery, read and written; what cannot be is told in a sentence."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from mingchuang.council.rules.lottery.truth import NameTwice, parsed


def read_bytes(path: Path) -> bytes:
    """Return what is in a file."""
    try:
        return path.read_bytes()
    except OSError:
        told = _("打不开文件“%(path)s”。请核对文件名，以及您能不能读它。")
        raise CommandError(told % {"path": path}, returncode=2) from None


def parsed_json(path: Path) -> Any:
    """Return the JSON in a file; NameTwice where others may read something else in it."""
    try:
        return parsed(read_bytes(path))
    except NameTwice:
        raise
    except (ValueError, RecursionError):
        told = _("“%(path)s”不是 JSON 文件。")
        raise CommandError(told % {"path": path}, returncode=2) from None


def read_json(path: Path) -> Any:
    """Return the JSON in a file, if everybody reads the same in it."""
    try:
        return parsed_json(path)
    except NameTwice as twice:
        told = _("“%(path)s”里“%(names)s”写了两次，各人读到的会不一样，不能用。")
        facts = {"path": path, "names": _("、").join(twice.names)}
        raise CommandError(told % facts, returncode=1) from None


def must_be_writable(path: Path | None) -> None:
    """Refuse a file that cannot be written, before anybody waits for what goes into it."""
    if path is None:
        return
    there = path if path.exists() else path.parent
    if path.is_dir() or not there.exists() or not os.access(there, os.W_OK):
        raise _unwritable(path)


def write_json(path: Path, facts: dict[str, Any]) -> None:
    """Write this into a file."""
    try:
        path.write_text(dumped(facts), encoding="utf-8")
    except OSError:
        raise _unwritable(path) from None


def _unwritable(path: Path) -> CommandError:
    told = _("写不了文件“%(path)s”。请核对文件夹，以及您能不能写它。")
    return CommandError(told % {"path": path}, returncode=2)


def dumped(facts: dict[str, Any]) -> str:
    """Return this as JSON."""
    return json.dumps(facts, ensure_ascii=False)
