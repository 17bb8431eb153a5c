"""Template helpers: icons, the reader's colours, text in its own direction, wording."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from incidents import presentation
from incidents.demo import ACCOUNTS
from incidents.filters import PARAMETERS

register = template.Library()

THEMES = ("light", "dark")

register.filter("title", presentation.title)
register.filter("place", presentation.incident_place)
register.filter("when", presentation.when)
register.filter("moment", presentation.moment)
register.filter("weapon", presentation.weapon_name)
register.filter("munitions", presentation.munitions)
register.filter("site_phrase", presentation.site_phrase)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A symbol of static/img/icons.svg, for the eye only: say the same in words beside it."""
    return format_html(
        '<svg class="icon icon-{}{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        name,
        f" {extra}" if extra else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def theme_attribute(context: RequestContext) -> SafeString:
    """`` data-theme="dark"`` where the reader chose a theme; nothing while the system decides."""
    request = context.get("request")
    theme = request.COOKIES.get("theme") if request else None
    return format_html(' data-theme="{}"', theme) if theme in THEMES else SafeString()


@register.simple_tag
def demo_accounts() -> tuple[tuple[str, str, str], ...]:
    """Name, password and group of the accounts that everybody may use; none without DEMO."""
    return ACCOUNTS if settings.DEMO else ()


@register.filter
def bdi(value: Any) -> SafeString:
    """The value isolated from the direction of the text around it."""
    return format_html("<bdi>{}</bdi>", conditional_escape(value))


@register.filter
def figure(incident: Any, field: str) -> str:
    """``{{ incident|figure:"killed" }}`` in words that keep unknown, none and denied apart."""
    return presentation.figure(incident, field)


@register.filter
def short_figure(incident: Any, field: str) -> str:
    """The same as a table has room for: ``0`` where none is stated."""
    return presentation.short_figure(incident, field)


@register.simple_tag
def sign(role: str) -> SafeString:
    """The map's sign of a role, for the eye only: say the role in words beside it."""
    return format_html(
        '<svg class="sign sign-{0}" viewBox="0 0 32 32" aria-hidden="true">'
        '<use href="{1}#{0}"></use></svg>',
        role,
        static("img/icons.svg"),
    )


@register.simple_tag
def filter_names() -> str:
    """The parameters of the one filter, as a reader types them."""
    return ", ".join(PARAMETERS)
