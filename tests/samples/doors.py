"""The doors of the house, as those knock at them who said what the samples say."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from mingchuang.base.once import new_key
from mingchuang.cases.models import Case, Submission
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import a_dispatcher, a_person, code, the_handler, the_holder, the_town

CHANNELS = {"电话": "phone", "信件": "letter", "社区": "community"}
URGENCIES = {"一般": "normal", "紧急": "urgent", "特急": "critical"}


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


def say(sample: Sample, **more: object) -> Submission:
    """Somebody writes on the public page, without an account."""
    words = {**sample.words, "key": new_key(), **more}
    client = Client()
    answer = client.post(reverse("cases:say"), words)
    if answer.status_code == 200:
        answer = client.post(reverse("cases:say"), {**words, "joins": "none"})
    assert answer.status_code == 302, _errors(answer)
    return Submission.objects.order_by("pk").last()  # type: ignore[return-value]


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
    return Submission.objects.order_by("pk").last()  # type: ignore[return-value]


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


def in_hand(said: Submission, unit: Unit) -> tuple[Case, Client]:
    """Accepted, dispatched and signed for; who handles it."""
    deed(said.number, "accept")
    case = deed(said.number, "dispatch", unit=unit.pk)
    handler = seated(the_handler(case))
    return deed(said.number, "acknowledge", by=handler), handler


def answered(said: Submission, unit: Unit, text: str, disposition: str = "done") -> Case:
    _case, handler = in_hand(said, unit)
    return deed(said.number, "reply", by=handler, text=text, disposition=disposition)


def colleague(role: Role, unit: Unit | None = None) -> Person:
    return a_person(role, unit=unit or the_town())
