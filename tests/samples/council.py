"""The residents' council from the first word to the last: the ways of S009, S010, S012 and S013."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO, StringIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from docx import Document
from PIL import Image, ImageDraw

from mingchuang.base.once import new_key
from mingchuang.council.models import Check, OwnersBallot, Sitting, Stakeholder, Topic
from mingchuang.council.rules.flats import NEEDED
from mingchuang.people.rules.masking import mask_name
from tests.build import the_town
from tests.cases.batches.build import a_workbook
from tests.council.build import a_convenor
from tests.samples.doors import (
    CALLER,
    Step,
    Story,
    deed,
    page_of,
    receipt,
    seated,
    sent,
    take_in,
    wait_until,
)

A_MINUTE, AN_HOUR, A_DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHED = {
    "title": "车棚里住人怎么办",
    "background": "车棚里住着一位坐轮椅的老人，邻居担心起火。",
    "options": "暂时继续住，附条件\n搬到一楼",
    "legal": "deliberation",
}
GREEN = {
    "title": "绿化带要不要改停车位",
    "background": "晚上没有地方停车，消防通道被占。",
    "options": "改一半，另一半种树\n不改",
    "legal": "ballot",
}
TANK = {
    "title": "化粪池怎么修，谁出钱",
    "background": "旧楼门口地面开裂，化粪池常堵。",
    "options": "用维修资金，不够的分摊\n全部分摊",
    "legal": "ballot",
}
# Who comes: their phone, where they live, and where they stand.
PARTY, NEAR, ABOVE = ("李建国", "13812340002"), ("周敏慧", "13812340003"), ("陈海燕", "13812340004")
COMING = {PARTY: ("1幢201", "support"), NEAR: ("3幢102", "oppose"), ABOVE: ("3幢502", "")}


def convenor() -> Client:
    """Weeks go by between two deeds: who convenes signs in anew for each."""
    return seated(a_convenor())


def typed(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%dT%H:%M}"


@dataclass
class Round:
    """A topic on its way, by its number; the links of who registered, by their names;
    and who was written down on paper, by their number on the register."""

    number: str
    pk: int
    links: dict[str, str] = field(default_factory=dict)
    on_paper: list[int] = field(default_factory=list)

    def desk(self, door: str, *more: object, **words: object) -> None:
        sent(convenor(), f"council:{door}", self.number, *more, **words)

    def sitting(self, name: str, **words: object) -> None:
        self.desk("sitting_deed", 1, name, **words)

    def joins(self, name: str, phone: str, household: str, camp: str = "") -> None:
        """They register on the page of the topic, and keep the link of their own page."""
        said = {"name": name, "phone": phone, "household": household, "camp": camp}
        led = sent(Client(), "council:join", self.number, affected="near", **said, key=new_key())
        self.links[name] = led["Location"].rstrip("/").rpartition("/")[2]

    def writes_down(self, name: str, **words: object) -> None:
        """Whoever has no phone is written down by the convenor."""
        self.desk("add", name=name, key=new_key(), **words)
        self.on_paper.append(Stakeholder.objects.latest("pk").number)

    def by_link(self, name: str, door: str, *more: object, **words: object) -> None:
        sent(Client(), f"council:{door}", self.links[name], *more, **words)

    def number_of(self, name: str) -> int:
        return Stakeholder.objects.get(code=self.links[name]).number

    def at(self, door: str, *more: object) -> str:
        return reverse(f"council:{door}", args=[self.number, *more])

    def page(self, door: str, *more: object, by: Client | None = None) -> str:
        return page_of(by or convenor(), f"council:{door}", self.number, *more)


def proposed(matter: Mapping[str, str], *, case: str = "", follows: str = "") -> Round:
    """The convenor proposes it, and opens its register."""
    words = {**matter, "unit": the_town().pk, "follows": follows, "key": new_key()}
    made = convenor().post(reverse("council:propose") + f"?case={case}", words)
    assert made.status_code == 302
    made_of = Topic.objects.latest("pk")
    topic = Round(made_of.number, made_of.pk)
    topic.desk("deed", "open")
    return topic


def drawn(topic: Round, *, seats: int) -> None:
    """The register is closed, the lottery promised, and the dice thrown an hour later."""
    topic.desk("deed", "close", sure="on")
    topic.desk("ask_lottery", size=seats, share=30, meant_for=seats)
    call_command("reckon", stdout=StringIO())
    due = now() + AN_HOUR
    promise = {"randomness": "dice", "due_at": typed(due), "announced": "居委会二楼，当众掷。"}
    topic.desk("lottery_deed", "promise", **promise)
    wait_until(due)
    topic.desk("lottery_deed", "draw", dice="4,7,1")


def called(topic: Round) -> datetime:
    """A sitting is called for ten o'clock, nine days ahead; return when it begins."""
    begins = localtime(now() + 9 * A_DAY).replace(hour=10, minute=0, second=0, microsecond=0)
    leads = a_convenor().pk
    enough = {"seats_percent": 50, "opponents_percent": 30, "opponents_least": 2}
    topic.desk(
        "convene",
        begins_at=typed(begins),
        place="居委会二楼",
        agenda="看现场，说意见，表决。",
        moderator=leads,
        recorder=leads,
        key=new_key(),
        **enough,
    )
    return begins


