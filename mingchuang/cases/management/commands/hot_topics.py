import time
from json import dumps
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from mingchuang.base.plainly import said_plainly
from mingchuang.cases.rules.gathering import Gathered, Gathering, Voice
from mingchuang.cases.rules.letters import NEEDED, Letter, absent, read_letter
from mingchuang.cases.rules.likeness import Matter, counted
from mingchuang.cases.workbook.errors import NoLetters
from mingchuang.cases.workbook.reading import opened
from mingchuang.cases.workbook.words import listed


class Command(BaseCommand):
    help = "Find what many people wrote about in a workbook of messages; nothing is kept"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the workbook (.xlsx)")
        parser.add_argument("--days", type=int, default=90, help="how far apart two may lie")
        parser.add_argument("--most", type=int, default=20, help="how many topics to show")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")

    def handle(self, *, file: Path, days: int, most: int, json: bool, **_rest: object) -> None:
        with said_plainly():
            voices = _voices(file)
        texts = (f"{voice.matter.title} {voice.matter.text}" for voice in voices)
        gathering = Gathering(counted(texts), days=days)
        began = time.monotonic()
        for voice in voices:
            gathering.add(voice)
        spent = time.monotonic() - began
        topics = gathering.topics()
        facts = {
            "messages": len(voices),
            "topics": [_facts(topic) for topic in topics[:most]],
            "groups": len(topics),
            "seconds": round(spent, 2),
            "ms_per_message": round(1000 * spent / max(1, len(voices)), 2),
        }
        self.stdout.write(dumps(facts, ensure_ascii=False) if json else _told(facts))


def _voices(file: Path) -> list[Voice]:
    """Return every letter of the workbook that can be read, oldest first."""
    at = now()
    with opened(file) as sheet:
        if absent(NEEDED, sheet.columns):
            raise NoLetters(path=file, needed=listed(NEEDED), answer="")
        read = [read_letter(sheet.named(row), now=at) for row in sheet.rows]
    letters = [one for one in read if isinstance(one, Letter)]
    voices = [Voice(one.name or one.number, one.at, Matter(one.text, one.title)) for one in letters]
    return sorted(voices, key=lambda voice: voice.at)


def _facts(topic: Gathered) -> dict[str, object]:
    first, last = topic.voices[0], topic.voices[-1]
    return {
        "people": topic.people,
        "messages": len(topic.voices),
        "first": f"{first.at:%Y-%m-%d}",
        "last": f"{last.at:%Y-%m-%d}",
        "title": first.matter.title,
        "shared": topic.shared,
    }


def _told(facts: dict[str, object]) -> str:
    head = _("%(messages)s 条留言，%(groups)s 组同一件事；每条 %(ms_per_message)s 毫秒。")
    line = _("%(people)s 人 %(messages)s 条，%(first)s 到 %(last)s：%(title)s（%(words)s）")
    topics = facts["topics"]
    assert isinstance(topics, list)
    lines = [line % {**topic, "words": "、".join(topic["shared"])} for topic in topics]
    return "\n".join([head % facts, *lines])
