"""Which doors a page shows to whom."""

from django import template
from django.contrib.auth.models import AnonymousUser

from mingchuang.people.models import Person
from mingchuang.people.queries import scope_of
from mingchuang.people.rules.roles import Role

register = template.Library()


@register.filter
def holds(user: Person | AnonymousUser, roles: str) -> bool:
    """{% if user|holds:"callback" %}: say whether they hold one of these roles now."""
    names = (Role(name) for name in roles.split())
    return isinstance(user, Person) and scope_of(user).holds(*names)
