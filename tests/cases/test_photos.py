"""Photos: recognised whatever they carry, never lost with a form, on disk before the database."""

import io
import re
import struct
from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from mingchuang.cases import shelf
from mingchuang.cases.actions.photos import tidy_photos
from mingchuang.cases.actions.voice import add_remark
from mingchuang.cases.errors import TooManyPhotos
from mingchuang.cases.models import Attachment, Case, Submission
from mingchuang.cases.queries.kept_photos import photo_faults
from mingchuang.cases.rules.photo import Photo, PhotoFault, reencode
from mingchuang.people.rules.roles import Role
from tests.build import A_DAY, AN_HOUR, MONDAY, a_case, a_person, a_submission, code, the_town
from tests.cases.reading import Answer, words_of
from tests.town import a_photo

WRONG = {"text": "路灯不亮。", "phone": "123", "key": "a-key-of-the-form-itself-0000000"}
RIGHT = {**WRONG, "phone": "13800000000"}
COLOURS = ("red", "green", "blue", "white", "black", "yellow", "pink")
SHORT, RATIONAL, UNDEFINED = 3, 5, 7


def drawn(colour: str = "red", kind: str = "PNG", **more: Any) -> bytes:
    """A picture whose corners differ, so that one sees how it is held."""
    picture = Image.new("RGB", (60, 40), colour)
    picture.paste("orange", (0, 0, 20, 10))
    raw = io.BytesIO()
    picture.save(raw, kind, **more)
    return raw.getvalue()


def held(orientation: int, *others: tuple[int, int, int, bytes]) -> bytes:
    """The hidden part of a photo: how it was held, and other tags: number, type, count, value."""
    tags = sorted([(0x0112, SHORT, 1, struct.pack("<HH", orientation, 0)), *others])
    rows = b"".join(struct.pack("<HHI", *tag[:3]) + tag[3] for tag in tags)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + rows + bytes(4)


def files(*colours: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{colour}.png", drawn(colour)) for colour in colours]


def ticked(page: Answer) -> list[str]:
    """Return the names of the photos that stand on the form with a tick."""
    return re.findall(r'name="photos-kept" value="(\w+)" checked', page.content.decode())


def say(
    client: Client,
    said: Mapping[str, str] = RIGHT,
    *,
    photos: Sequence[SimpleUploadedFile] = (),
    kept: Sequence[str] = (),
) -> Answer:
    the_town()
    return client.post("/say/", {**said, "photos": photos, "photos-kept": kept})


def kept_photos() -> set[str]:
    return set(Attachment.objects.values_list("sha256", flat=True))


def digest(colour: str) -> str:
    photo = reencode(drawn(colour))
    assert isinstance(photo, Photo)
    return sha256(photo.jpeg).hexdigest()


def on_the_shelf() -> set[str]:
    """Return the paths of all photos of submissions on the disk."""
    place = Path(storages["attachments"].path(""))
    return {str(path.relative_to(place)) for path in place.glob("??/*.jpg")}


# What is recognised


@pytest.mark.parametrize("orientation", range(10))
def test_a_photo_is_turned_upright_however_it_was_held(orientation: int) -> None:
    raw = drawn(exif=held(orientation))

    photo = reencode(raw)

    upright = io.BytesIO()
    ImageOps.exif_transpose(Image.open(io.BytesIO(raw))).save(upright, "PNG")
    assert photo == reencode(upright.getvalue())


@pytest.mark.parametrize(
    "odd",
    [
        (0x0100, 1, 1, bytes(4)),
        (0x0110, RATIONAL, 1, b"\x08\0\0\0"),
        (0x011A, 1, 1, b"\xff\xff\xff\xff"),
        (0x8769, SHORT, 4, b"\xff\xff\xff\xff"),
        (0x8825, UNDEFINED, 0, bytes(4)),
        (0x9999, 99, 0xFFFFFFFF, b"\xff\xff\xff\xff"),
    ],
)
@pytest.mark.filterwarnings("ignore")  # Pillow's own words about tags it cannot read
def test_odd_tags_beside_it_do_no_harm(odd: tuple[int, int, int, bytes]) -> None:
    photo = reencode(drawn(kind="JPEG", exif=held(6, odd)))

    assert isinstance(photo, Photo)
    assert (photo.width, photo.height) == (40, 60)


@settings(deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    changes=st.lists(st.tuples(st.integers(0, 400), st.binary(min_size=1, max_size=8)), max_size=9),
)
@pytest.mark.filterwarnings("ignore")  # Pillow's own words about files it mends
def test_whatever_bytes_arrive_the_answer_is_a_photo_or_a_fault(
    kind: str, changes: list[tuple[int, bytes]]
) -> None:
    raw = bytearray(drawn(kind=kind, exif=held(6)))

    for place, new in changes:
        raw[place : place + len(new)] = new

    assert isinstance(reencode(bytes(raw)), Photo | PhotoFault)


def test_a_photo_of_a_thousand_empty_passes_is_not_decoded() -> None:
    raw = drawn(kind="JPEG", progressive=True)
    last = raw[raw.rindex(b"\xff\xda") : -2]

    found = reencode(raw[:-2] + last * 1000 + raw[-2:])

    assert found == PhotoFault.NOT_A_PHOTO


def test_a_photo_that_claims_to_be_vast_is_too_large() -> None:
    raw = bytearray(drawn(kind="GIF"))
    raw[6:10] = struct.pack("<HH", 60_000, 60_000)

    assert reencode(bytes(raw)) == PhotoFault.TOO_LARGE


# What comes back with a form


@pytest.mark.django_db
def test_photos_come_back_with_a_faulty_form_and_are_sent_again_with_it(client: Client) -> None:
    page = say(client, WRONG, photos=files("red", "blue"))

    answer = say(client, kept=ticked(page))

    assert page.status_code == 422
    assert "已收到 2 张照片，不用再选" in words_of(page)
    assert page.content.decode().count('src="data:image/jpeg;base64,/9j/') == 2
    assert answer.status_code == 302
    assert kept_photos() == {digest("red"), digest("blue")}


@pytest.mark.django_db
def test_a_photo_without_its_tick_stays_behind(client: Client) -> None:
    page = say(client, WRONG, photos=files("red", "blue"))

    say(client, kept=ticked(page)[1:], photos=files("green"))

    assert kept_photos() == {digest("blue"), digest("green")}


@pytest.mark.django_db
def test_photos_stay_however_often_the_form_comes_back(client: Client) -> None:
    first = say(client, WRONG, photos=files("red"))

    second = say(client, WRONG, photos=files("red", "blue"), kept=ticked(first))

    assert len(ticked(second)) == 2
    assert ticked(second)[0] == ticked(first)[0]


@pytest.mark.django_db
def test_a_good_photo_beside_a_bad_one_need_not_be_chosen_again(client: Client) -> None:
    bad = SimpleUploadedFile("坏.jpg", b"no")

    page = say(client, photos=[*files("red"), bad])

    assert "“坏.jpg”不是能识别的照片" in words_of(page)
    assert "已收到 1 张照片" in words_of(page)


@pytest.mark.django_db
def test_of_seven_photos_six_come_back(client: Client) -> None:
    page = say(client, photos=files(*COLOURS))

    answer = say(client, kept=ticked(page))

    assert "一次最多 6 张照片，多出来的 1 张没有收下" in words_of(page)
    assert answer.status_code == 302
    assert len(kept_photos()) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["0" * 64, "../keys/index", "", "路灯"])
