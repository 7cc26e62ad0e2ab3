"""The first account of a new installation is opened in the shell."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mingchuang.ledger.queries import entries_of
from mingchuang.people.management.commands import createsuperuser
from mingchuang.people.models import Person

pytestmark = pytest.mark.django_db


def _open(monkeypatch: pytest.MonkeyPatch, password: str, badge: str = "A-1") -> str:
    told = StringIO()
    monkeypatch.setattr(createsuperuser, "getpass", lambda _: password)
    call_command("createsuperuser", "root", name="陈立", badge=badge, stdout=told)
    return told.getvalue()


def test_the_first_administrator_may_enter_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    told = _open(monkeypatch, "hao-yun-lai-2026")

    person = Person.objects.get(username="root")
    assert person.is_administrator
    assert person.check_password("hao-yun-lai-2026")
    assert "两步登录" in told
    assert entries_of("person:A-1").get().verb == "person.added"


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match=r"这个密码太常见了。 密码只包含数字。$"):
        _open(monkeypatch, "123")

    assert not Person.objects.exists()


def test_a_second_one_of_the_same_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _open(monkeypatch, "hao-yun-lai-2026")

    with pytest.raises(CommandError, match="已经有人使用"):
        _open(monkeypatch, "hao-yun-lai-2026")


def test_a_badge_nobody_could_read_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="工号只用字母、数字和短横线"):
        _open(monkeypatch, "hao-yun-lai-2026", badge="一号 <陈>")

    assert not Person.objects.exists()
