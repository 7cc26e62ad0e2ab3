"""The addresses of the ledger: for any client of C2SP tlog-tiles, and for people."""

import base64
import json

import pytest
from django.test import Client

from mingchuang.ledger.actions import seal_entries
from mingchuang.ledger.models import Tile
from mingchuang.ledger.queries import public_key
from mingchuang.ledger.rules.note import head_in
from mingchuang.ledger.rules.receipt import Receipt
from tests.ledger import naive
from tests.ledger.build import MONDAY, a_sealed_book, leaves_written, some_entries

pytestmark = pytest.mark.django_db


def test_a_stranger_rebuilds_the_whole_book_from_the_addresses(client: Client) -> None:
    a_sealed_book(100, 600)

    head = head_in(public_key().text_of(client.get("/ledger/checkpoint").text))
    assert head
    leaves = [
        leaf
        for place in ("000", "001", "002.p/88")
        for leaf in _entries_in(client.get(f"/ledger/tile/entries/{place}").content)
    ]

    assert leaves == leaves_written(600)
    assert head.root == naive.root(leaves)
    assert client.get("/ledger/tile/0/001").content == b"".join(naive.tile(0, 1, leaves))
    assert client.get("/ledger/tile/0/002.p/88").content == b"".join(naive.tile(0, 2, leaves))
    assert client.get("/ledger/tile/1/000.p/2").content == b"".join(naive.tile(1, 0, leaves))


def test_the_partial_tile_of_an_older_checkpoint_is_still_there(client: Client) -> None:
    a_sealed_book(100, 600)

    older = client.get("/ledger/tile/0/000.p/100").content

    assert older == b"".join(naive.tile(0, 0, leaves_written(100)))


def test_what_never_changes_may_be_kept_and_what_grows_may_not(client: Client) -> None:
    a_sealed_book(300)

    for path in ("tile/0/000", "tile/0/001.p/44", "tile/entries/000"):
        response = client.get(f"/ledger/{path}")
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["Content-Type"] == "application/octet-stream"
    checkpoint = client.get("/ledger/checkpoint")
    assert checkpoint["Cache-Control"] == "public, max-age=5"
    assert checkpoint["Content-Type"] == "text/plain; charset=utf-8"


def test_bundles_are_compressed_for_who_can_read_it(client: Client) -> None:
    a_sealed_book(256)

    response = client.get("/ledger/tile/entries/000", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < 8000


def test_the_key_is_the_one_checkpoints_are_signed_with(client: Client) -> None:
    assert client.get("/ledger/key").text == f"{public_key()}\n"


def test_an_inclusion_proof_is_given_for_any_size_that_was_sealed(client: Client) -> None:
    a_sealed_book(300)

    proof = client.get("/ledger/proof/inclusion?index=7&size=20").json()

    assert proof["index"] == 7
    assert proof["size"] == 20
    assert _decoded(proof["hashes"]) == naive.path(7, leaves_written(20))


def test_without_a_size_a_proof_is_about_all_that_is_sealed(client: Client) -> None:
    a_sealed_book(300)

    proof = client.get("/ledger/proof/inclusion?index=7").json()

    assert proof["size"] == 300
    assert _decoded(proof["hashes"]) == naive.path(7, leaves_written(300))


def test_a_consistency_proof_is_given_between_any_two_sizes(client: Client) -> None:
    a_sealed_book(300)

    proof = client.get("/ledger/proof/consistency?first=20&second=260").json()

    assert _decoded(proof["hashes"]) == naive.consistency(20, leaves_written(260))


def test_a_receipt_is_given_for_any_sealed_entry(client: Client) -> None:
    a_sealed_book(100, 300)

    response = client.get("/ledger/entries/17/receipt.json")

    receipt = Receipt.read(response.json())
    assert receipt
    assert receipt.flaws(pinned=str(public_key())) == []
    assert receipt.entry.encode() == leaves_written(18)[17]
    assert receipt.size == 300
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("tile/0/001.p/45", 404),
        ("tile/0/001", 404),
        ("tile/1/000", 404),
        ("tile/5/000", 404),
        ("tile/99999999999999999999/000", 404),
        ("tile/0/x999/x999/x999/x999/999", 404),
        ("tile/0/1", 404),
        ("tile/0/000.p/256", 404),
        ("tile/0/", 404),
        ("tile/a/000", 404),
        ("tile/-1/000", 404),
        ("tile/entries/001", 404),
        ("tile/entries/x999/x999/x999/x999/999", 404),
        ("tile/entries/1", 404),
        ("proof/inclusion", 422),
        ("proof/inclusion?index=a", 422),
        ("proof/inclusion?index=-1", 422),
        ("proof/inclusion?index=300", 422),
        ("proof/inclusion?index=5&size=5", 422),
        ("proof/inclusion?index=5&size=301", 422),
        ("proof/inclusion?index=99999999999999999999999&size=1", 422),
        ("proof/consistency?first=0&second=5", 422),
        ("proof/consistency?first=6&second=5", 422),
        ("proof/consistency?first=6&second=301", 422),
        ("proof/consistency?first=6", 422),
        ("entries/300/receipt.json", 404),
        ("entries/99999999999999999999/receipt.json", 404),
        ("entries/a/receipt.json", 404),
    ],
)
def test_numbers_that_name_nothing_are_refused_in_words(
    client: Client, path: str, status: int
) -> None:
    a_sealed_book(300)

    page = client.get(f"/ledger/{path}", headers={"Accept": "text/html,*/*;q=0.8"})
    answer = client.get(f"/ledger/{path}", headers={"Accept": "*/*"})

    assert page.status_code == answer.status_code == status
    assert 'role="alert"' in page.text
    assert answer.json()["message"]


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "application/octet-stream"])
def test_a_machine_gets_the_refusal_as_json(client: Client, accept: str) -> None:
    a_sealed_book(3)

    response = client.get("/ledger/proof/inclusion?index=9", headers={"Accept": accept})

    assert response.json() == {
        "code": "beyond_the_book",
        "message": "台账目前封存了 3 条记录，没有您要的那一段。请换一个小一些的数。",
    }


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "tile/0/000",
        "tile/entries/000",
        "proof/inclusion?index=0",
        "proof/consistency?first=1&second=1",
        "entries/0/receipt.json",
    ],
)
def test_before_the_first_seal_everything_says_so(client: Client, path: str) -> None:
    some_entries(3)

    response = client.get(f"/ledger/{path}")

    assert response.status_code == 404
    assert response.json()["code"] == "nothing_sealed"


