"""What the pages of a lottery tell its convenor, and everybody."""

import pytest
from django.test import Client

from mingchuang.council.rules.looking import Look
from mingchuang.council.templatetags.lots import chance
from mingchuang.council.views.lots import price_shown
from tests.council.build import a_convenor
from tests.council.neighbours import a_neighbourhood

pytestmark = pytest.mark.django_db
ASKED = {"size": "16", "share": "30", "meant_for": "16"}


def test_a_convenor_is_warned_where_a_sum_tells_what_a_must_in_is(client: Client) -> None:
    client.force_login(a_convenor())
    number = a_neighbourhood().number

    told = client.post(f"/desk/council/{number}/lottery/price/", ASKED).content.decode()

    assert "他们的“态度”都一样" in told


@pytest.mark.parametrize(
    ("value", "told"),
    [(-0.0, "0%"), (-1e-17, "0%"), (1e-17, "0%"), (0.0032209, "0.322%"), (0.0395484, "3.95%")],
)
def test_a_chance_is_never_less_than_nothing(value: float, told: str) -> None:
    assert chance(value) == told


def test_where_somebody_cannot_be_drawn_nobody_reads_that_quotas_cost_nothing() -> None:
    assert price_shown(Look(-0.0, {"camp": -0.0, "age": 0.0}))["nobody"]
    assert not price_shown(Look(0.1, {"camp": 0.1}))["nobody"]
