"""What does not add up in an incident, said so that reader and editor look twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

import gazetteer
from incidents import presentation
from incidents.models import SiteRole

if TYPE_CHECKING:
    from incidents.models import Incident, Site


def site_sums(incident: Incident) -> list[str]:
    """Where the munitions of the sites are more than those of the whole attack.

    That happens when articles that disagree are merged: each keeps its own sites and counts.
    """
    total = incident.munitions_best
    if total is None:
        return []
    sites = list(incident.sites.all())
    found = []
    fallen = _sum(sites, SiteRole.IMPACT) + _sum(sites, SiteRole.INTERCEPT)
    launched = _sum(sites, SiteRole.LAUNCH)
    said = {"total": presentation.grouped(total)}
    if fallen > total:
        found.append(
            _(
                "The sites where munitions came down or were intercepted add up to %(sum)s, the "
                "whole attack to %(total)s: reports disagree, and not all of it can be true."
            )
            % {**said, "sum": presentation.grouped(fallen)}
        )
    if launched > total:
        found.append(
            _(
                "The launch sites add up to %(sum)s munitions, the whole attack to %(total)s: "
                "reports disagree, and not all of it can be true."
            )
            % {**said, "sum": presentation.grouped(launched)}
        )
    return found


def _sum(sites: Iterable[Site], role: SiteRole) -> int:
    """The counts of a role; a spot inside a counted area is in the area's count already."""
    counted = [site for site in sites if site.role == role and site.count]
    return sum(
        site.count or 0
        for site in counted
        if not any(other is not site and _within(site, other) for other in counted)
    )


def _within(site: Site, area: Site) -> bool:
    """Whether a site lies in the place of another, and that is not the same place."""
    book = gazetteer.load()
    place = book.places.get(site.place_id)
    if place is None or site.place_id == area.place_id:
        return False
    return area.place_id in book.places and book.is_within(place, area.place_id)
