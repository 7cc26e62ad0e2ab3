"""What people say of how they were served, what becomes of what was bad, and what staff are held
to."""

from mingchuang.reviews.models.inspections import Act, Inspection, Mark, Shot
from mingchuang.reviews.models.ratings import Rating, new_handle
from mingchuang.reviews.models.reviews import Review, Word
from mingchuang.reviews.models.standards import CheckItem, Checklist, Clause

__all__ = [
    "Act",
    "CheckItem",
    "Checklist",
    "Clause",
    "Inspection",
    "Mark",
    "Rating",
    "Review",
    "Shot",
    "Word",
    "new_handle",
]
