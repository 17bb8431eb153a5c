"""The shell of the map, drawn by folium: map, panes, layers and their control.

Nothing from an article comes through here. folium writes text into JavaScript literals without
escaping it for them, so data travels as JSON (``mapdata``) and the browser builds markers and
popups from text nodes (static/js). What this module hands out depends on the language and on the
tile server only, and is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import folium
from branca.element import MacroElement
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from folium.template import Template

from incidents.backdrop import CENTRE
from incidents.models import SiteRole
from incidents.templatetags.athar import sign

ZOOM_START, ZOOM_MIN, ZOOM_MAX = 11, 7, 17

# Bottom to top. Leaflet's own marker pane lies at 600, its popups at 700.
PANES = {
    "ground": 210,
    "density": 370,
    "names": 380,
    "uncertainty": 420,
    "trajectories": 430,
    "tools": 640,
}

# folium asks four outside hosts for jQuery, Bootstrap, icon fonts and Leaflet. The map needs
# Leaflet alone, and ours. The lists belong to the class, for the whole process: set here, once.
# Lazily, because the file names carry hashes that are not known before `collectstatic`.
_static = lazy(static, str)
_IMPORT = re.compile(r'^import [^"]*"\./(\w+\.js)";$', re.MULTILINE)
folium.Map.default_js = [("leaflet", _static("vendor/leaflet/leaflet.js"))]
folium.Map.default_css = [("leaflet_css", _static("vendor/leaflet/leaflet.css"))]


@dataclass(frozen=True, slots=True)
class Shell:
    """The parts of a rendered folium figure, ready for a template.

    ``links`` are the style sheet and script files, ``setup`` and ``script`` JavaScript to be put
    inside ``<script>`` elements that carry the page's nonce, ``html`` the map's own element.
    """

    links: SafeString
    setup: SafeString
    html: SafeString
    script: SafeString


class _Handles(MacroElement):
    """Publish the map and its layers as ``window.athar`` for the modules in static/js."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            window.athar = {
                map: {{ this._parent.get_name() }},
                layers: {{ this.layers|tojavascript }}
            };
        {% endmacro %}
        """
    )

    def __init__(self, layers: dict[str, folium.FeatureGroup]) -> None:
        super().__init__()
        self._name = "Handles"
        self.layers = layers


def shell() -> Shell:
    """The map's shell in the active language."""
    return _shell(get_language() or "en", settings.TILE_URL, settings.TILE_ATTRIBUTION)


@lru_cache(maxsize=16)
def _shell(language: str, tile_url: str, tile_attribution: str) -> Shell:
    root: Any = _draw(tile_url, tile_attribution).get_root()
    root.render()
    header = root.header.render()
    # folium's own style sheets size the page, and its viewport tag forbids zooming in: ours do
    # neither, so of the header only the files and the switches are kept.
    links = re.findall(r'<link rel="stylesheet"[^>]*/>|<script src=[^>]*></script>', header)
    switches = re.findall(r"<script>(.*?)</script>", header, re.DOTALL)
    return Shell(
        links=_ours("\n".join(links)),
        setup=_ours("\n".join(switches)),
        html=_ours(root.html.render()),
        script=_ours(root.script.render()),
    )


@lru_cache(maxsize=1)
def modules() -> list[str]:
    """Addresses of all modules the desk's script needs at once.

    The page names them, so that browsers fetch them side by side and not one import after another.
    """
    known: list[str] = []
    waiting = ["desk.js"]
    while waiting:
        name = waiting.pop(0)
        if name not in known:
            known.append(name)
            source = Path(str(finders.find(f"js/{name}"))).read_text(encoding="utf-8")
            waiting += _IMPORT.findall(source)
    return [static(f"js/{name}") for name in known]


