"""What people say of how they were served, and what becomes of what was bad."""

from mingchuang.reviews.models.ratings import Rating, new_handle
from mingchuang.reviews.models.reviews import Review, Word

__all__ = ["Rating", "Review", "Word", "new_handle"]
