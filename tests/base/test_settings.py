"""What an operator may write, and the sentence they get for what cannot be read."""

import subprocess
from pathlib import Path

import pytest

from tests.tools.serving import environment, mingchuang

SHOWN = "from django.conf import settings; print(settings.ALLOWED_HOSTS, settings.MFA_ROLES)"


def _run(words: list[str], home: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    environ = environment(home) | given
    return subprocess.run(words, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("MINGCHUANG_PROXIES", "one"),
        ("MINGCHUANG_PROXIES", "-1"),
        ("MINGCHUANG_LIMIT_SAY", "many"),
        ("MINGCHUANG_LIMIT_LOOK", "0"),
        ("MINGCHUANG_MFA_ROLES", "admin"),
        ("MINGCHUANG_HTTPS", "true"),
        ("MINGCHUANG_LOG", "LOUD"),
        ("MINGCHUANG_EMAIL_URL", "smtp://mail:many"),
        ("MINGCHUANG_EMAIL_URL", "mail.example.cn"),
        ("MINGCHUANG_SMS_URL", "sms.example.cn/secret"),
        ("MINGCHUANG_SMS_URL", "https://name:secret@host:many/send"),
        ("DATABASE_URL", "foo://secret@host/name"),
        ("DATABASE_URL", "mysql://secret@host/name"),
        ("DATABASE_URL", "postgres://secret@host:many/name"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    tmp_path: Path, name: str, written: str
) -> None:
    ended = _run(mingchuang("receipt"), tmp_path, **{name: written})

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"环境变量 {name} 写错了：")
    assert ended.stderr.count("\n") == 1
    assert "secret" not in ended.stderr


def test_a_home_that_cannot_be_made_is_a_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    ended = _run(mingchuang("receipt"), tmp_path / "file" / "home")

    assert ended.returncode == 2
    assert ended.stderr.startswith("环境变量 MINGCHUANG_HOME 写错了：")


def test_blanks_around_commas_mean_nothing(tmp_path: Path) -> None:
    lists = {"MINGCHUANG_HOSTS": " a, b ,,c ", "MINGCHUANG_MFA_ROLES": "auditor, handler"}

    shown = _run([*mingchuang()[:-1], SHOWN], tmp_path, **lists)

    assert shown.stdout.startswith("['a', 'b', 'c']")
    assert "auditor" in shown.stdout
    assert "handler" in shown.stdout


def test_what_is_written_is_for_nobody_else_on_the_machine(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)

    ended = _run(mingchuang("migrate", "--verbosity", "0"), tmp_path / "home")

    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert ended.returncode == 0
    assert {path.stat().st_mode & 0o077 for path in written} == {0}
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
