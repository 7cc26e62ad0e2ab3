"""Chances as people read them."""

from django import template

register = template.Library()
PLACES = 3
ALMOST_NOTHING = 1e-9


@register.filter
def chance(value: float) -> str:
    """5.0%, 3.95%, 0.322%: three figures, whatever their size; a solver's almost nothing is 0%."""
    value = 0.0 if value < ALMOST_NOTHING else value
    return f"{float(f'{100 * value:.{PLACES}g}'):g}%"


@register.filter
def small(value: float) -> str:
    """0.00001: as small as it is, and nothing else."""
    return "0" if value < ALMOST_NOTHING else f"{value:.7f}".rstrip("0").rstrip(".") or "0"
