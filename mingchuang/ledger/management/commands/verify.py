import json
import sys
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mingchuang.base.templatetags.words import moment
from mingchuang.ledger.rules.note import Key
from mingchuang.ledger.rules.receipt import Flaw, Receipt
from mingchuang.ledger.words.faults import FLAWS
from mingchuang.ledger.words.spoken import SPOKEN
from mingchuang.ledger.words.verbs import deed_of

Answer = dict[str, object]


class Command(BaseCommand):
    help = "Check a receipt offline: exit 0 if it holds, 1 if not. Needs no database and no server."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("receipt", help="the receipt's file; - reads standard input")
        parser.add_argument("--key", default="", help="the ledger's key as printed elsewhere")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, receipt: str, key: str, json: bool, **_options: object) -> None:
        if key and not Key.read(key):
            raise CommandError(str(SPOKEN["bad_pinned_key"]), returncode=2)
        found = Receipt.read(_json_in(_content(receipt)))
        flaws = found.flaws(pinned=key) if found else [Flaw.UNREADABLE]
        if json:
            self.stdout.write(_as_json(found, flaws))
        else:
            for sentence in _sentences(found, flaws, pinned=key):
                self.stdout.write(sentence)
        if flaws:
            sys.exit(1)


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}", returncode=2) from None


def _json_in(content: bytes) -> object:
    """Return the JSON value in a file; None if it is none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _sentences(receipt: Receipt | None, flaws: list[Flaw], *, pinned: str) -> list[str]:
    if flaws or not receipt:
        return [f"✘ {FLAWS[flaw]}" for flaw in flaws]
    said = receipt.says
    says = {**said, "at": _when(said["at"]), "deed": deed_of(said["verb"])}
    place = {"place": receipt.index + 1, "size": receipt.size}
    key = SPOKEN["pinned_key"] if pinned else SPOKEN["own_key"]
    return [
        f"✔ {SPOKEN['holds']}" % place + ("" if pinned else str(SPOKEN["unpinned"])),
        str(SPOKEN["says"]) % says,
        json.dumps(receipt.says["facts"], ensure_ascii=False),
        str(key) % {"key": receipt.key},
    ]


def _when(text: str) -> str:
    """Return the moment as people here write it; a stranger's ledger may write anything."""
    try:
        return moment(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return text


def _as_json(receipt: Receipt | None, flaws: list[Flaw]) -> str:
    answer: Answer = {"holds": not flaws}
    answer["flaws"] = [{"code": flaw, "sentence": str(FLAWS[flaw])} for flaw in flaws]
    if receipt:
        answer |= {"index": receipt.index, "size": receipt.size, "key": str(receipt.key)}
        answer["entry"] = receipt.says
    return json.dumps(answer, ensure_ascii=False)