def invited(topic: Round, number: int, channel: str) -> None:
    """Somebody is asked by voice, and says that they come."""
    topic.desk("invitation_deed", number, "try", channel=channel, outcome="accepted")


def opened(topic: Round) -> None:
    """Who was drawn says on their own page that they come, and signs in there on the day; to who
    has none somebody goes, and writes down that they came."""
    begins = called(topic)
    for number in topic.on_paper:
        invited(topic, number, "door")
    for name in topic.links:
        topic.by_link(name, "answer", answer="accepted")
    wait_until(begins + A_MINUTE)
    topic.sitting("open")
    word = Sitting.objects.get(topic=topic.pk).word
    for name in topic.links:
        topic.by_link(name, "my_deed", 1, "sign-in", word=word)
    for number in topic.on_paper:
        topic.sitting("sign", who=number)


def voted(topic: Round, *, against: int = 1) -> None:
    """It is said, voted and written down; they part."""
    seats = Stakeholder.objects.filter(topic=topic.pk).count()
    topic.sitting("say", who=topic.number_of(NEAR[0]), text="我担心晚上起火。")
    votes = {"in_favour": seats - against, "against": against, "abstained": 0}
    topic.sitting("vote", option=1, method="hands", **votes)
    topic.sitting("write", seen="看了现场。", outcome="多数同意第一种。", dissent="一人不同意。")
    topic.sitting("close")


def decided(topic: Round, text: str, *promised: Mapping[str, object]) -> None:
    """What came of it is recorded, with who does what."""
    rows = {
        f"form-{n}-{name}": value for n, one in enumerate(promised) for name, value in one.items()
    }
    many = {"form-TOTAL_FORMS": len(promised), "form-INITIAL_FORMS": 0}
    topic.desk("decide", 1, text=text, options="1", way="decide", **many, **rows)


def frozen(topic: Round) -> None:
    """Who was there gets three days to read the minutes; then nobody changes them any more."""
    until = now() + 3 * A_DAY
    topic.sitting("send", until=typed(until))
    wait_until(until)
    topic.sitting("freeze")


def voted_on_the_green() -> Round:
    """Three neighbours sit about parking on the green, and vote; nobody registered as against."""
    topic = proposed(GREEN)
    for who, (household, _camp) in COMING.items():
        topic.joins(*who, household)
    drawn(topic, seats=len(COMING))
    opened(topic)
    voted(topic)
    decided(topic, "一半改停车位，另一半种树。")
    return topic


