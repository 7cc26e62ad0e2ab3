"""The nouns of a case; a folder because together they outgrew one file."""

from mingchuang.cases.models.alike import Alike, CommonWords, Compared, NotAlike
from mingchuang.cases.models.batch_items import BatchItem, Delivery, ListNote, Paper
from mingchuang.cases.models.batches import (
    Batch,
    BatchPiece,
    BatchSheet,
    BatchUpload,
    Overtime,
)
from mingchuang.cases.models.case import Case
from mingchuang.cases.models.counted import Dispatch, Exclusion
from mingchuang.cases.models.desk import SavedView
from mingchuang.cases.models.found import FoundItem, Handover, StorageTime
from mingchuang.cases.models.keeping import PrivacyPlea, Retention
from mingchuang.cases.models.knowledge import Article, ArticleVersion
from mingchuang.cases.models.lost import Claim, ClaimPaper, LostItem
from mingchuang.cases.models.many import Bulk, BulkItem
from mingchuang.cases.models.steps import Callback, DueChange, Merge, Note, Pause, Plea, Reply
from mingchuang.cases.models.submission import Attachment, Remark, Sent, Submission
from mingchuang.cases.models.tables import DispatchRule, ReplyTemplate

__all__ = [
    "Alike",
    "Article",
    "ArticleVersion",
    "Attachment",
    "Batch",
    "BatchItem",
    "BatchPiece",
    "BatchSheet",
    "BatchUpload",
    "Bulk",
    "BulkItem",
    "Callback",
    "Case",
    "Claim",
    "ClaimPaper",
    "CommonWords",
    "Compared",
    "Delivery",
    "Dispatch",
    "DispatchRule",
    "DueChange",
    "Exclusion",
    "FoundItem",
    "Handover",
    "ListNote",
    "LostItem",
    "Merge",
    "NotAlike",
    "Note",
    "Overtime",
    "Paper",
    "Pause",
    "Plea",
    "PrivacyPlea",
    "Remark",
    "Reply",
    "ReplyTemplate",
    "Retention",
    "SavedView",
    "Sent",
    "StorageTime",
    "Submission",
]
