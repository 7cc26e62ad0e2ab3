"""What an office knows: articles and reply templates, who keeps them, what is to be reviewed."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingchuang.base.errors import NotFound
from mingchuang.base.search.index import Index
from mingchuang.cases.models.knowledge import Article, ArticleVersion
from mingchuang.cases.models.tables import ReplyTemplate
from mingchuang.cases.rules.knowledge import KEEPERS, is_overdue
from mingchuang.people.models import Person, Post, Unit
from mingchuang.people.queries import scope_of, unit_tree

ARTICLES = Index("cases_article_found")
# So many more are shown beside an answer each time somebody asks for more.
READY_AT_ONCE = 20


@dataclass(frozen=True)
class Ready:
    """Words that can go into an answer; `key` is how one use of them is counted."""

    key: str
    title: str
    text: str
    uses: int
    is_overdue: bool


def kept_units(person: Person) -> frozenset[int]:
    """Return the units whose knowledge this person keeps."""
    return scope_of(person).units(*KEEPERS)


def units_kept_by(person: Person) -> "QuerySet[Unit]":
    return unit_tree().filter(pk__in=kept_units(person))


def keepers(person: Person) -> "QuerySet[Person]":
    """Return who else keeps knowledge in the units of this person: whom an owner is chosen from."""
    posts = Post.objects.in_force().filter(role__in=KEEPERS, unit__in=kept_units(person))
    return Person.objects.filter(Exists(posts.filter(person=OuterRef("pk")))).order_by("badge")


def articles(
    person: Person, *, words: str = "", review: str = "", today: date
) -> "QuerySet[Article]":
    """Return the articles in use, the most used first; `review` is "", "due" or "mine"."""
    found = _with(words, Article.objects.live()).select_related("unit", "owner")
    if review:
        found = found.filter(review_on__lte=today)
    if review == "mine":
        found = found.filter(owner=person)
    return found.order_by("-uses", "title", "pk")


def no_articles() -> "QuerySet[Article]":
    """Return what is found where what is looked for cannot be read: nothing, not everything."""
    return Article.objects.none()


def article_for(pk: int) -> Article:
    """Return an article as all staff may read it, also one that is out of use."""
    found = Article.objects.select_related("unit", "owner", "item").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def article_kept_by(person: Person, pk: int, *, lock: bool = False) -> Article:
    """Return an article in use that this person keeps; lock it if it will be changed."""
    kept = Article.objects.live().filter(unit__in=kept_units(person))
    if lock:
        kept = kept.select_for_update(of=("self",))
    article = kept.select_related("unit").filter(pk=pk).first()
    if article is None:
        raise NotFound
    return article


def versions_of(article: Article) -> "QuerySet[ArticleVersion]":
    """Return how the article read before, newest first."""
    earlier = article.versions.filter(version__lt=article.version)
    return earlier.select_related("by").order_by("-version")


def public_articles(words: str = "") -> "QuerySet[Article]":
    """Return what anybody may read, by unit, the most used first."""
    found = _with(words, Article.objects.public()).select_related("unit")
    return found.order_by("unit__path", "-uses", "title", "pk")


def public_article(pk: int) -> Article:
    found = Article.objects.public().select_related("unit", "item").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _with(words: str, found: "QuerySet[Article]") -> "QuerySet[Article]":
    return found.filter(pk__in=ARTICLES.holding(words)) if words else found


def templates_kept_by(person: Person) -> "QuerySet[ReplyTemplate]":
    """Return the reply templates of the units whose knowledge this person keeps."""
    kept = ReplyTemplate.objects.filter(unit__in=kept_units(person))
    return kept.select_related("unit", "owner").order_by("-uses", "title", "pk")


def template_kept_by(person: Person, pk: int, *, lock: bool = False) -> ReplyTemplate:
    """Return a reply template that this person keeps; lock it if it will be changed."""
    kept = ReplyTemplate.objects.filter(unit__in=kept_units(person))
    if lock:
        kept = kept.select_for_update(of=("self",))
    template = kept.filter(pk=pk).first()
    if template is None:
        raise NotFound
    return template


def templates_usable_by(person: Person) -> "QuerySet[ReplyTemplate]":
    """Return the reply templates of every unit in which this person holds any post."""
    scope = scope_of(person)
    return ReplyTemplate.objects.filter(unit__in=scope.units(*scope.places))


def ready_words(
    person: Person, *, words: str = "", today: date, most: int = READY_AT_ONCE
) -> tuple[list[Ready], bool]:
    """Return what can go into an answer and holds these words, the most used first, and whether
    there is more of it."""
    templates = _holding(words, templates_usable_by(person)).order_by("-uses", "title", "pk")
    kinds: dict[str, QuerySet[ReplyTemplate] | QuerySet[Article]] = {
        "template": templates,
        "article": articles(person, words=words, today=today),
    }
    found = [_ready(kind, row, today) for kind, rows in kinds.items() for row in rows[: most + 1]]
    found.sort(key=lambda one: -one.uses)
    return found[:most], len(found) > most


def ready_with(person: Person, key: str, *, today: date) -> list[Ready]:
    """Return what has this key (`article:5`): nothing if it is out of use by now, or not theirs."""
    kind, _colon, pk = key.partition(":")
    kept: QuerySet[ReplyTemplate] | QuerySet[Article] = (
        templates_usable_by(person) if kind == "template" else Article.objects.live()
    )
    return [_ready(kind, row, today) for row in kept.filter(pk=pk)]


def _ready(kind: str, row: ReplyTemplate | Article, today: date) -> Ready:
    overdue = is_overdue(row.review_on, today)
    return Ready(f"{kind}:{row.pk}", row.title, row.text, row.uses, overdue)


def _holding(words: str, found: "QuerySet[ReplyTemplate]") -> "QuerySet[ReplyTemplate]":
    """Templates are few: each is read, no index is kept of them. Words without a letter find none,
    as in an index."""
    looked_for = re.findall(r"\w+", words)
    if words and not looked_for:
        return found.none()
    for word in looked_for:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return found


def to_review(person: Person, *, today: date) -> dict[str, "QuerySet[Any]"]:
    """Return the articles and templates of their own that this person should look over."""
    mine = {"owner": person, "review_on__lte": today}
    return {
        "articles": Article.objects.live().filter(**mine),
        "templates": ReplyTemplate.objects.filter(**mine),
    }
