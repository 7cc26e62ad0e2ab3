"""What a requester adds later, kept so that a confidential one stays unknown to the unit."""

from datetime import datetime

from mingchuang.cases.actions._finding import keep_findable
from mingchuang.cases.actions._steps import tell
from mingchuang.cases.models.submission import Remark, Submission
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.rules.masking import mask_text


def keep_remark(on: Submission, text: str, verb: str, *, at: datetime, **facts: JSON) -> Remark:
    """Keep more words of a requester; confidential ones are sealed and wait to be looked over."""
    remark = Remark(submission=on, text=text, at=at)
    if on.confidential:
        remark.original, remark.text = text, _masked(on, text)
        remark.redacted_at = None if text else at
    tell(remark, verb, on.case, at=at, **facts)
    if not on.confidential:
        keep_findable(on.case)
    return remark


def _masked(submission: Submission, text: str) -> str:
    known = submission.requester
    names, phones = ([known.name], [known.phone]) if known else ([], [])
    return mask_text(text, names=names, phones=phones).text
