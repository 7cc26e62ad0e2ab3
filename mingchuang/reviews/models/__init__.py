"""What people say of how they were served, and what becomes of what was bad; and their thanks."""

from mingchuang.reviews.models.ratings import Rating, new_handle
from mingchuang.reviews.models.reviews import Review, Word
from mingchuang.reviews.models.thanks import Commendation, Gift, Note, ThanksPhoto, WallNaming

__all__ = [
    "Commendation",
    "Gift",
    "Note",
    "Rating",
    "Review",
    "ThanksPhoto",
    "WallNaming",
    "Word",
    "new_handle",
]
