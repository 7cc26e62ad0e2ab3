"""What the entries of a case add up to, column by column: the other side of every audit."""

from collections.abc import Iterable, Mapping

from mingchuang.cases.rules.life import state_told

ANSWERS = ("case.replied", "case.answered_at_once")
AT, NOTHING = "at", ""

# Which columns a verb writes, and with which of its facts; AT is the time of the entry.
WRITES: Mapping[str, Mapping[str, str]] = {
    "submission.received": {
        "received_at": AT,
        "kind": "kind",
        "urgency": "urgency",
        "intake_unit": "unit",
        "area": "area",
    },
    "case.retitled": {"area": "area"},
    "case.retyped": {"kind": "new"},
    "case.dispatched": {"responsible_unit": "unit", "handler": NOTHING},
    "case.redispatched": {"responsible_unit": "unit", "handler": NOTHING},
    "case.acknowledged": {"handler": "by"},
    "case.assigned": {"handler": "handler"},
    "case.reaccepted": {"responsible_unit": NOTHING},
    "case.answered_at_once": {"responsible_unit": "unit", "replied_at": AT},
    "case.replied": {"replied_at": AT},
    "case.declined": {"ended_at": AT},
    "case.referred": {"ended_at": AT},
    "case.contested": {"ended_at": NOTHING},
    "case.archived": {"ended_at": AT},
    "case.withdrawn": {"ended_at": AT},
    "case.merged": {"master": "master"},
    "case.unmerged": {"master": NOTHING},
}
COLUMNS = sorted({column for written in WRITES.values() for column in written})


def columns_told(told: Iterable[tuple[str, Mapping[str, object]]]) -> dict[str, str]:
    """Return the columns of a case by its entries (verb, facts with the time as `at`), in order.

    What nothing was written into is empty; the state of a life the table forbids is empty too.
    """
    told = list(told)
    columns = {"state": state_told(told) or "", "due_at": "", **dict.fromkeys(COLUMNS, "")}
    for verb, facts in told:
        for column, fact in WRITES.get(verb, {}).items():
            columns[column] = str(facts.get(fact, ""))
        columns["due_at"] = str(facts.get("due_at", columns["due_at"]))
    return {**columns, "answers": str(sum(verb in ANSWERS for verb, _ in told))}
