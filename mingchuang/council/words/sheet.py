"""What is wrong with a row of a workbook, of people or of places, as one sentence each."""

from django.utils.translation import gettext_lazy as _

from mingchuang.base.errors import Refused
from mingchuang.base.typing import Text
from mingchuang.council.rules.sheet import BECAUSE, OBJECTION, PHONE, Fault

FAULTS: dict[str, Text] = {
    "formula": _("“%(column)s”是公式（以等号开头），请用“粘贴为数值”换成文字。"),
    "too_long": _("“%(column)s”超过 %(most)s 个字，请缩短。"),
    "empty": _("“%(column)s”是空的，请填写。"),
    "no_choice": _("“%(column)s”请填%(offered)s。"),
    "no_phone": _("“%(column)s”不是能打通的电话，请核对，或者留空。"),
    "no_building": _("“%(column)s”请只写楼号，例如：3幢、12号楼、A座，或者留空。"),
    "reason_missing": _("直接受影响的，请写“%(column)s”。"),
    "reason_needless": _("只有直接受影响的才写“%(column)s”，请清空，或者改“怎样受影响”。"),
    "camp": _("“%(column)s”由本人表明，不能导入。请清空。在工单里反对过的，请写“反对过的工单”。"),
    "no_count": _("“%(column)s”请写整数，不写按 1 算。"),
    "tells": _("“%(column)s”里好像有电话、证件号或者姓名。谁都能看到，请删掉。"),
}
# Which cell a refusal is about.
CELLS = {
    "registered_already": PHONE,
    "no_such_objection": OBJECTION,
    "not_their_case": OBJECTION,
    "tells_who": BECAUSE,
    "reason_stands": BECAUSE,
}


def sentences(wrong: Refused | list[Fault]) -> dict[str, str]:
    """Return what is wrong with a row, by the column whose cell it is about."""
    if isinstance(wrong, Refused):
        return {CELLS.get(wrong.code, ""): str(wrong)}
    return {fault.column: _sentence(fault) for fault in wrong}


def _sentence(fault: Fault) -> str:
    return str(FAULTS[fault.code]) % {
        "column": fault.column,
        "most": fault.most,
        "offered": _("、").join(fault.offered),
    }
