"""The newest result of each bench and database, in MINGCHUANG_HOME/bench, and the page of them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from mingchuang.outward.measuring.results import Result, figure

Kept = Mapping[str, Any]
PAGE = Path("docs/benchmarks.md")
HEADS = ["what", "ours", "peer", "ratio", "goal", "holds"]
HEAD = """\
# Benchmarks

Written by `mingchuang bench --write`; nobody types here. Each line is us and the peer measured in
one run on one machine, so the ratio is what counts. Shown is the newest result of each bench, with
its date, machine and versions; `make bench` measures all of them anew. The million cases are made
up by `mingchuang bench fill` from invented words.
"""


def folder() -> Path:
    return Path(settings.HOME) / "bench"


def keep(result: Result) -> Path:
    """Put the result in the place of the older one of the same bench and database."""
    name = "-".join(filter(None, [result.name, result.database.partition(" ")[0].lower()]))
    path = folder() / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(result.as_json(), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def kept() -> list[Kept]:
    """Return the newest result of each bench and database, in the order of their names."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder().glob("*.json"))]


def page_of(results: Iterable[Kept], about: Mapping[str, str]) -> str:
    """Return the page of these results; `about` says of each bench what it measures."""
    parts = [HEAD, *(_section(result, about) for result in results)]
    return "\n".join(parts)


def table_of(result: Kept) -> list[str]:
    """Return the rows of one result as a table that a terminal and a page show alike."""
    rows = [HEADS, *(_cells(row) for row in result["rows"])]
    width = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [[cell.ljust(n) for cell, n in zip(row, width, strict=True)] for row in rows]
    lines.insert(1, ["-" * n for n in width])
    return ["| " + " | ".join(line) + " |" for line in lines]


def _section(result: Kept, about: Mapping[str, str]) -> str:
    on = f" on {result['database']}" if result["database"] else ""
    lines = [f"## {result['name']}{on}\n"]
    if told := about.get(result["name"]):
        lines.append(f"{told}\n")
    lines += [*table_of(result), "", *(f"- {note}" for note in result["notes"])]
    lines += [f"- {result['date']}, {figure(result['seconds'])} s. {_told(result)}", ""]
    return "\n".join(lines)


def _told(result: Kept) -> str:
    words = [*result["machine"].values(), *(f"{n} {v}" for n, v in result["versions"].items())]
    return "; ".join(words) + "."


def _cells(row: Kept) -> list[str]:
    unit = f" {row['unit']}" if row["unit"] else ""
    more = "> " if row.get("stopped") else ""
    peer = "" if row["peer"] is None else f"{more}{figure(row['peer'])}{unit}"
    if row["peer_name"]:
        peer = f"{peer} ({row['peer_name']})".strip()
    ratio = "" if row["ratio"] is None else f"{more}{figure(row['ratio'])} ×"
    mark = {True: "✔", False: "✘", None: ""}[row["holds"]]
    return [row["what"], f"{figure(row['ours'])}{unit}", peer, ratio, row["goal"], mark]
