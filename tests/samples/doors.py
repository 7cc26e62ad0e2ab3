"""The doors of the house, as those knock at them who said what the samples say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from io import StringIO
from typing import Any, ClassVar

from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from mingchuang.base.once import new_key
from mingchuang.cases.models import Case, Submission
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import a_dispatcher, code, the_handler, the_holder, the_town

CHANNELS = {"电话": "phone", "信件": "letter", "社区": "community"}
URGENCIES = {"一般": "normal", "紧急": "urgent", "特急": "critical"}
CALLER = {"name": "冯小明", "phone": "13800000001"}
OTHER = {"name": "王芳", "phone": "13800000002"}


@dataclass(frozen=True)
class Sample:
    """One line of the samples: what somebody said, and what is to become of it."""

    id: str
    body: str
    type_code: str
    channel: str
    urgency: str
    test_note: str

    @property
    def words(self) -> dict[str, str]:
        return {"text": self.body, "kind": self.type_code}


@dataclass
class Story:
    """One sample on its way: who said it, and the case that came of it."""

    sample: Sample
    every: Mapping[str, Sample]
    _said: list[Submission] = field(default_factory=list)

    def heard(self, said: Submission) -> None:
        self._said = [said]

    @property
    def said(self) -> Submission:
        return Submission.objects.get(pk=self._said[0].pk)

    @property
    def case(self) -> Case:
        return Case.objects.get(submissions=self._said[0].pk)

    @property
    def handler(self) -> Client:
        return seated(the_handler(self.case))


class _AnyMoment(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


class HouseClock(metaclass=_AnyMoment):
    """The clock that Django reads, and so every page: some stories take weeks."""

    ahead: ClassVar = timedelta()

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) + cls.ahead


def wait_until(moment: datetime) -> None:
    """Let time go by until then; the next story begins today again."""
    assert moment > now()
    HouseClock.ahead += moment - now()


# What is done next, and in a few words what it came to; nothing where that need not be said.
Step = Callable[[Story], str]


def seated(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at_desk(role: Role, unit: Unit | None = None) -> Client:
    return seated(the_holder(role, unit or the_town()))


def page_of(client: Client, door: str, /, *args: object) -> str:
    """What somebody reads there."""
    answer = client.get(reverse(door, args=args))
    assert answer.status_code == 200, (door, answer.status_code)
    return answer.content.decode()


def sent(client: Client, door: str, /, *args: object, **words: object) -> Any:
    """Send a form; it was taken, and led on."""
    answer = client.post(reverse(door, args=args), words)
    assert answer.status_code == 302, (door, answer.status_code, _errors(answer))
    return answer


def _errors(answer: Any) -> object:
    form = (answer.context or {}).get("form")
    return form.errors if form else answer.content.decode()[:500]


def follow() -> None:
    """Let the house do what waits: seal, compare, read lists, remind."""
    call_command("follow", "--once", stdout=StringIO())


def say(sample: Sample, **more: object) -> Submission:
    """Somebody writes on the public page, without an account."""
    words = {**sample.words, "key": new_key(), **more}
    client = Client()
    answer = client.post(reverse("cases:say"), words)
    if answer.status_code == 200:
        answer = client.post(reverse("cases:say"), {**words, "joins": "none"})
    assert answer.status_code == 302, _errors(answer)
    return _newest()


def take_in(sample: Sample, **more: object) -> Submission:
    """Somebody calls, comes or writes, and the reception takes it in."""
    words = {
        **sample.words,
        "key": new_key(),
        "channel": CHANNELS.get(sample.channel, "counter"),
        "urgency": URGENCIES[sample.urgency],
        **more,
    }
    sent(at_desk(Role.RECEPTION), "cases:take_in", **words)
    return _newest()


def _newest() -> Submission:
    return Submission.objects.latest("pk")


def deed(number: str, name: str, *, by: Client | None = None, **words: object) -> Case:
    """A deed of the desk, by the dispatcher unless somebody else is named."""
    sent(by or seated(a_dispatcher()), "cases:deed", number, name, **words)
    return Case.objects.numbered(number).get()


def wish(said: Submission, name: str, **words: object) -> Submission:
    """What the holder of the receipt asks, by number and code."""
    sent(Client(), "cases:wish", said.number, code(said), name, **words)
    return Submission.objects.get(pk=said.pk)


def receipt(said: Submission) -> str:
    return page_of(Client(), "cases:receipt", said.number, code(said))


def in_hand(said: Submission, unit: Unit) -> Case:
    """Accepted, dispatched and signed for."""
    deed(said.number, "accept")
    case = deed(said.number, "dispatch", unit=unit.pk)
    return deed(said.number, "acknowledge", by=seated(the_handler(case)))
