"""What an office knows and says often: written, changed, taken out of use; each is an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from mingchuang.base.errors import NotFound
from mingchuang.cases.errors import (
    ChangedMeanwhile,
    OwnerElsewhere,
    ReviewInThePast,
    TitleTaken,
)
from mingchuang.cases.models.knowledge import Article, ArticleVersion
from mingchuang.cases.models.tables import ReplyTemplate
from mingchuang.cases.queries.knowledge import (
    ARTICLES,
    article_kept_by,
    kept_units,
    template_kept_by,
)
from mingchuang.ledger.actions import record
from mingchuang.people.models import Person

Given = Mapping[str, Any]


@transaction.atomic
def write_article(given: Given, *, by: Person, at: datetime) -> Article:
    """Put an approved answer into the knowledge base; colleagues can use it from now on."""
    article = Article(**given)
    _must_be_kept(article, by=by, at=at)
    article.save()
    _keep(article, "article.written", by=by, at=at)
    return article


@transaction.atomic
def change_article(pk: int, given: Given, *, version: int, by: Person, at: datetime) -> Article:
    """Change an article, or say that it was looked over; how it read before is kept.

    Refused is what was written over a version that a colleague has changed meanwhile.
    """
    article = article_kept_by(by, pk, lock=True)
    if article.version != version:
        raise ChangedMeanwhile
    fields = _set(article, given)
    _must_be_kept(article, by=by, at=at)
    article.version += 1
    article.save()
    _keep(article, "article.changed", by=by, at=at, fields=fields)
    return article


@transaction.atomic
def end_article(pk: int, *, by: Person, at: datetime) -> Article:
    """Take an article out of use; it is offered nowhere any more, and what it said is kept."""
    article = article_kept_by(by, pk, lock=True)
    article.ended_at = at
    article.save(update_fields=["ended_at"])
    record("article.ended", article.subject, at=at, by=by.badge)
    return article


def _keep(article: Article, verb: str, *, by: Person, at: datetime, **facts: Any) -> None:
    ArticleVersion.objects.create(
        article=article,
        version=article.version,
        title=article.title,
        text=article.text,
        by=by,
        at=at,
    )
    ARTICLES.put({article.pk: [article.title, article.text]})
    facts |= {"unit": article.unit.code, "version": article.version, "public": article.public}
    record(verb, article.subject, at=at, by=by.badge, **facts)


@transaction.atomic
def write_template(given: Given, *, by: Person, at: datetime) -> ReplyTemplate:
    """Keep words that a unit uses often; its staff find them beside the answer they write."""
    template = ReplyTemplate(**given)
    _must_be_kept(template, by=by, at=at)
    _must_be_the_only_one(template)
    template.save()
    record("templates.added", _subject(template), at=at, by=by.badge)
    return template


@transaction.atomic
def change_template(pk: int, given: Given, *, by: Person, at: datetime) -> ReplyTemplate:
    """Change words that a unit uses often, or say that they were looked over."""
    template = template_kept_by(by, pk, lock=True)
    fields = _set(template, given)
    _must_be_kept(template, by=by, at=at)
    _must_be_the_only_one(template)
    template.save()
    record("templates.changed", _subject(template), at=at, by=by.badge, fields=fields)
    return template


@transaction.atomic
def remove_template(pk: int, *, by: Person, at: datetime) -> None:
    """Remove words nobody should use any more; answers already given stay as they are."""
    template = template_kept_by(by, pk, lock=True)
    record("templates.removed", _subject(template), at=at, by=by.badge)
    template.delete()


def _subject(template: ReplyTemplate) -> str:
    return f"replytemplate:{template.pk}"


def _set(row: Article | ReplyTemplate, given: Given) -> list[str]:
    """Write what is given into the row; return the names of what is different now."""
    changed = sorted(name for name, value in given.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, given[name])
    return changed


def _must_be_kept(row: Article | ReplyTemplate, *, by: Person, at: datetime) -> None:
    """Refuse what belongs to a unit of others, nobody's review, and an owner from elsewhere."""
    if row.unit_id not in kept_units(by):
        raise NotFound
    if row.review_on is not None and row.review_on <= localdate(at):
        raise ReviewInThePast
    if row.owner is not None and row.unit_id not in kept_units(row.owner):
        raise OwnerElsewhere


def _must_be_the_only_one(template: ReplyTemplate) -> None:
    same = ReplyTemplate.objects.filter(unit=template.unit, title=template.title)
    if same.exclude(pk=template.pk).exists():
        raise TitleTaken