def decided_with_conditions_and_checks(story: Story) -> str:
    """The proposal of the community becomes a topic; at the sitting two ask for conditions, which
    are promised with who answers for them; on the first of the days somebody goes and looks."""
    story.heard(take_in(story.sample, **CALLER))
    deed(story.said.number, "accept")
    deed(story.said.number, "dispatch", unit=the_town().pk)
    topic = proposed(SHED, case=story.said.number)
    lives = {"affected": "direct", "must_because": "住在车棚里", "household": "车棚东头"}
    topic.writes_down("王秀英", **lives)
    for who, (household, camp) in COMING.items():
        topic.joins(*who, household, camp)
    drawn(topic, seats=4)
    opened(topic)
    fire, wires = "不动用明火", "定期检查线路电器"
    topic.by_link(NEAR[0], "say", 1, stance="if", text=fire)
    topic.by_link(PARTY[0], "say", 1, stance="if", text=wires)
    voted(topic)
    first = localdate() + 30 * A_DAY
    by = {
        "obligor": "社区工作人员",
        "how": "到现场看，拍照",
        "first_on": first,
        "rhythm": "monthly",
    }
    by["last_on"] = first + 70 * A_DAY
    decided(
        topic,
        "可以继续住，附条件。",
        {"text": fire, "condition": "1-1", **by},
        {"text": wires, "condition": "1-2", **by},
    )
    frozen(topic)
    topic.desk("decision_deed", "publish", days=7)
    wait_until(now() + 30 * A_DAY)
    looked = Check.objects.filter(commitment__text=wires).earliest("due_on")
    topic.desk("check", looked.pk, found="passed", note="线路没有老化。", sure="on")

    page = topic.page("decision", by=Client())
    minutes = topic.page("minutes", 1, by=Client())
    linked = page_of(convenor(), "council:of_case", story.case.number)
    many = Check.objects.filter(commitment__text=fire).count()
    looked.refresh_from_db()
    assert topic.number in linked
    assert [word for word in (fire, wires, "社区工作人员") if word not in page] == []
    assert [word for word in (fire, wires) if word not in minutes] == []
    assert "线路没有老化。" in page
    assert Topic.objects.get().decisions.get().force == "binding"
    assert (looked.result, many) == ("passed", 3)
    return f"a binding decision with two conditions, {many} days of inspection, one passed"


def called_to_the_next_round(story: Story) -> str:
    """The complaint objects to what was decided, leads to its minutes, and who made it must be
    invited to the next sitting: until then its page says that somebody is missing."""
    first = voted_on_the_green()
    frozen(first)
    first.desk("decision_deed", "publish", days=7)
    story.heard(take_in(story.sample, **CALLER))
    deed(story.said.number, "accept")
    deed(story.said.number, "dispatch", unit=the_town().pk)
    first.desk("decision_deed", "case", case=story.said.number, key=new_key())
    linked = page_of(convenor(), "council:of_case", story.said.number)

    again = proposed({**GREEN, "title": "绿化带再议一次"}, follows=first.number)
    for who in (PARTY, NEAR):
        again.joins(*who, COMING[who][0])
    drawn(again, seats=3)
    called(again)
    before = again.page("inviting")
    objector = Stakeholder.objects.get(topic=again.pk, camp="oppose")
    invited(again, objector.number, "call")

    after, ballot = again.page("inviting"), again.page("call_ballot")
    own = page_of(Client(), "council:me", objector.code)
    assert first.at("minutes", 1) in linked
    assert (objector.requester.name, objector.objection) == (CALLER["name"], story.said.number)
    assert "还有 1 位没有按规定请到" in before
    assert again.at("invitation", objector.number) in before
    assert "都已按规定请到" in after
    assert "居委会二楼" in own
    assert "（八）改变共有部分的用途" in ballot
    assert Topic.objects.get(pk=first.pk).decisions.get().force == "proposal"
    assert not OwnersBallot.objects.exists()
    return "linked to the minutes; its caller had to be, and was, invited next; a ballot apart"


def a_photo() -> SimpleUploadedFile:
    """A photo of the sitting in which somebody has covered the face."""
    image = Image.new("RGB", (120, 90), "teal")
    ImageDraw.Draw(image).rectangle((40, 20, 80, 60), "black")
    image.save(file := BytesIO(), "PNG")
    return SimpleUploadedFile("会场.png", file.getvalue(), "image/png")


