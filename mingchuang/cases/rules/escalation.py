"""When a matter goes above whoever has it: one more try, then somebody above looks. Pure.

Both numbers are our own, after the practice of hotlines; no rule was found that names them.
"""

# So many times “not solved” (重办), and so many returns (退单).
NOT_SOLVED, RETURNS = 2, 2
# What a unit asks that says “not ours”: the dispatcher decides it, or the coordinator (派单异议).
RETURN, DISPUTE = "return", "dispute"
RETURNED = frozenset({RETURN, DISPUTE})


def is_supervised_from(not_solved: int) -> bool:
    """Say whether a case said so often not to be solved is put under supervision by itself."""
    return not_solved >= NOT_SOLVED


def return_asked(earlier: int) -> str:
    """Return what it is to say “not ours” of a case that was returned so often before."""
    return DISPUTE if earlier + 1 >= RETURNS else RETURN
