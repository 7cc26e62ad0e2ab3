"""Chinese is the source; English is complete, and what is compiled is what is written."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localdate, now
from pytest_django.fixtures import Settings

from mingchuang.cases.actions.pleas import ask_pause, propose_kind
from mingchuang.cases.forms.deeds import ReplyForm
from mingchuang.cases.models import Plea, Submission
from mingchuang.cases.views.inbox import VIEWS
from mingchuang.cases.views.receipt import WISHES
from tests.build import a_case, code
from tests.doors import DOORS, TASKS
from tests.town import Town, Who, a_town

PACKAGE = Path(__file__).parent.parent / "mingchuang"
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogue as it would be written from the sources of today."""
    copy = tmp_path_factory.mktemp("words") / "mingchuang"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    words = ["makemessages", "--locale", "en", "--no-obsolete", "--add-location", "file"]
    subprocess.run(
        [sys.executable, "-m", "django", *words],
        cwd=copy,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "", "LANG": "C.UTF-8"},
        check=True,
        capture_output=True,
    )
    return copy / CATALOGUE


def entries(catalogue: Path) -> list[str]:
    return [part for part in catalogue.read_text(encoding="utf-8").split("\n\n")[1:] if part]


def test_no_sentence_is_left_without_its_english(fresh: Path) -> None:
    bare = [entry for entry in entries(fresh) if re.search(r'msgstr(?:\[\d\])? ""\n*$', entry)]
    doubtful = [entry for entry in entries(fresh) if ", fuzzy" in entry]

    assert not bare + doubtful, "\n\n".join((bare + doubtful)[:20])


def test_the_catalogue_holds_no_sentence_that_is_gone(fresh: Path) -> None:
    def sources(path: Path) -> set[str]:
        return {re.sub(r"^#.*\n|msgstr[\s\S]*", "", e, flags=re.MULTILINE) for e in entries(path)}

    assert sources(PACKAGE / CATALOGUE) == sources(fresh)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_compiled_catalogue_is_the_written_one(language: str, tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    written = PACKAGE / f"locale/{language}/LC_MESSAGES/django.po"

    subprocess.run(["msgfmt", "--check-format", "-o", compiled, written], check=True)

    assert compiled.read_bytes() == written.with_suffix(".mo").read_bytes()


def test_an_empty_field_is_spoken_of_as_a_clerk_would() -> None:
    form = ReplyForm({"text": "答" * 20_001})

    assert form.errors["disposition"] == ["这一项还空着，请填写或选择。"]
    assert form.errors["text"] == ["最多写 20000 个字，现在是 20001 个。"]


# Chinese letters and marks. The wide blank that indents a unit in a list is neither.
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff01-\uff65]+")
# The button that leads back to Chinese says so in Chinese.
WAY_BACK = re.compile(r'<button[^>]* lang="zh-Hans"[^>]*>中文</button>')


class Look(NamedTuple):
    who: Who
    method: str
    path: str


class Readers:
    """Everybody of the town, reading English; whatever a look changes is undone."""

    def __init__(self, town: Town) -> None:
        self.clients = {who: Client(headers={"accept-language": "en"}) for who in Who}
        for who, person in town.people.items():
            self.clients[who].force_login(person)

    def miss(self, looks: Iterable[Look]) -> dict[Look, list[str]]:
        """Return what these looks meet that has no English."""
        left = {look: self._chinese_at(look) for look in looks}
        return {look: words for look, words in left.items() if words}

    def _chinese_at(self, look: Look) -> list[str]:
        with transaction.atomic():
            response: Any = getattr(self.clients[look.who], look.method)(look.path)
            page = response.getvalue().decode(errors="replace")
            is_page = response.get("Content-Type", "").startswith("text/html")
            left = in_chinese(page) if is_page else []
            transaction.set_rollback(True)
        return left


# A few words of what somebody wrote, marked as theirs.
THEIRS = re.compile(r'<b(?: class="tag")? lang="zh-Hans">([^<]*)</b>')


def in_chinese(page: str) -> list[str]:
    lines = typed()
    said = "\n".join(lines)
    ours = WAY_BACK.sub("", page)
    ours = THEIRS.sub(lambda found: "" if unescape(found[1]) in said else found[0], ours)
    for line in lines:
        ours = ours.replace(escape(line), "").replace(line, "")
    return CHINESE.findall(ours)


