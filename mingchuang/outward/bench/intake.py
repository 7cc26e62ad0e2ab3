"""Taking in what people say, through the real form of the real server on PostgreSQL: how many
statements one create costs, and how many submissions a second are accepted, beside what `pgbench`
reaches with the same inserts and `django-helpdesk` with its public form, on the same server with
the same number of workers. The crowd that sends the forms runs on the same machine. Its words are
letters by chance, each time others, as hardly two people say the same; among a thousand earlier
cases and all that came in meanwhile the form looks for what neighbours said, as it always does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test import Client

from mingchuang.cases.actions.alike import keep_words
from mingchuang.cases.models import Submission
from mingchuang.cases.queries.common_words import newly_counted
from mingchuang.outward.errors import OtherDatabase
from mingchuang.outward.management.commands.serve import THREADS
from mingchuang.outward.measuring.asked import Asked, Found
from mingchuang.outward.measuring.crowd import (
    DIGITS,
    LETTERS,
    SPOKEN,
    UNIQUE,
    Crowd,
    Taken,
    sent_by,
)
from mingchuang.outward.measuring.fill.filling import fill
from mingchuang.outward.measuring.peers import ask_peer, peer_versions, peers
from mingchuang.outward.measuring.pgbench import rate, script_of
from mingchuang.outward.measuring.results import (
    Row,
    ours_at_most,
    ratio_at_least,
)
from mingchuang.outward.measuring.serving import free_port, ours, running
from mingchuang.outward.measuring.statements import heard
from mingchuang.outward.measuring.times import p95
from mingchuang.outward.measuring.towns import address_of_town, scratch

PEER = "django-helpdesk"
SITE = Path(__file__).parent.parent / "measuring" / "peer" / "helpdesk_site.py"
FORM, PEER_FORM = "/say/", "/tickets/submit/"
EARLIER = 1000
# Numbers that stand for nothing else in a statement, so that they can be found in it.
APART = {"ledger_entry": 910_000_000, "cases_case": 920_000_000, "people_requester": 930_000_000}


def measure(asked: Asked) -> Found:
    if connection.vendor != "postgresql":
        raise OtherDatabase(wanted="PostgreSQL")
    peers()
    crowd = Crowd(seconds=asked.seconds)
    with scratch("intake"):
        fill(EARLIER, at=asked.at)
        if words := newly_counted(asked.at):
            keep_words(words, at=asked.at)
        said = one_create()
        asked.tell("mingchuang …")
        with _served(asked, address_of_town()) as port:
            fields = _fields(UNIQUE, SPOKEN, name=f"王{UNIQUE}", phone=f"138{DIGITS}")
            taken = sent_by(crowd, port, FORM, fields, answer={"joins": "none"})
        asked.tell("pgbench …")
        most = rate(
            script_of(inserts(said[0]), said[1]),
            address_of_town(),
            clients=crowd.processes * crowd.people,
            seconds=asked.seconds,
        )
    asked.tell(f"{PEER} …")
    theirs = _peer(asked, crowd)
    return Found(
        _rows(said[0], taken, most, theirs), peer_versions(PEER), _notes(asked, crowd, taken)
    )


def one_create() -> tuple[list[str], dict[str, str]]:
    """Send the form once, in this process; return its statements, and what is new in each.

    Every statement counts, also those of the counter of attempts and of the savepoints.
    """
    with connection.cursor() as cursor:
        for table, number in APART.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, number])
    client, key = Client(SERVER_NAME="localhost"), "one-create-" + "0" * 21
    client.get(FORM)
    with heard() as said:
        client.post(FORM, _fields(key, "".join(LETTERS[:100])))
    kept = Submission.objects.select_related("requester", "entry").get(key=key)
    requester = kept.requester
    assert requester is not None
    renewed = {
        f"'{key}'": "gen_random_uuid()::text",
        f"'{requester.handle.hex}'::uuid": "gen_random_uuid()",
        str(kept.case_id): ":cases_case_id",
        str(kept.entry_id): ":ledger_entry_id",
        str(requester.entry_id): ":ledger_entry_id",
        str(requester.pk): ":people_requester_id",
    }
    return said, renewed


def inserts(said: list[str]) -> list[str]:
    """Return what a create writes in its transaction; the counter of attempts has its own."""
    return [one for one in said if one.startswith("INSERT") and "people_attempt" not in one]


def _fields(
    key: str, said: str, *, name: str = "王演示", phone: str = "13800000001"
) -> dict[str, str]:
    who = {"name": name, "phone": phone}
    return {"key": key, "text": f"{said}。", "kind": "complaint", "place": "北斗巷", **who}


@contextmanager
def _served(asked: Asked, database: str) -> Iterator[int]:
    port = free_port()
    with running(ours(port, database=database, workers=asked.workers), port):
        yield port


def _peer(asked: Asked, crowd: Crowd) -> Taken:
    with scratch("helpdesk_intake", tables=False):
        address, port = address_of_town(), free_port()
        queue = ask_peer(SITE, "prepare", address, "0")["queue"]
        form = {"queue": str(queue), "title": UNIQUE, "body": f"{SPOKEN}。", "priority": "3"}
        form["submitter_email"] = "someone@example.org"
        words = ["serve", address, str(port), str(asked.workers), str(THREADS)]
        with running([str(peers()), str(SITE), *words], port):
            return sent_by(crowd, port, PEER_FORM, form)


def _rows(said: list[str], taken: Taken, most: float, theirs: Taken) -> list[Row]:
    rate_, per_second = taken.rate, "/s"
    return [
        Row("statements of one create", len(said), "", goal=ours_at_most(12)),
        Row(
            "submissions accepted, as a part of what the same inserts reach",
            rate_,
            per_second,
            peer=most,
            peer_name="pgbench",
            ratio=rate_ / most,
            goal=ratio_at_least(0.25),
        ),
        Row(
            "submissions accepted, as a multiple of another desk's tickets",
            rate_,
            per_second,
            peer=theirs.rate,
            peer_name=PEER,
            ratio=rate_ / theirs.rate,
            goal=ratio_at_least(5),
        ),
        Row(
            "from the form sent to the receipt, p95",
            p95(taken.times),
            "ms",
            peer=p95(theirs.times),
            peer_name=PEER,
            ratio=p95(theirs.times) / p95(taken.times),
        ),
    ]


def _notes(asked: Asked, crowd: Crowd, taken: Taken) -> list[str]:
    people = crowd.processes * crowd.people
    return [
        f"{people} people send without a pause for {crowd.seconds:.0f} s; each server has"
        f" {asked.workers} workers of {THREADS} threads; of ours {taken.asked} were asked about"
        f" neighbours' words first, {taken.refused} refused."
    ]
