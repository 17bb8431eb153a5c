"""Logging in, with a limit on guessing: for the site's own login page and the admin's."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

ATTEMPTS = 10
MINUTES = 10


class LimitedLogin(AuthenticationForm):
    """Refuses a name from an address for a while after too many wrong passwords.

    Name and address count together, so that nobody can lock an editor out from elsewhere.
    """

    def clean(self) -> dict[str, Any]:
        key = self._key()
        if cache.get(key, 0) >= ATTEMPTS:
            raise forms.ValidationError(
                _("Too many wrong passwords. Wait %(minutes)s minutes, then try again."),
                code="limited",
                params={"minutes": MINUTES},
            )
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            cache.add(key, 0, timeout=60 * MINUTES)
            cache.incr(key)
            raise
        cache.delete(key)
        return cleaned

    def _key(self) -> str:
        """Return the cache key of this name and address; a hash, as names may hold anything."""
        name = self.cleaned_data.get("username", "").casefold()
        return "login:" + salted_hmac("login", f"{self._address()} {name}").hexdigest()

    def _address(self) -> str:
        """Return where the visitor comes from: behind a proxy, what the proxy wrote last."""
        if self.request is None:
            return ""
        address: str = self.request.META["REMOTE_ADDR"]
        if settings.HTTPS:
            forwarded = self.request.headers.get("X-Forwarded-For", address)
            address = forwarded.rpartition(",")[2].strip()
        return address


class LimitedAdminLogin(LimitedLogin, AdminAuthenticationForm):
    """The same for the admin, which lets staff in and nobody else."""