def typed() -> list[str]:
    """Return each line of Chinese the database holds: what is typed is shown as it is."""
    tables = apps.get_models()
    rows = (row for table in tables for row in table._default_manager.values_list())
    texts = (value for row in rows for value in row if isinstance(value, str))
    lines = {line for text in texts for line in text.splitlines() if CHINESE.search(line)}
    return sorted(lines, key=len, reverse=True)


@pytest.fixture
def town(settings: Settings) -> Town:
    settings.TOWN = "Yongjiang"
    return a_town()


@pytest.fixture
def readers(town: Town) -> Readers:
    return Readers(town)


def at_every_door(town: Town) -> Iterator[Look]:
    """Look in wherever somebody is let in, and send every form empty."""
    for name, door in DOORS.items():
        path = reverse(name, args=door.way(town)) + door.query
        look_in = [Look(who, "get", path) for who in Who if door.get[who] == 200]
        send = [Look(who, "post", path) for who in Who if door.post[who] in {200, 302, 422}]
        yield from {*look_in[:1], *look_in[-1:], *send[:1], *send[-1:]}


def at_every_case(town: Town) -> Iterator[Look]:
    late = a_case("handling", unit=town.unit)
    for case in (*town.cases.values(), late):
        path = reverse("cases:case", args=[case.number])
        yield from (Look(who, "get", path) for who in (Who.DISPATCHER, Who.HANDLER))
    for name, task in TASKS.items():
        path = reverse("cases:deed", args=[town.cases[task.state].number, name])
        yield from (Look(who, how, path) for who in task.by for how in ("get", "post"))
    yield from (Look(Who.DISPATCHER, "get", f"/desk/?view={view}") for view in VIEWS)


def at_every_plea(town: Town) -> Iterator[Look]:
    case, review_on = town.cases["handling"], localdate() + timedelta(days=9)
    ask_pause(case.number, "…", review_on=review_on, by=town.people[Who.HANDLER], at=now())
    propose_kind(case.number, "…", kind="inquiry", by=town.people[Who.HANDLER], at=now())
    yield Look(Who.SUPERVISOR, "get", reverse("cases:case", args=[case.number]))
    for plea in Plea.objects.all():
        yield Look(Who.DISPATCHER, "get", reverse("cases:plea", args=[plea.pk]))


def at_every_receipt() -> Iterator[Look]:
    for said in Submission.objects.all():
        yield Look(Who.ANONYMOUS, "get", reverse("cases:receipt", args=[said.number, code(said)]))
    for wish in WISHES:
        path = reverse("cases:wish", args=[said.number, code(said), wish.name])
        yield from (Look(Who.ANONYMOUS, method, path) for method in ("get", "post"))


@pytest.mark.django_db
def test_no_chinese_is_met_at_any_door_in_english(readers: Readers, town: Town) -> None:
    assert readers.miss(at_every_door(town)) == {}


@pytest.mark.django_db
def test_no_chinese_is_met_on_any_case_in_english(readers: Readers, town: Town) -> None:
    assert readers.miss([*at_every_case(town), *at_every_plea(town)]) == {}


@pytest.mark.django_db
def test_no_chinese_is_met_on_any_receipt_in_english(readers: Readers) -> None:
    assert readers.miss(at_every_receipt()) == {}


@pytest.mark.django_db
def test_an_empty_wall_speaks_english_too(settings: Settings) -> None:
    settings.TOWN = "Yongjiang"
    client = Client(headers={"accept-language": "en"})
    walls = ["/", "/answers/", "/guides/", "/notices/", "/standards/", "/halls/", "/ledger/"]

    pages = {wall: client.get(wall).content.decode() for wall in walls}

    assert {wall: left for wall, page in pages.items() if (left := in_chinese(page))} == {}


@pytest.mark.django_db
def test_administrators_meet_no_chinese_in_english(readers: Readers) -> None:
    front = readers.clients[Who.ADMINISTRATOR].get("/admin/")
    tables = [table for app in front.context["available_apps"] for table in app["models"]]
    paths = [table[url] for table in tables for url in ("admin_url", "add_url") if table[url]]

    looks = [Look(Who.ADMINISTRATOR, how, path) for path in paths for how in ("get", "post")]

    assert readers.miss([Look(Who.ADMINISTRATOR, "get", "/admin/"), *looks]) == {}
