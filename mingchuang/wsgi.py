"""The web process that Granian (or any WSGI server) runs."""

import os

from django.core.wsgi import get_wsgi_application

# Letters, photos and the database are for nobody else on this machine.
os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingchuang.settings")
application = get_wsgi_application()
