"""The web process with live pages, for any ASGI server; `mingchuang serve` runs the same.

Whoever wants no live pages runs mingchuang.wsgi: screens then ask again every fifteen seconds.
"""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.timezone import now

# Letters, photos and the database are for nobody else on this machine.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.settings")
pages = get_wsgi_application()

from mingchuang.visits.live.doors import with_live_pages  # noqa: E402  settings come first

application = with_live_pages(pages, threads=8, clock=now)
