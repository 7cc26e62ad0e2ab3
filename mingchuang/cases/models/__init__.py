"""The nouns of a case; a folder because together they outgrew one file."""

from mingchuang.cases.models.alike import Alike, CommonWords, Compared, NotAlike
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.desk import SavedView
from mingchuang.cases.models.steps import Callback, DueChange, Merge, Note, Pause, Plea, Reply
from mingchuang.cases.models.submission import Attachment, Remark, Sent, Submission
from mingchuang.cases.models.tables import DispatchRule, ReplyTemplate

__all__ = [
    "Alike",
    "Attachment",
    "Callback",
    "Case",
    "CommonWords",
    "Compared",
    "DispatchRule",
    "DueChange",
    "Merge",
    "NotAlike",
    "Note",
    "Pause",
    "Plea",
    "Remark",
    "Reply",
    "ReplyTemplate",
    "SavedView",
    "Sent",
    "Submission",
]
