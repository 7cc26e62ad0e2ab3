"""Saying something on the public page: taken in once, and nothing lost when it is refused."""

import io
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from mingchuang.cases.models import Attachment, Case, Submission
from mingchuang.people.models import Unit
from tests.build import the_town
from tests.cases.reading import Answer, fields_of, words_of

pytestmark = pytest.mark.django_db

KEY = "a-key-of-the-form-itself-0000000"
SAID = {
    "text": "路灯不亮，晚上摔过人。",
    "kind": "complaint",
    "place": "江滨路 12 号",
    "name": "张小明",
    "phone": "13800000000",
    "confidential": "on",
    "key": KEY,
}


@pytest.fixture(autouse=True)
def _the_town() -> None:
    the_town()


def say(client: Client, **changes: Any) -> Answer:
    return client.post("/say/", {**SAID, **changes})


def a_file(content: bytes, name: str = "照片.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def an_image(kind: str, *, size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    raw = io.BytesIO()
    Image.new("RGB", size, "red").save(raw, kind, **more)
    return raw.getvalue()


def where_it_was_taken() -> Image.Exif:
    """The hidden part of a photo taken upright with a telephone in Ningbo."""
    exif = Image.Exif()
    exif[0x0110] = "Telephone 12"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 52.0, 0.0), 3: "E", 4: (121.0, 33.0, 0.0)})
    return exif


def test_what_is_said_leads_to_its_receipt(client: Client) -> None:
    answer = say(client)

    submission = Submission.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/r/{submission.number}/")
    assert client.get(answer["Location"]).status_code == 200


def test_a_few_words_are_enough(client: Client) -> None:
    answer = client.post("/say/", {"text": "灯坏了", "key": KEY})

    assert answer.status_code == 302
    assert Submission.objects.get().requester is None
    assert Case.objects.get().kind == "other"


def test_the_same_form_sent_twice_leads_to_the_same_receipt(client: Client) -> None:
    first = say(client)

    again = say(client)

    assert first["Location"] == again["Location"]
    assert Submission.objects.count() == Case.objects.count() == 1


def test_a_form_sent_again_with_other_words_comes_back_with_them(client: Client) -> None:
    say(client)

    answer = say(client, text="还有，水管也漏了。")

    assert answer.status_code == 422
    assert "与这次不同" in words_of(answer)
    assert fields_of(answer)["text"] == "还有，水管也漏了。"
    assert Submission.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "请写下您想说的事，一两句话也可以。"),
        ({"text": "灯" * 5001}, "最多写 5000 个字，现在是 5001 个。"),
        ({"phone": "123"}, "请填能打通的电话"),
        ({"phone": "电话簿里有"}, "请填能打通的电话"),
        ({"kind": "nonsense"}, "请从列出的各项中选一项"),
        ({"text": "灯坏了\x00"}, "看不见的控制字符"),
    ],
)
def test_a_faulty_form_comes_back_filled_in_and_says_what_to_do(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    answer = say(client, **changes)

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    kept = {**SAID, "kind": "complaint", **changes}
    known = [name for name in kept if name not in {*changes, "key"}]
    assert {name: fields_of(answer)[name] for name in known} == {n: kept[n] for n in known}
    assert not Submission.objects.exists()


def test_an_empty_request_is_a_faulty_form(client: Client) -> None:
    answer = client.post("/say/", {})

    assert answer.status_code == 422
    assert "请写下您想说的事" in words_of(answer)


def test_whoever_says_too_much_at_once_may_wait_with_their_words(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "say": 1}
    say(client)

    answer = say(client, key="another-key-of-the-form-00000000", text="水管也漏了。")

    assert answer.status_code == 422
    assert "操作太频繁了" in words_of(answer)
    assert "您填写的内容还在" in words_of(answer)
    assert fields_of(answer)["text"] == "水管也漏了。"
    assert Submission.objects.count() == 1


def test_a_photo_is_kept_without_its_hidden_part_and_upright(client: Client) -> None:
    taken = an_image("JPEG", size=(60, 40), exif=where_it_was_taken())
    assert b"Exif" in taken

    say(client, photos=a_file(taken))

    photo = Attachment.objects.get()
    with storages["attachments"].open(photo.path) as file:
        kept = file.read()
    assert b"Exif" not in kept
    assert b"Telephone 12" not in kept
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}
    assert Image.open(io.BytesIO(kept)).size == (photo.width, photo.height) == (40, 60)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_a_photo_of_another_kind_becomes_a_jpeg(client: Client, kind: str) -> None:
    say(client, photos=a_file(an_image(kind), "x.exe"))

    with storages["attachments"].open(Attachment.objects.get().path) as file:
        assert Image.open(file).format == "JPEG"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "“照片.jpg”不是能识别的照片"),
        (b"", "“照片.jpg”不是能识别的照片"),
        (an_image("JPEG")[:200], "“照片.jpg”不是能识别的照片"),
        (an_image("BMP"), "“照片.jpg”不是能识别的照片"),
        (bytes(10 * 1024 * 1024 + 1), "“照片.jpg”太大，没有收下。请换一张 10 MB 以内的照片"),
        (an_image("PNG", size=(10_000, 7_000)), "“照片.jpg”太大"),
    ],
    ids=["no photo", "empty", "cut off", "another format", "heavy", "vast"],
)
def test_what_is_no_photo_is_refused_by_name_and_the_words_stay(
    client: Client, content: bytes, sentence: str
) -> None:
    answer = say(client, photos=a_file(content))

    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert fields_of(answer)["text"] == SAID["text"]
    assert not Submission.objects.exists()


