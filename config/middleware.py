"""Who may see anything at all."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase


class PrivateMapMiddleware(LoginRequiredMiddleware):
    """With PUBLIC_MAP off, ask for a login on every page that does not opt out of it."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if settings.PUBLIC_MAP:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
