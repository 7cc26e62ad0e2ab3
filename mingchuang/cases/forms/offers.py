"""The offer to join what neighbours said: only what we offered ourselves can be taken up."""

from datetime import timedelta

from django.core import signing

STANDS = timedelta(days=1)
_signer = signing.TimestampSigner(salt="cases.join")


def offer(pk: int) -> str:
    """Return what a form sends back when its writer wishes to join this case."""
    return _signer.sign(str(pk))


def taken_up(text: str) -> int:
    """Return the id of the case that was offered not long ago; 0 for anything else."""
    try:
        return int(_signer.unsign(text, max_age=STANDS))
    except signing.BadSignature:
        return 0
