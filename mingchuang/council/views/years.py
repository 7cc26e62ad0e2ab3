"""The seats of each year drawn as columns: all of them beside those of who never sat before."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from mingchuang.cases.templatetags.figures import FOOT, TALL, WIDTH, Bar, Chart
from mingchuang.council.rules.sharing import Span

GAP, WIDEST = 2, 28


def years_chart(years: Mapping[int, Span]) -> Chart | None:
    """Return the chart of these years; of none there is nothing to draw."""
    if not years:
        return None
    step, most = WIDTH // len(years), max(span.places for span in years.values())
    wide = min(WIDEST, step // 2 - GAP)
    bars: list[Bar] = []
    for n, (year, span) in enumerate(years.items()):
        middle = step * n + step // 2
        pair = ((_("席位"), "came", span.places), (_("第一次来"), "answered", span.newcomers))
        for i, (name, kind, many) in enumerate(pair):
            x, tall = middle - wide + i * wide, round(TALL * many / most)
            words = f"{year} {name} {many}"
            bars.append(
                Bar(x, FOOT - tall, wide - GAP, tall, kind, words, str(many), x + wide // 2)
            )
    below = [(step * n + step // 2, str(year)) for n, year in enumerate(years)]
    legend = [("came", _("席位")), ("answered", _("第一次来"))]
    return Chart(_("每年的席位"), "", bars, below, legend)