def public_minutes_name_nobody(story: Story) -> str:
    """Who was not there reads the minutes and sees the photo: no name stands in them, and no photo
    comes in before somebody says that its faces are covered. Who is who, the staff alone read."""
    topic, anybody = voted_on_the_green(), Client()
    shot = {"photo": a_photo(), "caption": "会场"}
    bare = convenor().post(topic.at("sitting_deed", 1, "shot"), shot)
    topic.sitting("shot", **{**shot, "photo": a_photo()}, covered="on")
    text, file = topic.at("minutes", 1), topic.at("minutes_file", 1)
    open_to_all = [text, file, topic.at("shot", 1, 1)]
    shut = [_status(anybody, path) for path in open_to_all]
    frozen(topic)

    story.heard(take_in(story.sample, **CALLER))
    told = f"会议记录和现场照片在 {text}"
    deed(story.said.number, "answer", text=told, disposition="done")
    page = topic.page("minutes", 1, by=anybody)
    paper = Document(BytesIO(anybody.get(file).content))
    words = page + "".join(one.text for one in paper.paragraphs)
    inside = topic.page("register")
    looked = convenor().post(topic.at("reveal", 1))
    assert told in receipt(story.said)
    assert (bare.status_code, shut) == (422, [404, 404, 404])
    assert [_status(anybody, path) for path in open_to_all] == [200, 200, 200]
    assert "我担心晚上起火。" in page
    assert [name for name in topic.links if name in words] == []
    assert _status(anybody, topic.at("register")) == 302
    assert mask_name(PARTY[0]) in inside
    assert PARTY[0] in looked.content.decode()
    return f"public and naming none of {len(topic.links)}, faces covered; who is who stays inside"


def costs_are_shared_in_the_open(story: Story) -> str:
    """The owners vote whether the fund is used, by more than half of them; what is left is shared,
    each payment a line of an account that everybody reads, whoever has not paid named to nobody."""
    story.heard(take_in(story.sample, **CALLER))
    deed(story.said.number, "accept")
    deed(story.said.number, "dispatch", unit=the_town().pk)
    topic = proposed(TANK, case=story.said.number)
    flats = [f"1幢{n}01" for n in range(1, 5)]
    rows = ((one, 100, f"业主{one}") for one in flats)
    book = SimpleUploadedFile("房.xlsx", a_workbook(*rows, header=NEEDED))
    taken = convenor().post(topic.at("import_flats"), {"workbook": book})
    until = now() + 10 * A_DAY
    asked = {"question": "同意用维修资金修化粪池吗？", "matter": "use_fund", "key": new_key()}
    topic.desk("call_ballot", opens_at=typed(now()), closes_at=typed(until), **asked)
    for flat, choice in zip(flats, ("for", "for", "for", "against"), strict=True):
        topic.desk("enter_vote", 1, label=flat, choice=choice, filed=f"P-{flat}")
    wait_until(until + A_MINUTE)
    for step in ("close", "publish"):
        topic.desk("ballot_deed", 1, step)
    left = {"title": "修化粪池，维修资金以外", "total": "1280.50", "basis": "equal", "floors": ""}
    topic.desk("draw_up", key=new_key(), **left)
    topic.desk("cost_deed", 1, "fix")
    for n, flat in enumerate(flats[:3]):
        paid = {"label": flat, "amount": "320.12", "paper": f"SK-{n}", "on": localdate()}
        topic.desk("cost_deed", 1, "collect", key=new_key(), **paid)
    spent = {"why": "化粪池清掏", "amount": "600", "paper": "FP-1", "on": localdate()}
    topic.desk("cost_deed", 1, "spend", key=new_key(), **spent)

    ballot = topic.page("public_ballot", 1, by=Client())
    account = topic.page("public_cost", 1, by=Client())
    inside = topic.page("cost", 1)
    assert taken.status_code == 200
    assert "同意用维修资金修化粪池吗？" in ballot
    assert "表决通过" in ballot
    told = ("1,280.50", "960.36", "600.00", "化粪池清掏")
    assert [word for word in told if word not in account] == []
    assert [flat for flat in flats if flat in account] == []
    assert [flat for flat in flats if flat not in inside] == []
    return "the fund voted for by three of four; the rest shared, paid and spent in the open"


def _status(client: Client, path: str) -> int:
    answer = client.get(path)
    b"".join(answer)
    return answer.status_code


WAYS: Mapping[str, tuple[Step, ...]] = {
    "S009": (decided_with_conditions_and_checks,),
    "S010": (called_to_the_next_round,),
    "S013": (costs_are_shared_in_the_open,),
    "S012": (public_minutes_name_nobody,),
}