def test_a_photo_that_is_not_there_any_more_is_asked_for_again(client: Client, name: str) -> None:
    page = say(client, kept=[name])

    assert page.status_code == 422
    assert "有 1 张已经不在了，请重新选" in words_of(page)
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_photo_laid_aside_only_half_is_written_again(client: Client) -> None:
    name = ticked(say(client, WRONG, photos=files("red")))[0]
    Path(storages["attachments"].path(f"aside/{name}")).write_bytes(b"\xff\xd8half")

    page = say(client, WRONG, photos=files("red"))

    assert ticked(page) == [name]
    assert shelf.laid_aside(name) == reencode(drawn("red"))


@pytest.mark.django_db
def test_a_form_with_photos_laid_aside_sent_twice_is_taken_in_once(client: Client) -> None:
    kept = ticked(say(client, WRONG, photos=files("red")))

    first, second = say(client, kept=kept), say(client, kept=kept)

    assert first["Location"] == second["Location"]
    assert Attachment.objects.count() == 1


@pytest.mark.django_db
def test_who_sends_too_much_keeps_the_photos_we_have_and_hears_about_the_others(
    client: Client, settings: Settings
) -> None:
    page = say(client, WRONG, photos=files("red"))
    settings.LIMITS = {**settings.LIMITS, "say": 1}

    waiting = say(client, photos=files("blue"), kept=ticked(page))

    assert "操作太频繁了" in words_of(waiting)
    assert "这次选的照片没有收下，请过一会儿提交时再选一次" in words_of(waiting)
    assert ticked(waiting) == ticked(page)


@pytest.mark.django_db
def test_a_faulty_form_counts_too_and_beyond_the_limit_no_photo_is_decoded(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "say": 2}
    say(client, WRONG)
    say(client, WRONG)

    page = say(client, photos=[SimpleUploadedFile("坏.jpg", b"no")])

    assert "操作太频繁了" in words_of(page)
    assert "不是能识别的照片" not in words_of(page)


@pytest.mark.django_db
def test_asking_to_clear_the_photos_while_sending_one_keeps_it(client: Client) -> None:
    answer = say(client, {**RIGHT, "photos-clear": "on"}, photos=files("red"))

    assert answer.status_code == 302
    assert kept_photos() == {digest("red")}


