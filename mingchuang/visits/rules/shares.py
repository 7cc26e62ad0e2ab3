"""A share as it is written, which never rounds to all or to nothing."""


def percent(part: int, whole: int) -> str:
    """97.4%; of nothing there is no share, and 100.0% is all of them."""
    if not whole:
        return "—"
    tenths = (2000 * part + whole) // (2 * whole)
    if 0 < part < whole:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths // 10}.{tenths % 10}%"
