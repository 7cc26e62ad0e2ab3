"""What is left of somebody: in every table, in the files of the database, on the shelf."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection

from mingchuang.cases.models import Attachment
from mingchuang.people.fields import EncryptedTextField
from tests.tools.serving import database_of_tests


def dump() -> bytes:
    """The whole database as its own tool writes it out, and on SQLite its files as they lie."""
    if connection.vendor == "postgresql":
        address = urlsplit(database_of_tests())
        pg = ["pg_dump", "--no-owner", address.geturl()]
        return subprocess.run(pg, check=True, capture_output=True).stdout
    name = Path(str(connection.settings_dict["NAME"]))
    # By another process: whoever opens these files here and closes them again takes from our
    # own connection the locks it holds (sqlite.org/howtocorrupt.html, section 2.2).
    files = [str(path) for path in sorted(name.parent.glob(f"{name.name}*"))]
    return subprocess.run(["cat", *files], check=True, capture_output=True).stdout


def rows() -> str:
    """Every row of every table as text, what is encrypted opened."""
    return "\n".join(_rows())


def _rows() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (repr(row) for row in cursor.fetchall())
    for model in apps.get_models():
        sealed = [f.name for f in model._meta.fields if isinstance(f, EncryptedTextField)]
        if sealed:
            yield from (repr(row) for row in model._default_manager.values_list(*sealed))


def lies_on_the_shelf(photo: Attachment) -> bool:
    return storages["attachments"].exists(photo.path)


def audit_faults() -> str:
    """What the audit of the whole house finds: nothing, where nothing is wrong."""
    out = io.StringIO()
    try:
        call_command("audit", stdout=out)
    except SystemExit:
        return out.getvalue()
    return ""
