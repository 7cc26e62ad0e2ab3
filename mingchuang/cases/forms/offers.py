"""The offer to join what neighbours said: only what we offered ourselves can be taken up."""

from datetime import timedelta

from django.core import signing

STANDS = timedelta(days=1)
NO_CASE = -1
_signer = signing.TimestampSigner(salt="cases.join")


def offer(pk: int) -> str:
    """Return what a form sends back when its writer wishes to join this case."""
    return _signer.sign(str(pk))


def taken_up(text: str) -> int:
    """Return the id of the case we offered, however long ago; for anything else no case's."""
    try:
        return int(_signer.unsign(text))
    except signing.BadSignature:
        return NO_CASE


def stands(text: str) -> bool:
    """Whether we offered this not long ago."""
    try:
        return bool(_signer.unsign(text, max_age=STANDS))
    except signing.BadSignature:
        return False
