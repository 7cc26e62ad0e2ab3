"""How common which words are, counted over the newest texts."""

from datetime import datetime, timedelta

from mingchuang.cases.models.alike import CommonWords
from mingchuang.cases.models.submission import Submission
from mingchuang.cases.rules.likeness import counted

AN_HOUR = timedelta(hours=1)
# Of so many of the newest texts, and so many letters of each, the common words are counted.
SAMPLE, LETTERS = 5000, 800


def newly_counted(now: datetime) -> CommonWords | None:
    """Count how common which words are, at most hourly; while few have spoken, each time they
    are twice as many. Counting takes a second, so nothing is locked meanwhile."""
    newest = Submission.objects.order_by("-pk").values_list("pk", flat=True).first()
    known = CommonWords.objects.defer("seen").order_by("pk").first()
    if newest is None or (known and not _is_stale(known, newest=newest, now=now)):
        return None
    said = Submission.objects.exclude(salt=b"")
    said = said.exclude(confidential=True, redacted_at__isnull=True)
    texts = said.order_by("-pk").values_list("case__title", "text")[:SAMPLE]
    words = counted(f"{title} {text[:LETTERS]}" for title, text in texts.iterator())
    return CommonWords(pk=1, texts=words.texts, seen=words.seen, counted_at=now, newest=newest)


def _is_stale(known: CommonWords, *, newest: int, now: datetime) -> bool:
    grown = newest - known.newest >= max(known.texts, 1)
    return now - known.counted_at >= AN_HOUR or (known.texts < SAMPLE and grown)
