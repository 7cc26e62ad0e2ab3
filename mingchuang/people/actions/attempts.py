"""How often somebody tried something."""

from datetime import datetime, timedelta
from math import ceil

from django.db import connection, transaction

from mingchuang.base.errors import TooOften
from mingchuang.people.fields import attempt_key
from mingchuang.people.models import Attempt

# One statement, so that of many at once exactly `limit` come through.
COUNT = """
INSERT INTO people_attempt AS kept (key, window_start, count) VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN kept.window_start <= %s THEN 1 ELSE kept.count + 1 END,
  window_start = CASE WHEN kept.window_start <= %s THEN %s ELSE kept.window_start END
RETURNING count
"""


@transaction.atomic
def count_attempt(key: str, *, limit: int, minutes: int, at: datetime) -> int:
    """Count one attempt and return how many there were; the one too many is asked to wait.

    `key` names what is tried by whom ("track:203.0.113.7"); only its blind index is kept.
    """
    moment = Attempt._meta.get_field("window_start")
    began = moment.get_db_prep_value(at, connection)
    over = moment.get_db_prep_value(at - timedelta(minutes=minutes), connection)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [attempt_key(key), began, over, over, began])
        (count,) = cursor.fetchone()
    if count > limit:
        since = Attempt.objects.get(key=attempt_key(key)).window_start
        raise TooOften(minutes=ceil((since - at).total_seconds() / 60) + minutes)
    return int(count)


@transaction.atomic
def forget_attempts(*, older_than: timedelta, at: datetime) -> int:
    """Remove the counters nobody needs any more; nobody notices."""
    return Attempt.objects.filter(window_start__lt=at - older_than).delete()[0]
