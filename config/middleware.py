"""Who may see anything at all."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from incidents.export_views import json_refusal


class PrivateMapMiddleware(LoginRequiredMiddleware):
    """With PUBLIC_MAP off, ask for a login on every page that does not opt out of it."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_MAP:
            return None
        refused = super().process_view(request, view_func, view_args, view_kwargs)
        if refused is None or not _is_program(request):
            return refused
        message = _("This site asks for a login. Log in, and send the session's cookie.")
        return json_refusal(message, 401)


def _is_program(request: HttpRequest) -> bool:
    """Whether a file is asked for by what is no browser: it would store the login form."""
    file = "." in request.path.rpartition("/")[2] or request.path.endswith("/feed/")
    return file and request.get_preferred_type(["application/json", "text/html"]) != "text/html"
