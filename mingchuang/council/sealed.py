"""The database itself lets nobody change a plan that was promised, nor what was promised of it."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from mingchuang.council.frozen import DIFFER, LIFT, WORDS

NAME, TABLE = "council_promised_plan_stays", "council_lottery"
KEPT = ("plan", "commitment", "committed_at", "randomness", "announced")


def statement(vendor: str) -> str:
    """Return what sets the guard, in the words of a vendor."""
    old, new = (", ".join(f"{row}.{one}" for one in KEPT) for row in ("OLD", "NEW"))
    changed = DIFFER[vendor].format(old=old, new=new)
    when = f"OLD.commitment <> '' AND {changed}"
    return WORDS[vendor].format(name=NAME, event="UPDATE", table=TABLE, when=when, kept="NEW")


def lifting(vendor: str) -> str:
    """Return what takes it away again."""
    return LIFT[vendor].format(name=NAME, table=TABLE)


def install(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(statement(editor.connection.vendor), None)


def lift(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(lifting(editor.connection.vendor), None)
