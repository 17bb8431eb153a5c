"""The WSGI application that a web server loads."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Django loads the pages with the first request. Doing it now shows a mistake at once.
_ = get_resolver().url_patterns
