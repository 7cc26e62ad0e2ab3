"""The key a form is shown with, so that sent twice it is done once."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mingchuang.base.once import new_key

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """A new key each time a form is shown: what was refused was not done and may be sent again."""
    return format_html('<input type="hidden" name="once" value="{}">', new_key())
