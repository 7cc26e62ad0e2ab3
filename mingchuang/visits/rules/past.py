"""What a hall was like: its past visits, from a query or from a CSV file.

    到达时间,叫号时间,办完时间,类别,预约
    2026-03-02 09:13,2026-03-02 09:30,2026-03-02 09:41,普通,否

Who was booked arrives when their slot, less the grace, or their check-in was, whichever is later.
Who left unserved has neither a call nor an end. The columns come in any order; 类别 and 预约 may
be left out (普通, 否). Nothing is guessed: what cannot be read is a fault with its line.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from mingchuang.cases.rules.letters import moment

GREEN, ORDINARY = 0, 1
CAME, CALLED, DONE, KIND, BOOKED = "到达时间", "叫号时间", "办完时间", "类别", "预约"
NEEDED = (CAME, CALLED, DONE)
KINDS: Mapping[str, int] = {"绿色通道": GREEN, "普通": ORDINARY, "": ORDINARY}
ANSWERS: Mapping[str, bool] = {"是": True, "否": False, "": False}


@dataclass(frozen=True)
class PastVisit:
    """Somebody who came, GREEN or ORDINARY; who left unserved was neither called nor done.

    The moments are told by the clock on the wall of the hall.
    """

    came: datetime
    called: datetime | None = None
    done: datetime | None = None
    kind: int = ORDINARY
    booked: bool = False

    @property
    def minutes(self) -> float | None:
        """How long they were at a window; None where they left before."""
        if self.called is None or self.done is None:
            return None
        return (self.done - self.called).total_seconds() / 60


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line (0: with the file as a whole); worded in `visits.words.past`."""

    line: int
    code: str
    text: str = ""


def read_past(text: str) -> tuple[list[PastVisit], list[Fault]]:
    """Return the visits of a CSV file, and everything that is wrong with it, one fault a line."""
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True))
    try:
        names = [name.strip() for name in next(reader, [])]
        rows = [_Row(reader.line_num, names, cells) for cells in reader if any(cells)]
    except csv.Error:
        return [], [Fault(reader.line_num, "no_csv")]
    if absent := [name for name in NEEDED if name not in names]:
        return [], [Fault(1, "no_column", name) for name in absent]
    faulty = {row.line: fault for row in rows if (fault := _fault(row))}
    visits = [row.visit() for row in rows if row.line not in faulty]
    if not faulty and not any(visit.minutes for visit in visits):
        return [], [Fault(0, "nobody_served")]
    return visits, [*faulty.values()]


class _Row:
    """The cells of one line by their columns, and the moments they tell."""

    def __init__(self, line: int, names: Sequence[str], cells: Sequence[str]) -> None:
        self.line = line
        self.cells = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        self.told = {name: self.cells.get(name, "") for name in (*NEEDED, KIND, BOOKED)}
        self.moments = {name: moment(self.told[name]) for name in NEEDED}

    def visit(self) -> PastVisit:
        came = self.moments[CAME]
        assert came is not None
        kind, booked = KINDS[self.told[KIND]], ANSWERS[self.told[BOOKED]]
        return PastVisit(came, self.moments[CALLED], self.moments[DONE], kind, booked)

    def unread(self) -> str | None:
        """Return what tells no moment; nobody has to be called, but everybody came."""
        told = [name for name in NEEDED if self.told[name] or name == CAME]
        return next((self.told[name] for name in told if not self.moments[name]), None)

    def in_order(self) -> bool:
        times = [at for at in self.moments.values() if at]
        return times == sorted(times)

    def on_one_day(self) -> bool:
        return len({at.date() for at in self.moments.values() if at}) == 1


def _fault(row: _Row) -> Fault | None:
    shown = ((code, wrong(row)) for code, wrong in WRONG.items())
    return next((Fault(row.line, code, text) for code, text in shown if text is not None), None)


# What may be wrong with a line, in the order it is looked for: what to show of it, or None.
WRONG: Mapping[str, Callable[[_Row], str | None]] = {
    "short": lambda row: next((name for name in NEEDED if name not in row.cells), None),
    "no_moment": _Row.unread,
    "half_served": lambda row: "" if bool(row.told[CALLED]) != bool(row.told[DONE]) else None,
    "out_of_order": lambda row: None if row.in_order() else "",
    "other_day": lambda row: None if row.on_one_day() else row.told[DONE],
    "no_kind": lambda row: None if row.told[KIND] in KINDS else row.told[KIND],
    "no_answer": lambda row: None if row.told[BOOKED] in ANSWERS else row.told[BOOKED],
}
