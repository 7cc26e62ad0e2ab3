"""Any form may be sent twice and is done once (promise P16)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from mingchuang.cases.errors import AlreadySent
from mingchuang.cases.models.submission import Sent
from mingchuang.cases.rules.said import fingerprint
from mingchuang.people.keyring import index_key


@transaction.atomic
def do_once(deed: Callable[[], object], *, key: str, words: str, at: datetime) -> datetime:
    """Do what a form asks; the same form sent again changes nothing and leads to the same place.

    Returns when it was done, now or the first time: a deed told the same `at` is found by it.

    `key` names the form as it was shown. Refused is the same key with other words: somebody
    went back and wrote anew, and must not believe that it was taken. A form without a key is
    done each time.
    """
    if not key:
        deed()
        return at
    said = fingerprint(index_key(), words)
    sent, is_new = Sent.objects.get_or_create(key=key, defaults={"fingerprint": said, "at": at})
    if is_new:
        deed()
    elif sent.fingerprint != said:
        raise AlreadySent
    return sent.at


@transaction.atomic
def forget_sent(*, older_than: timedelta, at: datetime) -> int:
    """Remove the marks of forms nobody will send again; nobody notices."""
    return Sent.objects.filter(at__lt=at - older_than).delete()[0]
