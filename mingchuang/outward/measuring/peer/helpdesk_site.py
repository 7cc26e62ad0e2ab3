"""Runs with the Python of the peers: django-helpdesk as its documentation sets it up.

helpdesk.py prepare DATABASE TICKETS      tables, one public queue, one member of staff, tickets
helpdesk.py list DATABASE ROUNDS          how long the list of tickets takes, its rows included
helpdesk.py serve DATABASE PORT WORKERS THREADS   the public form, by the server we use ourselves
"""

import json
import sys
from datetime import timedelta
from random import Random
from time import perf_counter
from typing import Any
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

APPS = """
django.contrib.admin django.contrib.auth django.contrib.contenttypes django.contrib.humanize
django.contrib.messages django.contrib.sessions django.contrib.sites django.contrib.staticfiles
bootstrap4form rest_framework django_cleanup.apps.CleanupConfig helpdesk
"""
MIDDLEWARE = """
django.middleware.security.SecurityMiddleware whitenoise.middleware.WhiteNoiseMiddleware
django.contrib.sessions.middleware.SessionMiddleware django.middleware.locale.LocaleMiddleware
django.middleware.common.CommonMiddleware django.middleware.csrf.CsrfViewMiddleware
django.contrib.auth.middleware.AuthenticationMiddleware
django.contrib.messages.middleware.MessageMiddleware
django.middleware.clickjacking.XFrameOptionsMiddleware
"""
PROCESSORS = ["debug", "request", "i18n", "static", "tz"]
urlpatterns: list[Any] = []


def database(url: str) -> dict[str, Any]:
    if url.startswith("sqlite:///"):
        name = url.removeprefix("sqlite:///")
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        options = {"timeout": 30, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    at = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": at.path[1:],
        "USER": unquote(at.username or ""),
        "PASSWORD": unquote(at.password or ""),
        "HOST": unquote(at.hostname or ""),
        "PORT": at.port or "",
        # The connection is kept, as ours is: the peer is not to wait for a new one each time.
        "CONN_MAX_AGE": 600,
    }


def set_up(url: str) -> None:
    processors = [f"django.template.context_processors.{name}" for name in PROCESSORS]
    processors += ["django.contrib.auth.context_processors.auth"]
    processors += ["django.contrib.messages.context_processors.messages"]
    engine = "django.template.backends.django.DjangoTemplates"
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": database(url)},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_KANBAN_ENABLED=False,
        INSTALLED_APPS=[name for name in APPS.split() if _is_here(name)],
        LOGIN_URL="/login/",
        MIDDLEWARE=MIDDLEWARE.split(),
        ROOT_URLCONF=__name__,
        SECRET_KEY="measured, never served to anybody",  # noqa: S106
        SITE_ID=1,
        STATIC_URL="/static/",
        TEMPLATES=[
            {"BACKEND": engine, "APP_DIRS": True, "OPTIONS": {"context_processors": processors}}
        ],
        USE_TZ=True,
        WHITENOISE_USE_FINDERS=True,
    )
    django.setup()
    urlpatterns.append(path("", include("helpdesk.urls", namespace="helpdesk")))


def _is_here(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name.partition(".")[0]) is not None


def prepare(url: str, tickets: str) -> dict[str, Any]:
    set_up(url)
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.utils.timezone import now
    from helpdesk.models import Queue, Ticket

    call_command("migrate", interactive=False, verbosity=0)
    queue, _made = Queue.objects.get_or_create(
        slug="desk", defaults={"title": "窗口", "allow_public_submission": True}
    )
    staff, _made = get_user_model().objects.get_or_create(
        username="staff", defaults={"is_staff": True, "is_superuser": True}
    )
    dice, at = Random(1), now()
    Ticket.objects.bulk_create(
        (
            Ticket(
                title=f"第 {n} 件：路灯不亮",
                queue=queue,
                submitter_email=f"someone{n}@example.org",
                description="楼道灯坏了三天，晚上看不见台阶。请尽快派人来看一看。",
                # Every one of them is open, as is the whole of its list.
                status=1,
                priority=dice.randrange(1, 6),
                created=at - timedelta(hours=n),
                assigned_to=staff if n % 3 else None,
            )
            for n in range(int(tickets) - Ticket.objects.count())
        ),
        batch_size=500,
    )
    return {"queue": queue.pk, "tickets": Ticket.objects.count()}


def list_(url: str, rounds: str) -> dict[str, Any]:
    """The page, and the rows it fetches to fill its table, 25 of them."""
    set_up(url)
    from django.contrib.auth import get_user_model
    from django.test import Client
    from helpdesk.query import query_to_base64

    client = Client()
    client.force_login(get_user_model().objects.get(username="staff"))
    wanted = {
        "filtering": {"status__in": [1, 2]},
        "filtering_null": {},
        "sorting": "created",
        "sortreverse": False,
        "search_string": "",
    }
    rows = f"/datatables_ticket_list/{query_to_base64(wanted)}"
    asked = {"draw": "1", "start": "0", "length": "25", "order[0][column]": "5"}
    asked |= {"order[0][dir]": "desc", "search[value]": ""}
    times = []
    for _ in range(int(rounds)):
        began = perf_counter()
        page, answer = client.get("/tickets/"), client.get(rows, asked)
        times.append(perf_counter() - began)
        assert page.status_code == answer.status_code == 200, (page.status_code, answer)
        assert len(answer.json()["data"]) == 25, answer.json()
    return {"seconds": times}


def serve(url: str, port: str, workers: str, threads: str) -> None:
    set_up(url)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "helpdesk:application",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=int(threads),
        websockets=False,
        log_level=LogLevels.warning,
    ).serve(target_loader=lambda _target: get_wsgi_application())


DEEDS = {"prepare": prepare, "list": list_, "serve": serve}

if __name__ == "__main__":
    deed, *words = sys.argv[1:]
    # Django imports its urls by this name.
    sys.modules["helpdesk_site"] = sys.modules[__name__]
    answer = DEEDS[deed](*words)  # type: ignore[operator]
    print(json.dumps(answer))  # noqa: T201
