"""What people say of how they were served, what becomes of what was bad, their thanks, and what
staff are held to."""

from mingchuang.reviews.models.inspections import Act, Inspection, Mark, Shot
from mingchuang.reviews.models.ratings import Rating, Showing, new_handle
from mingchuang.reviews.models.reviews import Review, Word
from mingchuang.reviews.models.standards import CheckItem, Checklist, Clause
from mingchuang.reviews.models.thanks import Commendation, Gift, Note, ThanksPhoto, WallNaming

__all__ = [
    "Act",
    "CheckItem",
    "Checklist",
    "Clause",
    "Commendation",
    "Gift",
    "Inspection",
    "Mark",
    "Note",
    "Rating",
    "Review",
    "Shot",
    "Showing",
    "ThanksPhoto",
    "WallNaming",
    "Word",
    "new_handle",
]
