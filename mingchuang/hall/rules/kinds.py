"""What a submission can be, and how soon it presses. The two keys of every time limit."""

from enum import StrEnum


class Kind(StrEnum):
    """诉求类型."""

    INQUIRY = "inquiry"
    ASSISTANCE = "assistance"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    OTHER = "other"
    # What is to be put right: a bad rating, a finding of an inspection. Nobody says it as a wish.
    RECTIFY = "rectify"


class Urgency(StrEnum):
    """紧急程度."""

    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class Beginning(StrEnum):
    """What sets a clock going."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    REOPENED = "reopened"
    REPLIED = "replied"


# A profile that names no limit of its own for an urgency uses the next calmer one.
CALMER: dict[str, tuple[Urgency, ...]] = {
    Urgency.NORMAL: (Urgency.NORMAL,),
    Urgency.URGENT: (Urgency.URGENT, Urgency.NORMAL),
    Urgency.CRITICAL: (Urgency.CRITICAL, Urgency.URGENT, Urgency.NORMAL),
}