def test_a_good_photo_beside_a_bad_one_is_not_taken_in_alone(client: Client) -> None:
    answer = say(client, photos=[a_file(an_image("JPEG")), a_file(b"no", "坏.jpg")])

    assert answer.status_code == 422
    assert "“坏.jpg”" in words_of(answer)
    assert not Attachment.objects.exists()


def test_more_than_six_photos_are_too_many(client: Client) -> None:
    answer = say(client, photos=[a_file(an_image("JPEG")) for _ in range(7)])

    assert answer.status_code == 422
    assert "一次最多 6 张照片" in words_of(answer)


def test_a_photo_lies_outside_of_what_the_web_serves_under_a_name_nobody_guesses(
    client: Client,
) -> None:
    say(client, photos=a_file(an_image("JPEG"), "../../门口.jpg"))

    photo = Attachment.objects.get()
    assert len(photo.path) == len("ab/") + 32 + len(".jpg")
    assert client.get(f"/static/{photo.path}").status_code == 404
    assert client.get(f"/attachments/{photo.path}").status_code == 404


def test_a_form_without_its_token_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/say/", SAID)

    assert answer.status_code == 403
    assert "请返回上一页，刷新后再提交一次" in words_of(answer)
    assert not Submission.objects.exists()


def test_a_flood_of_text_is_refused_in_words(client: Client) -> None:
    answer = say(client, text="灯" * 1_000_000)

    assert answer.status_code == 400
    assert "没有读懂这次请求" in words_of(answer)


def test_another_wish_under_the_same_key_is_told_and_may_be_sent_again(client: Client) -> None:
    say(client)

    refused = say(client, phone="13800000001")

    assert refused.status_code == 422
    assert "的内容已经收到（回执 YJ-2026-" in words_of(refused)
    assert f'value="{KEY}"' not in refused.content.decode()


def test_where_no_unit_is_set_up_yet_the_words_stay_on_the_form(client: Client) -> None:
    Unit.objects.update(active=False)

    answer = say(client)

    assert answer.status_code == 422
    assert "还没有建立受理单位" in words_of(answer)
    assert SAID["text"] in answer.content.decode()


@pytest.mark.parametrize("text", ["\u200b\u200b", " \u2060 ", "\u3000", "\u3164"])
def test_words_nobody_can_see_are_asked_for(client: Client, text: str) -> None:
    answer = say(client, text=text)

    assert answer.status_code == 422
    assert "请写下您想说的事" in words_of(answer)


@pytest.mark.parametrize("key", ["", "short", "k" * 33])
def test_a_form_with_a_broken_key_says_so_and_can_be_sent_again(client: Client, key: str) -> None:
    the_town()

    answer = client.post("/say/", {"text": "路灯坏了。", "kind": "other", "key": key})
    again = client.post("/say/", fields_of(answer))

    assert answer.status_code == 422
    assert "<li>页面没有完整提交上来。您写的都还在，请再提交一次。</li>" in answer.content.decode()
    assert again.status_code == 302
