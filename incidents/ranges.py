"""From launch to impact: how far, which way, and whether the weapon reaches that far.

Distances are geodesics between the points of the two places. Neither point is exact, so a verdict
is given only where it holds wherever in their circles the two ends lie. The ranges, with their
sources, are the lexicon's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from extraction.text import lexicon
from extraction.text.lexicon import Weapon
from incidents import presentation
from incidents.models import SiteRole
from incidents.nearness import Placed, extent, leg

if TYPE_CHECKING:
    from incidents.models import Incident, Site

Fit = Literal["fits", "too_far", "too_near", "open", "no_range", "no_weapon"]

# A verdict that should make the reader look twice at the places or at the weapon.
WARNINGS: frozenset[Fit] = frozenset({"too_far", "too_near"})

# Clockwise from north, each the middle of 45 degrees.
_COMPASS = (
    lazy("towards the north"),
    lazy("towards the north-east"),
    lazy("towards the east"),
    lazy("towards the south-east"),
    lazy("towards the south"),
    lazy("towards the south-west"),
    lazy("towards the west"),
    lazy("towards the north-west"),
)


@dataclass(frozen=True, slots=True)
class Check:
    """A line from launch to impact held against the range of a weapon.

    ``km`` lies between the two points, ``low_km`` and ``high_km`` are the least and the most that
    it may be; ``bearing`` is in degrees clockwise from north. ``weapon`` is None where none is
    named or the lexicon does not know it.
    """

    fit: Fit
    km: float
    low_km: float
    high_km: float
    bearing: float
    weapon: Weapon | None

    @property
    def warns(self) -> bool:
        return self.fit in WARNINGS


def check(launch: Placed, impact: Placed, weapon: str) -> Check | None:
    """Hold a line against the range of ``weapon``, a key of the lexicon or "".

    None where an end has no coordinates, or both have the same: then there is no line.
    """
    if launch.lat is None or launch.lon is None or impact.lat is None or impact.lon is None:
        return None
    if (launch.lat, launch.lon) == (impact.lat, impact.lon):
        return None
    km, bearing = leg(launch.lat, launch.lon, impact.lat, impact.lon)
    doubt = (extent(launch) + extent(impact)) / 1000
    low, high = max(0.0, km - doubt), km + doubt
    known = lexicon.weapons().get(weapon)
    return Check(_fit(known, low, high), km, low, high, bearing, known)


def _fit(weapon: Weapon | None, low: float, high: float) -> Fit:
    if weapon is None:
        return "no_weapon"
    if (span := reach(weapon.id)) is None:
        return "no_range"
    least, most = span
    if low > most:
        return "too_far"
    if high < least:
        return "too_near"
    return "fits" if low >= least and high <= most else "open"


def reach(weapon: str) -> list[float] | None:
    """Least and greatest range of ``weapon`` in km; None where the lexicon knows none."""
    known = lexicon.weapons().get(weapon)
    if known is None or known.max_range_km is None:
        return None
    return [known.min_range_km or 0.0, known.max_range_km]


def weapon_of(incident: Incident) -> str:
    """The key of its weapon; where none is named, the event may tell: a mortar attack's mortar."""
    return incident.weapon or incident.event_type


def checks(incident: Incident) -> list[tuple[Site, Site, Check]]:
    """Launch, impact and check of every line of an incident, in the order of its sites."""
    sites = list(incident.sites.all())
    weapon = weapon_of(incident)
    return [
        (launch, impact, checked)
        for launch in sites
        if launch.role == SiteRole.LAUNCH
        for impact in sites
        if impact.role == SiteRole.IMPACT and (checked := check(launch, impact, weapon))
    ]


def rows(incident: Incident) -> list[dict[str, Any]]:
    """The lines of an incident for a page: ``launch, impact`` names and the texts of ``told``."""
    return [
        {
            "launch": presentation.site_name(launch),
            "impact": presentation.site_name(impact),
            **told(checked),
        }
        for launch, impact, checked in checks(incident)
    ]


# ---- in words ----


def told(checked: Check) -> dict[str, Any]:
    """A check for people: ``distance, spread, fit, warns, verdict, source``, in their language."""
    return {
        "distance": way(checked),
        "spread": spread(checked),
        "fit": checked.fit,
        "warns": checked.warns,
        "verdict": verdict(checked),
        "source": checked.weapon.source if checked.weapon else "",
    }


def way(checked: Check) -> str:
    """``11.2 km towards the west (272°)``."""
    return _("%(distance)s %(direction)s (%(bearing)s)") % {
        "distance": presentation.distance(checked.km * 1000),
        "direction": _COMPASS[round(checked.bearing / 45) % 8],
        # Isolated: after Arabic letters the sign would move to the other side.
        "bearing": f"\u2066{round(checked.bearing) % 360:03d}°\u2069",
    }


def spread(checked: Check) -> str:
    """How far apart the ends may be, given how exactly they are known."""
    return _("between %(low)s and %(high)s, as exactly as the two places are known") % {
        "low": presentation.distance(checked.low_km * 1000),
        "high": presentation.distance(checked.high_km * 1000),
    }


def verdict(checked: Check) -> str:
    """Whether the weapon fits, in one sentence that says what it was held against."""
    weapon = checked.weapon
    if weapon is None:
        return _("No weapon is named whose range could be checked.")
    if weapon.max_range_km is None:
        return _("No single range is known for this weapon: %(weapon)s.") % {
            "weapon": named(weapon)
        }
    said = {
        "weapon": named(weapon),
        "least": presentation.distance((weapon.min_range_km or 0) * 1000),
        "most": presentation.distance(weapon.max_range_km * 1000),
    }
    sentences: dict[Fit, str] = {
        "fits": _("Fits the weapon: within the range of %(weapon)s, %(least)s to %(most)s."),
        "too_far": _(
            "Does not fit the weapon: even at the least it is farther than %(weapon)s reaches, "
            "%(most)s."
        ),
        "too_near": _(
            "Does not fit the weapon: even at the most it is nearer than %(weapon)s can be fired, "
            "%(least)s."
        ),
        "open": _(
            "Whether the weapon fits cannot be told: the range of %(weapon)s, %(least)s to "
            "%(most)s, covers only a part of what the distance may be."
        ),
    }
    return sentences[checked.fit] % said


def named(weapon: Weapon) -> str:
    """``Grad (122 mm)``; a name that tells the calibre is left alone."""
    name = presentation.weapon_name(weapon.id)
    calibres = [str(calibre) for calibre in weapon.calibre_mm]
    if not calibres or any(calibre in name for calibre in calibres):
        return name
    *others, last = calibres
    listed = (
        _("%(these)s or %(last)s") % {"these": _(", ").join(others), "last": last}
        if others
        else last
    )
    return _("%(weapon)s (%(calibre)s mm)") % {"weapon": name, "calibre": listed}