def test_a_hole_in_the_storage_is_said_to_be_one(client: Client) -> None:
    a_sealed_book(300)
    Tile.objects.filter(level=0, position=0).delete()

    response = client.get("/ledger/entries/17/receipt.json")

    assert response.status_code == 503
    assert response.json()["code"] == "ledger_damaged"


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "key",
        "tile/0/000.p/3",
        "tile/entries/000.p/3",
        "proof/inclusion?index=0",
        "proof/consistency?first=1&second=3",
        "entries/0/receipt.json",
        "proof/inclusion?index=9",
    ],
)
def test_the_page_of_any_host_may_verify(client: Client, path: str) -> None:
    a_sealed_book(3)

    response = client.get(f"/ledger/{path}", headers={"Origin": "https://witness.example"})

    assert response["Access-Control-Allow-Origin"] == "*"


def test_pages_for_people_are_read_by_no_other_host(client: Client) -> None:
    response = client.get("/ledger/", headers={"Origin": "https://witness.example"})

    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("path", ["", "checkpoint", "key", "tile/0/000", "proof/inclusion"])
def test_the_book_is_read_and_never_posted_to(client: Client, path: str) -> None:
    assert client.post(f"/ledger/{path}").status_code == 405


def test_the_page_shows_what_to_keep(client: Client) -> None:
    a_sealed_book(300)

    text = client.get("/ledger/").text

    root = base64.b64encode(naive.root(leaves_written(300))).decode()
    assert "300 条记录" in text
    assert root.replace("+", "\\u002B") in text.replace("&#x2B;", "\\u002B").replace("+", "\\u002B")
    assert "2026年3月2日 周一 09:00" in text
    assert "签名不证明这个时间" in text
    assert "mingchuang verify receipt.json" in text


def test_the_page_of_a_new_book_says_that_nothing_is_sealed(client: Client) -> None:
    text = client.get("/ledger/").text

    assert "台账里还没有封存过记录" in text


def test_a_proof_takes_three_queries(
    client: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    a_sealed_book(600)

    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get("/ledger/entries/17/receipt.json")


def test_later_entries_leave_old_proofs_as_they_are(client: Client) -> None:
    a_sealed_book(300)
    before = client.get("/ledger/proof/inclusion?index=7&size=300").json()
    some_entries(300)

    seal_entries(at=MONDAY)

    assert client.get("/ledger/proof/inclusion?index=7&size=300").json() == before


def _decoded(hashes: list[str]) -> list[bytes]:
    return [base64.b64decode(one) for one in hashes]


def _entries_in(bundle: bytes) -> list[bytes]:
    entries = []
    while bundle:
        end = 2 + int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2:end])
        bundle = bundle[end:]
    assert all(json.loads(entry) for entry in entries)
    return entries