def tool_strings() -> dict[str, str]:
    """What the map's tools say, by key; gaps are {in braces}. See static/js/strings.js."""
    return {
        "brand": _("Athar"),
        "centre_coordinates": _("The middle of the map; point at the map for another place"),
        "coordinates": _("Coordinates"),
        "coordinates_hint": _("Click the map for another place."),
        "copy": _("Copy: {what}"),
        "from_to": _("From {launch} to {impact}"),
        "full_screen": _("Full screen"),
        "heat": _("Sites per square kilometre"),
        "heat_unit": _("{number} / km²"),
        "heat_scale": _("Colours of the density: from none to {most} sites per square kilometre"),
        "kilometres": _("{number} km"),
        "lat_lon": _("Latitude, longitude"),
        "leg": _("Launch to impact"),
        "line": _("Launch to impact: {distance}, {bearing}; incidents: {number}"),
        "line_warns": _("The distance does not fit the weapon"),
        "locate": _("Find a place"),
        "locate_clear": _("Clear the place"),
        "locate_hint": _("A name in Arabic or English, or coordinates"),
        "located": _("{place}: {line}"),
        "measure": _("Measure a distance"),
        "measure_bearing": _("Bearing"),
        "measure_centre": _("Add the middle of the map"),
        "measure_clear": _("Clear"),
        "measure_done": _("Done"),
        "measure_hint": _(
            "Click the map to add points. By keyboard: arrow keys move the map, Enter adds "
            "its middle, Escape ends."
        ),
        "measure_leg": _("Last leg"),
        "measure_points": _("Points: {number}"),
        "measure_total": _("Total"),
        "measure_undo": _("Undo"),
        "measured": _("Total {total}; last leg {leg}, bearing {bearing}"),
        "metres": _("{number} m"),
        "no_place": _("The gazetteer has no “{name}”."),
        "pace": _("Speed"),
        "pace_fast": _("fast"),
        "pace_normal": _("normal"),
        "pace_slow": _("slow"),
        "pause": _("Pause (space bar)"),
        "picture": _("Picture of the map"),
        "picture_all": _("All incidents"),
        "picture_making": _("Drawing the picture …"),
        "picture_png": _("Save as PNG"),
        "picture_print": _("Print"),
        "picture_svg": _("Save as SVG"),
        "picture_tiles": _("Saved pictures show the built-in background instead of map tiles."),
        "places": _("Places"),
        "play": _("Play (space bar)"),
        "playing": _("Play the time line"),
        "pointer_coordinates": _("Under the pointer; right-click to copy"),
        "rings": _("Many sites, by role"),
        "skip_signs": _("Skip the signs of the map"),
        "step_back": _("One step back"),
        "step_on": _("One step on"),
        "tools": _("Tools of the map"),
        "window_count": _("{window}: incidents {number}"),
    }


def _ours(markup: str) -> SafeString:
    """What folium wrote: made of our settings and translations, with no text of an article."""
    return mark_safe(markup)  # noqa: S308


def _draw(tile_url: str, tile_attribution: str) -> folium.Map:
    """The map with its panes and layers; start and end corners follow the direction of reading."""
    start, end = ("right", "left") if get_language_bidi() else ("left", "right")
    drawn = folium.Map(
        location=CENTRE,
        zoom_start=ZOOM_START,
        tiles=None,
        zoom_control=f"top{end}",
        minZoom=ZOOM_MIN,
        maxZoom=ZOOM_MAX,
        zoom_snap=0.5,
        world_copy_jump=False,
        attribution_control=False,
    )
    if tile_url:
        folium.TileLayer(
            tiles=tile_url,
            attr=tile_attribution or _("Map tiles"),
            name=_("Map tiles"),
            control=False,
            min_zoom=ZOOM_MIN,
            max_zoom=ZOOM_MAX,
            # Tile servers refuse requests that do not say which site they come from.
            referrer_policy="strict-origin-when-cross-origin",
        ).add_to(drawn)
    for name, z_index in PANES.items():
        folium.map.CustomPane(name, z_index=z_index).add_to(drawn)

    layers = {
        key: folium.FeatureGroup(name=_legend_entry(key, label))
        for key, label in (
            ("impact", _("Impact")),
            ("intercept", _("Intercepted in the air")),
            ("launch", _("Launch")),
            ("target", _("Declared target")),
            ("trajectories", _("Launch to impact")),
            ("uncertainty", _("Uncertainty of the place")),
            ("density", _("Density of sites")),
        )
    }
    layers["density"].show = False
    for layer in layers.values():
        layer.add_to(drawn)
    folium.LayerControl(position=f"bottom{start}", collapsed=False, autoZIndex=False).add_to(drawn)
    _Handles(layers).add_to(drawn)
    return drawn


def _legend_entry(key: str, label: str) -> SafeString:
    """A layer's name as the control shows it: its sign, then the word."""
    mark = sign(key) if key in SiteRole.values else format_html('<i class="key key-{}"></i>', key)
    return format_html("{}<span>{}</span>", mark, label)
