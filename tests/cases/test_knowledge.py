"""What an office knows: kept by its unit, looked over by a day, counted when it is used."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from mingchuang.base.errors import NotFound
from mingchuang.cases.actions.handling import reply_to_case
from mingchuang.cases.actions.knowledge import (
    change_article,
    change_template,
    end_article,
    remove_template,
    write_article,
)
from mingchuang.cases.errors import (
    ChangedMeanwhile,
    OwnerElsewhere,
    ReviewInThePast,
    TitleTaken,
    WrongStep,
)
from mingchuang.cases.models import Article, Case, ReplyTemplate
from mingchuang.cases.queries.knowledge import (
    READY_AT_ONCE,
    articles,
    public_articles,
    ready_words,
    to_review,
)
from mingchuang.cases.rules.knowledge import is_overdue
from mingchuang.ledger.queries import entries_of
from mingchuang.people.models import Person, Unit
from mingchuang.people.rules.roles import Role
from tests.build import (
    A_DAY,
    MONDAY,
    a_case,
    a_dispatcher,
    a_person,
    a_unit,
    the_handler,
    the_lead,
)
from tests.cases.knowledge import NEXT_YEAR, a_template, an_article, the_words
from tests.cases.reading import fields_of, words_of

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def a_keeper(unit: Unit) -> Person:
    return a_person(Role.HANDLER, unit=unit)


def the_change(article: Article, **given: Any) -> dict[str, Any]:
    return {**the_words(article.unit, title=article.title, text=article.text), **given}


def test_what_was_written_is_found_and_told() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)

    article = an_article(unit, by=keeper)

    assert list(articles(keeper, words="市政热线", today=TODAY)) == [article]
    assert list(articles(keeper, words="没有这个词", today=TODAY)) == []
    told = entries_of(article.subject).get()
    facts = {"by": keeper.badge, "unit": unit.code, "version": 1, "public": False}
    assert (told.verb, told.facts) == ("article.written", facts)


def test_what_an_article_said_before_is_kept() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    article = an_article(unit, by=keeper)

    changed = the_change(article, text="打 12345，两天内修好。", item=None, public=True)
    change_article(article.pk, changed, version=1, by=keeper, at=MONDAY)

    article.refresh_from_db()
    assert (article.text, article.version, article.public) == ("打 12345，两天内修好。", 2, True)
    kept = article.versions.order_by("version").values_list("text", flat=True)
    assert list(kept) == ["打市政热线，三天内修好。", "打 12345，两天内修好。"]
    assert entries_of(article.subject).last().facts["fields"] == ["public", "text"]  # type: ignore[union-attr]


def test_two_who_change_one_article_do_not_overwrite_each_other() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    article = an_article(unit, by=keeper)
    change_article(
        article.pk, the_change(article, text="甲写的。"), version=1, by=keeper, at=MONDAY
    )

    with pytest.raises(ChangedMeanwhile):
        change_article(
            article.pk, the_change(article, text="乙写的。"), version=1, by=keeper, at=MONDAY
        )

    assert Article.objects.get().text == "甲写的。"


def test_what_is_out_of_use_is_offered_nowhere_and_cannot_be_changed() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    article = an_article(unit, by=keeper, public=True)

    end_article(article.pk, by=keeper, at=MONDAY)

    assert not articles(keeper, today=TODAY)
    assert not public_articles()
    assert ready_words(keeper, today=TODAY) == ([], False)
    with pytest.raises(NotFound):
        change_article(article.pk, the_change(article), version=1, by=keeper, at=MONDAY)
    assert [entry.verb for entry in entries_of(article.subject)][-1] == "article.ended"


@pytest.mark.parametrize("role", [Role.CALLBACK, Role.CONVENOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_do_not_keep_what_a_unit_knows(role: Role) -> None:
    unit = a_unit()
    article = an_article(unit, by=a_keeper(unit))

    with pytest.raises(NotFound):
        write_article(the_words(unit, item=None), by=a_person(role, unit=unit), at=MONDAY)
    with pytest.raises(NotFound):
        end_article(article.pk, by=a_person(role, unit=unit), at=MONDAY)


def test_nobody_gives_an_article_to_a_unit_they_do_not_keep() -> None:
    unit, other = a_unit(), a_unit()
    keeper = a_keeper(unit)
    article = an_article(unit, by=keeper)

    with pytest.raises(NotFound):
        change_article(article.pk, the_change(article, unit=other), version=1, by=keeper, at=MONDAY)

    assert Article.objects.get().unit == unit


def test_an_owner_is_of_the_unit_and_a_review_lies_ahead() -> None:
    unit = a_unit()
    keeper, stranger = a_keeper(unit), a_keeper(a_unit())

    with pytest.raises(OwnerElsewhere):
        an_article(unit, by=keeper, owner=stranger)
    with pytest.raises(ReviewInThePast):
        an_article(unit, by=keeper, review_on=TODAY)


def _told(person: Person, today: date) -> dict[str, int]:
    return {kind: rows.count() for kind, rows in to_review(person, today=today).items()}


def test_on_its_day_an_owner_is_told_what_to_look_over() -> None:
    unit, soon = a_unit(), date(2026, 3, 9)
    owner, colleague = a_keeper(unit), a_keeper(unit)
    an_article(unit, by=owner, owner=owner, review_on=soon)
    a_template(unit, by=owner, owner=owner, review_on=soon)
    an_article(unit, by=owner, owner=colleague, review_on=NEXT_YEAR)

    assert _told(owner, soon) == {"articles": 1, "templates": 1}
    assert _told(owner, soon - timedelta(days=1)) == {"articles": 0, "templates": 0}
    assert _told(colleague, soon) == {"articles": 0, "templates": 0}
    assert [row.owner for row in articles(owner, review="mine", today=soon)] == [owner]
    assert articles(colleague, review="due", today=soon).count() == 1


def test_what_has_no_review_day_is_never_overdue() -> None:
    assert not is_overdue(None, TODAY)
    assert is_overdue(TODAY, TODAY)


def test_what_went_into_an_answer_is_counted_once_when_it_is_given() -> None:
    case = a_case("handling")
    handler = the_handler(case)
    article = an_article(the_lead(case), by=handler)
    template = a_template(the_lead(case), by=handler)
    strange = a_template(a_unit(), by=a_dispatcher())
    used = [f"article:{article.pk}", f"article:{article.pk}", f"template:{template.pk}"]

    reply_to_case(
        case.number,
        "修好了。",
        disposition="done",
        by=handler,
        at=MONDAY + A_DAY,
        used=[*used, f"template:{strange.pk}", "article:999999"],
    )

    assert Article.objects.get().uses == 1
    assert dict(ReplyTemplate.objects.values_list("pk", "uses")) == {template.pk: 1, strange.pk: 0}


def test_what_went_into_a_refused_answer_is_not_counted() -> None:
    case = a_case("dispatched")
    handler = the_handler(case)
    article = an_article(the_lead(case), by=handler)

    with pytest.raises(WrongStep):
        reply_to_case(
            case.number,
            "修好了。",
            disposition="done",
            by=handler,
            at=MONDAY,
            used=[f"article:{article.pk}"],
        )

    assert Article.objects.get().uses == 0


def test_what_is_used_most_stands_first() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    a_template(unit, by=keeper, title="少用")
    often = a_template(unit, by=keeper, title="常用")
    ReplyTemplate.objects.filter(pk=often.pk).update(uses=3)

    assert [one.title for one in ready_words(keeper, today=TODAY)[0]] == ["常用", "少用"]


def test_a_template_is_changed_and_removed_by_its_unit_and_told() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    template = a_template(unit, by=keeper)
    subject = f"replytemplate:{template.pk}"

    words = the_words(unit, title="受理告知", text="收到了。")
    change_template(template.pk, words, by=keeper, at=MONDAY)
    with pytest.raises(NotFound):
        remove_template(template.pk, by=a_keeper(a_unit()), at=MONDAY)
    remove_template(template.pk, by=keeper, at=MONDAY)

    assert not ReplyTemplate.objects.exists()
    verbs = [entry.verb for entry in entries_of(subject)]
    assert verbs == ["templates.added", "templates.changed", "templates.removed"]


def test_a_unit_has_one_template_of_a_name() -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    a_template(unit, by=keeper)

    with pytest.raises(TitleTaken):
        a_template(unit, by=keeper)


def test_anybody_reads_what_is_public_and_nothing_else(client: Client) -> None:
    unit = a_unit("市政管理中心")
    keeper = a_keeper(unit)
    shown = an_article(unit, by=keeper, public=True)
    hidden = an_article(unit, by=keeper, title="内部口径")

    page = words_of(client.get("/articles/"))

    assert "路灯坏了找谁" in page
    assert "内部口径" not in page
    assert "三天内修好" in words_of(client.get(f"/articles/{shown.pk}/"))
    assert client.get(f"/articles/{hidden.pk}/").status_code == 404
    assert "没有找到现成的答案" in words_of(client.get("/articles/?q=护照"))


def test_a_clerk_writes_and_changes_an_article_on_the_desk(client: Client) -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    client.force_login(keeper)
    start = fields_of(client.get("/desk/articles/new/"))
    filled = {**start, "title": "怎么报修？", "text": "打电话。", "unit": unit.pk, "owner": ""}

    client.post("/desk/articles/new/", filled)
    client.post("/desk/articles/new/", filled)
    article = Article.objects.get()
    path = f"/desk/articles/{article.pk}/"
    form = fields_of(client.get(f"{path}change/"))
    page = client.post(f"{path}change/", {**form, "text": "网上报。", "unit": unit.pk}, follow=True)

    assert form["text"] == "打电话。"
    assert "网上报。" in words_of(page)
    assert "第 1 版" in words_of(page)
    again = client.post(f"{path}change/", {**form, "text": "来窗口。", "unit": unit.pk})
    assert (again.status_code, "同事已经改过" in words_of(again)) == (422, True)
    assert "来窗口。" in fields_of(again)["text"]


@pytest.mark.parametrize("path", ["/desk/articles/new/", "/desk/templates/new/"])
@pytest.mark.parametrize("field", ["title", "text"])
def test_letters_nobody_can_see_are_nothing_to_know(client: Client, path: str, field: str) -> None:
    unit = a_unit()
    client.force_login(a_keeper(unit))
    start = fields_of(client.get(path))
    filled = {**start, "title": "怎么报修？", "text": "打电话。", "unit": unit.pk, "owner": ""}

    page = client.post(path, {**filled, field: "\u202e\u200b\u3164"})

    assert page.status_code == 422
    assert "还空着" in words_of(page)


def test_an_answer_given_on_the_page_counts_what_went_into_it(client: Client) -> None:
    case = a_case("handling")
    handler = the_handler(case)
    article = an_article(the_lead(case), by=handler, at=MONDAY)
    client.force_login(handler)
    path = f"/desk/cases/{case.number}/reply/"
    used = [f"article:{article.pk}", "article:x", "'"]

    form = client.get(path).content.decode()
    faulty = client.post(path, {"text": "", "disposition": "done", "used": used})
    given = client.post(path, {"text": "修好了。", "disposition": "done", "used": used})

    assert f'data-used="article:{article.pk}"' in form
    assert f'value="article:{article.pk}"' in faulty.content.decode()
    assert given.status_code == 302
    assert Article.objects.get().uses == 1
    assert Case.objects.get().state == "replied"


def test_what_is_to_be_looked_over_stands_beside_the_inbox_and_is_marked(client: Client) -> None:
    unit = a_unit()
    owner = a_keeper(unit)
    article = an_article(
        unit, by=owner, owner=owner, review_on=localdate() + timedelta(days=1), at=now()
    )
    Article.objects.update(review_on=localdate())
    client.force_login(owner)

    inbox = words_of(client.get("/desk/"))
    listed = words_of(client.get("/desk/articles/?review=mine"))

    assert "该我复核的 知识文章 1" in inbox
    assert article.title in listed
    assert "该复核了" in listed


def test_the_pages_cost_the_same_however_much_is_known(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case("handling")
    unit, handler = the_lead(case), the_handler(case)
    for n in range(5):
        an_article(unit, by=handler, public=True, title=f"问题{n}")
        a_template(unit, by=handler, title=f"常用{n}")

    with django_assert_max_num_queries(2):
        client.get("/articles/")
    client.force_login(handler)
    with django_assert_max_num_queries(5):
        client.get("/desk/articles/")
    with django_assert_max_num_queries(5):
        client.get("/desk/templates/")
    with django_assert_max_num_queries(25):
        client.get(f"/desk/cases/{case.number}/reply/")


@pytest.mark.parametrize("path", ["/articles/", "/desk/articles/"])
def test_too_many_words_find_nothing_and_are_told_so(client: Client, path: str) -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    article = an_article(unit, by=keeper, public=True)
    client.force_login(keeper)

    answer = client.get(f"{path}?q={'灯' * 61}")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "最多写 60 个字，现在是 61 个。" in page
    assert "灯" * 61 in page
    assert article.title not in page


def test_a_review_nobody_knows_finds_no_article(client: Client) -> None:
    unit = a_unit()
    keeper = a_keeper(unit)
    article = an_article(unit, by=keeper)
    client.force_login(keeper)

    answer = client.get("/desk/articles/?review=never")

    assert answer.status_code == 422
    assert article.title not in answer.content.decode()


def an_answer_being_written(client: Client) -> tuple[str, Unit, Person]:
    """Where a handler writes an answer, their unit, and the handler."""
    case = a_case("handling")
    handler = the_handler(case)
    client.force_login(handler)
    return f"/desk/cases/{case.number}/reply/", the_lead(case), handler


def test_everything_that_can_go_into_an_answer_is_reached_by_asking_for_more(
    client: Client,
) -> None:
    path, unit, handler = an_answer_being_written(client)
    for n in range(READY_AT_ONCE + 2):
        an_article(unit, by=handler, title=f"第{n}问")
    a_template(unit, by=handler, title="第三种开头")
    Article.objects.filter(title="第21问").update(uses=9)
    writing = {"text": "您好：", "disposition": "done"}

    first = client.get(path).content.decode()
    all_ = client.post(path, {**writing, "more": "1"}).content.decode()

    assert first.count('name="put"') == READY_AT_ONCE
    assert first.index("第21问") < first.index("第三种开头")
    assert 'name="more"' in first
    assert all_.count('name="put"') == READY_AT_ONCE + 3
    assert "您好：" in all_
    assert 'name="more"' not in all_


@pytest.mark.parametrize("words", ["水表 周末", "周末,水表"])
def test_what_goes_into_an_answer_is_found_by_its_words(client: Client, words: str) -> None:
    path, unit, handler = an_answer_being_written(client)
    an_article(unit, by=handler, title="水表不走怎么办？", text="周末也有人来。")
    an_article(unit, by=handler, title="别的问题")

    answer = client.post(path, {"text": "您好：", "find": words, "look": "1"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "水表不走怎么办？" in page
    assert "别的问题" not in page
    assert "您好：" in fields_of(answer)["text"]
    assert Case.objects.get().state == "handling"


@pytest.mark.parametrize("words", ["停水 周末", "周末,停水"])
def test_templates_are_found_by_their_words_too(client: Client, words: str) -> None:
    path, unit, handler = an_answer_being_written(client)
    a_template(unit, by=handler, title="停水通知", text="周末停水。")
    a_template(unit, by=handler)

    page = client.post(path, {"find": words, "look": "1"}).content.decode()

    assert "停水通知" in page
    assert "受理告知" not in page


def test_without_scripts_words_are_put_into_the_answer_and_their_use_is_counted(
    client: Client,
) -> None:
    path, unit, handler = an_answer_being_written(client)
    article = an_article(unit, by=handler)
    writing = {"text": "您好：", "disposition": "partly", "put": f"article:{article.pk}"}

    form = fields_of(client.post(path, writing))
    client.post(path, {**form, "disposition": "done", "used": form["used"]})

    assert form["text"].strip() == "您好：\n打市政热线，三天内修好。"
    assert Article.objects.get().uses == 1
    assert "打市政热线" in Case.objects.get().replies.get().text


@pytest.mark.parametrize("key", ["article:999999", "article:x", "case:1", "template:1"])
def test_what_is_no_longer_there_changes_nothing_of_an_answer(client: Client, key: str) -> None:
    path, _unit, _handler = an_answer_being_written(client)

    answer = client.post(path, {"text": "您好。", "put": key})

    assert answer.status_code == 200
    assert fields_of(answer)["text"].strip() == "您好。"
