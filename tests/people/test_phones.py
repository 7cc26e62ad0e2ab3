"""A number people can be called at, in whatever digits it is written; else they are asked again."""

import pytest
from django.test import Client
from django.urls import reverse

from mingchuang.people.models import Requester
from tests.build import the_town
from tests.people.build import found_by_phone

pytestmark = pytest.mark.django_db


def _say(client: Client, phone: str) -> int:
    words = {"text": "楼道灯坏了。", "phone": phone, "key": "k" * 32}
    return client.post(reverse("cases:say"), words).status_code


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("13800000000", "13800000000"),
        ("１３８ ００００ ００００", "138 0000 0000"),
        ("١٣٨٠٠٠٠٠٠٠٠", "١٣٨٠٠٠٠٠٠٠٠"),
    ],
)
def test_a_phone_is_kept_as_a_telephone_reads_it_and_found_by_its_digits(
    client: Client, phone: str, kept: str
) -> None:
    the_town()

    status = _say(client, phone)

    found = found_by_phone("138-0000-0000")
    assert status == 302
    assert found is not None
    assert found.phone == kept


@pytest.mark.parametrize("phone", ["没有", "㊙㊙㊙㊙㊙㊙㊙", "፩፪፫፬፭፮፯፰", "123456", "1" * 16])
def test_what_holds_no_number_is_asked_again(client: Client, phone: str) -> None:
    the_town()

    status = _say(client, phone)

    assert status == 422
    assert not Requester.objects.exists()
