"""What PostgreSQL itself reaches: pgbench with the very statements of one create."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory

from mingchuang.outward.errors import ProgramFailed, ProgramMissing

RATE = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)


def script_of(statements: Iterable[str], renewed: Mapping[str, str]) -> str:
    """Return these inserts as one transaction; `renewed` says what stands in place of a value.

    What an insert returns is kept for the next ones under the name of its table, as :table_id.
    """
    lines = ["BEGIN;"]
    for statement in statements:
        words = reduce(lambda text, pair: text.replace(*pair), renewed.items(), statement)
        table = re.match(r'INSERT INTO "?(\w+)', words)
        keeps = table and "RETURNING" in words
        lines.append(f"{words} \\gset {table[1]}_" if keeps and table else f"{words};")
    return "\n".join([*lines, "COMMIT;"]) + "\n"


def rate(script: str, database: str, *, clients: int, seconds: float) -> float:
    """Return the transactions per second that pgbench reaches with this script."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "create.sql"
        file.write_text(script, encoding="utf-8")
        words = ["-n", "-f", str(file), "-c", str(clients), "-j", "2", "-T", f"{seconds:.0f}"]
        told = subprocess.run(
            [_pgbench(), *words, database],
            capture_output=True,
            text=True,
            check=False,
        )
    if told.returncode or not (found := RATE.search(told.stdout)):
        raise ProgramFailed(program="pgbench", why=told.stderr.strip())
    return float(found[1])


def _pgbench() -> str:
    found = shutil.which("pgbench") or next(
        (str(p) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin/pgbench"))), None
    )
    if not found:
        raise ProgramMissing(program="pgbench", package="postgresql-contrib")
    return found
