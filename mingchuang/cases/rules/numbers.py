"""Which number of a page of figures is meant, so that its rows can be asked for."""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from mingchuang.cases.rules.figures import DEFINITIONS, Name, Part

# Counted beside the rates: how many cases changed their type, from which to which.
RETYPED = "retyped"


@dataclass(frozen=True)
class Number:
    """A part of a rate, a plain measure, or a change of type from `old` to `new`.

    `reason` names one line of what was left out of a rate, `approver` the badge of who approved
    it; nobody approves that somebody could not be asked.
    """

    what: str
    part: Part = Part.DENOMINATOR
    reason: str = ""
    approver: str = ""
    old: str = ""
    new: str = ""

    @property
    def asked(self) -> str:
        """The number as it stands in the address of its rows."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def is_whole(self) -> bool:
        """Say whether it is named by all that names such a number, and by nothing else."""
        left, change = (self.reason, self.approver), (self.old, self.new)
        if self.what == RETYPED:
            return all(change) and not any(left)
        if self.reason and self.what in DEFINITIONS and self.part == Part.EXCLUDED:
            unheard = self.reason in DEFINITIONS[Name(self.what)].unheard
            return unheard != bool(self.approver) and not any(change)
        return not any(left + change)
