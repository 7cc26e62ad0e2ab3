"""How every deed about an inspection is written down."""

from datetime import datetime

from mingchuang.cases.rules.photo import Photo
from mingchuang.ledger.actions import record
from mingchuang.ledger.rules.canonical import JSON
from mingchuang.people.models import Person
from mingchuang.reviews import errors
from mingchuang.reviews.actions._photos import shelved
from mingchuang.reviews.models import Act, Inspection, Mark, Shot
from mingchuang.reviews.queries.inspections import inspection_for
from mingchuang.reviews.rules.inspections import DUTIES, STEPS, Deed, State, may_step

VERBS = {
    Deed.PLAN: "inspection.arranged",
    Deed.FINISH: "inspection.walked",
    Deed.HAND_OVER: "inspection.entrusted",
    Deed.ANSWER: "inspection.answered",
    Deed.UNDO: "inspection.undone",
    Deed.CALL_OFF: "inspection.called_off",
}


def take(pk: int, deed: Deed, *, by: Person) -> Inspection:
    """Lock the inspection and take the step, or refuse in words."""
    found = inspection_for(by, pk, duty=DUTIES[deed], lock=True)
    if not may_step(State(found.state), deed):
        raise errors.NotSuchAWalk(state=found.get_state_display())
    found.state = STEPS[deed][1]
    return found


def done(act: Act, *, by: Person, at: datetime, named: bool = True, **facts: JSON) -> Inspection:
    """Keep the inspection as it stands now, and write down what was done; who came to see without
    a word is told to nobody."""
    inspection, act.by, act.at = act.inspection, by, at
    who: dict[str, JSON] = {"by": by.badge} if named else {}
    verb = VERBS[Deed(act.deed)]
    act.entry = record(verb, inspection.subject, at=at, digest=act.digest, **who, **facts)
    inspection.save()
    act.save()
    return inspection


def keep_shot(mark: Mark, photo: Photo, *, at: datetime) -> Shot:
    """Keep a photo with what it shows."""
    return Shot.objects.create(mark=mark, size=len(photo.jpeg), at=at, **shelved(photo))
