"""Lists of batches as files: a short one a workbook, a long one CSV that is sent as it is read."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mingchuang.base.http import called
from mingchuang.cases.actions.batch_looks import take_out_own
from mingchuang.cases.batching.words import STAGES
from mingchuang.cases.queries.batch_slices import each_with_papers
from mingchuang.cases.views.limits import guarded, unlisted
from mingchuang.cases.workbook.tables import KINDS, Table, csv_parts, kept_whole, table_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http import HttpRequest

    from mingchuang.cases.models import BatchItem

# People in a file that is made before it is sent: nobody waits long for it.
LONG = 2_000


def sent_as_file(table: Table, name: str, *, many: int) -> HttpResponseBase:
    """Send a list of so many people under this name."""
    if many > LONG:
        long = StreamingHttpResponse(csv_parts(table, kept_whole), content_type=KINDS["csv"])
        return called(long, f"{name}.csv")
    answer = HttpResponse(table_bytes(table, "xlsx"), content_type=KINDS["xlsx"])
    return called(answer, f"{name}.xlsx")


@unlisted
@require_POST
@guarded
def own_list(request: "HttpRequest", number: str, code: str) -> HttpResponseBase:
    """The list of the company's clerk, with whose matter is where and what is still needed of
    whom; an entry tells of it."""
    rows = take_out_own(number, code, at=now())
    return sent_as_file(_table(rows), f"{number}-progress", many=rows.count())


def _table(rows: "QuerySet[BatchItem]") -> "Iterator[list[str | int]]":
    stages = {value: str(name) for value, name in STAGES}
    person = [_("序号"), _("批量表第几行"), _("姓名"), _("身份证号码")]
    yield [*person, _("进度"), _("还缺的材料"), _("说明")]
    for one in each_with_papers(rows):
        who, papers = one.who, "、".join(paper.name for paper in one.papers)
        item = who.item
        said = [who.full_name, who.identity, stages[item.stage], papers, item.because]
        yield [item.place, who.row, *said]
