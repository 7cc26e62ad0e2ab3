"""The house as the tests see it: a home of its own, quick passwords, no waiting for the disk."""

import atexit
import os
import shutil
import tempfile

from django.contrib.auth.hashers import PBKDF2PasswordHasher

os.environ["MINGCHUANG_HOME"] = tempfile.mkdtemp(prefix="mingchuang-")
atexit.register(shutil.rmtree, os.environ["MINGCHUANG_HOME"], ignore_errors=True)

from mingchuang.settings import *  # noqa: E402, F403  the home must be named first
from mingchuang.settings import DATABASES, HOME  # noqa: E402


class QuickHasher(PBKDF2PasswordHasher):
    """One round instead of a million; a real server still reads what it wrote."""

    iterations = 1


PASSWORD_HASHERS = ["tests.settings.QuickHasher"]

# A file rather than memory, so that threads and other processes see what a test wrote.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