@pytest.mark.django_db
def test_photos_come_back_with_a_faulty_remark(client: Client) -> None:
    case = a_case("handling")
    path = f"/r/{case.number}/{code(case.submissions.get())}/remark/"

    page = client.post(path, {"text": "灯" * 5001, "photos": files("red")})
    client.post(path, {"photos-kept": ticked(page)})

    assert page.status_code == 422
    assert kept_photos() == {digest("red")}


@pytest.mark.django_db
def test_photos_come_back_with_the_form_at_the_counter(client: Client) -> None:
    the_town()
    client.force_login(a_person(Role.RECEPTION))
    counter = {"urgency": "normal", "channel": "phone"}

    page = client.post("/desk/new/", {**WRONG, **counter, "photos": files("red")})
    client.post("/desk/new/", {**RIGHT, **counter, "photos-kept": ticked(page)})

    assert page.status_code == 422
    assert kept_photos() == {digest("red")}


@pytest.mark.django_db
def test_a_file_sent_to_a_form_that_takes_none_is_ignored(
    client: Client, settings: Settings
) -> None:
    settings.LIMITS = {**settings.LIMITS, "say": 0}
    case = a_case("handling")

    page = client.post(
        f"/r/{case.number}/{code(case.submissions.get())}/remind/", {"photos": files("red")}
    )

    assert page.status_code == 422
    assert "操作太频繁了" in words_of(page)


# What is on disk


@pytest.mark.django_db
def test_one_submission_holds_thirty_photos_and_the_next_is_refused_in_words() -> None:
    submission = a_submission()
    number, letters = submission.number, code(submission)
    add_remark(number, letters, "", photos=[a_photo()] * 30, at=MONDAY)

    with pytest.raises(TooManyPhotos, match="最多放 30 张照片，已经有 30 张"):
        add_remark(number, letters, "", photos=[a_photo()], at=MONDAY)

    assert submission.attachments.count() == 30


@pytest.mark.django_db
def test_a_missing_photo_is_not_there_and_the_audit_says_so(client: Client) -> None:
    case = a_case(photos=(a_photo(), a_photo("blue")))
    gone, changed = case.submissions.get().attachments.order_by("pk")
    storages["attachments"].delete(gone.path)
    Path(storages["attachments"].path(changed.path)).write_bytes(a_photo("green").jpeg)

    letters = code(case.submissions.get())
    answer = client.get(f"/r/{case.number}/{letters}/photo/{gone.pk}/")

    assert answer.status_code == 404
    assert "这里没有您可以查看的内容" in words_of(answer)
    assert [(fault.code, fault.facts["path"]) for fault in photo_faults()] == [
        ("photo_missing", gone.path),
        ("photo_changed", changed.path),
    ]


@pytest.mark.django_db
def test_photos_that_lie_as_they_were_kept_are_no_fault() -> None:
    a_case(photos=(a_photo(),))

    assert list(photo_faults()) == []


@pytest.mark.django_db(transaction=True)
def test_a_photo_of_a_submission_that_was_rolled_back_is_removed_an_hour_later() -> None:
    the_town()
    before = on_the_shelf()
    with transaction.atomic():
        a_submission(photos=(a_photo(),))
        transaction.set_rollback(True)
    at_once = on_the_shelf() - before

    tidy_photos(at=now())
    still = on_the_shelf() & at_once
    tidy_photos(at=now() + AN_HOUR + timedelta(minutes=1))

    assert len(at_once) == 1
    assert still == at_once
    assert not on_the_shelf() & at_once


@pytest.mark.django_db
def test_a_photo_that_was_kept_stays_even_if_its_mark_does(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    crashed = a_case(photos=(a_photo(),))
    with django_capture_on_commit_callbacks(execute=True):
        plain = a_case(photos=(a_photo("blue"),))
    marked = set(shelf.unsettled(before=now() + A_DAY))

    tidy_photos(at=now() + A_DAY)

    assert path_of(crashed) in marked
    assert path_of(plain) not in marked
    assert {path_of(crashed), path_of(plain)} <= on_the_shelf()
    assert list(shelf.unsettled(before=now() + A_DAY)) == []


@pytest.mark.django_db
def test_what_was_laid_aside_is_thrown_away_half_a_day_later(client: Client) -> None:
    kept = ticked(say(client, WRONG, photos=files("red")))
    tidy_photos(at=now())
    early = say(client, WRONG, kept=kept)

    tidy_photos(at=now() + A_DAY)
    late = say(client, WRONG, kept=kept)

    assert ticked(early) == kept
    assert ticked(late) == []
    assert "请重新选" in words_of(late)


@pytest.mark.django_db
def test_nobody_but_us_may_read_a_photo_on_disk(client: Client) -> None:
    case = a_case(photos=(a_photo(),))
    name = ticked(say(client, WRONG, photos=files("red")))[0]

    places = [storages["attachments"].path(path) for path in (path_of(case), f"aside/{name}")]

    assert {oct(Path(place).stat().st_mode & 0o777) for place in places} == {"0o600"}
    assert client.get(f"/attachments/aside/{name}").status_code == 404


def path_of(case: Case) -> str:
    return case.submissions.get().attachments.get().path
