"""Plain builders for the hall: each returns one valid, boring object."""

from datetime import date, datetime
from itertools import count

from mingchuang.hall.actions import let_guides_be_found
from mingchuang.hall.models import Guide, ServiceItem, Site, Window
from mingchuang.hall.rules.days import BEIJING
from mingchuang.people.actions.staff import add_person
from mingchuang.people.actions.units import add_unit
from mingchuang.people.models import Person, Unit

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
_serial = count(1)


def a_unit(name: str = "区人社局") -> Unit:
    return add_unit(f"H{next(_serial)}", name, kind="bureau", at=MONDAY)


def a_clerk(*, is_superuser: bool = False) -> Person:
    n = next(_serial)
    return add_person(
        username=f"h{n}", name="王芳", badge=f"H{n:03d}", is_superuser=is_superuser, at=MONDAY
    )


def a_site(code: str = "north", **given: object) -> Site:
    plain = {"name": "城北政务服务中心", "address": "中山路 1 号", "phone": "0574-87654321"}
    return Site.objects.create(code=code, **{"unit": a_unit(), **plain, **given})


def an_item(code: str = "pension-check", **given: object) -> ServiceItem:
    plain = {"name": "养老待遇资格认证", "item_kind": "on_the_spot", "audience": "individual"}
    return ServiceItem.objects.create(code=code, **{"unit": a_unit(), **plain, **given})


def a_guide(code: str = "pension-check", *, item: ServiceItem | None = None) -> Guide:
    guide = Guide.objects.create(
        item=item or an_item(code),
        conditions="已领取养老待遇。",
        materials="本人身份证\n社会保障卡\n\n近期免冠照片",
        procedure="窗口提交\n当场核验",
        legal_limit="20 个工作日",
        promised_limit="当场办结",
        fee="不收费",
        basis="《社会保险法》",
        updated_on=date(2026, 11, 1),
    )
    let_guides_be_found([guide.item_id], at=MONDAY)
    return guide


def a_window(site: Site, number: int, *items: ServiceItem) -> Window:
    window = Window.objects.create(site=site, number=number, name="综合窗口")
    window.items.set(items)
    return window
