"""Words that must not wait in any list: who is in danger is told at once whom to call."""

import re
from collections.abc import Mapping

# Line → what people write when it is theirs (国办函〔2025〕66号: 110/119/120/122 at once).
LINES: Mapping[str, re.Pattern[str]] = {
    "119": re.compile(
        "着火|起火|失火|火灾|冒浓烟|(?:煤气|燃气|天然气)(?:泄漏|泄露|漏)|被困(?:电梯|在电梯)"
    ),
    "120": re.compile("昏迷|晕倒|心梗|中风|大出血|没有?呼吸|抽搐|服毒|煤气中毒"),
    "110": re.compile("持刀|抢劫|打人|入室|绑架|跳楼|轻生|自杀|失踪"),
    "122": re.compile("车祸|撞(?:了|伤)人"),
}


def emergency_line(text: str) -> str | None:
    """Return the number to call at once, or None where nothing in the text presses so."""
    return next((line for line, words in LINES.items() if words.search(text)), None)
