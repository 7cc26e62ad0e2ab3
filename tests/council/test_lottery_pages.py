"""What the pages of a lottery tell its convenor, and everybody."""

import pytest
from django.test import Client

from tests.council.build import a_convenor
from tests.council.neighbours import a_neighbourhood

pytestmark = pytest.mark.django_db
ASKED = {"size": "16", "share": "30", "meant_for": "16"}


def test_a_convenor_is_warned_where_a_sum_tells_what_a_must_in_is(client: Client) -> None:
    client.force_login(a_convenor())
    number = a_neighbourhood().number

    told = client.post(f"/desk/council/{number}/lottery/price/", ASKED).content.decode()

    assert "他们的“态度”都一样" in told
