"""The whole path on the demo articles: real text, the real extractor, linked and merged."""

from __future__ import annotations

import itertools

import pytest

from gazetteer import Gazetteer
from incidents.demo import ARTICLES
from incidents.ingest import ingest
from incidents.models import Incident, IncidentArticle
from incidents.uploads import Upload, read_path

pytestmark = pytest.mark.django_db

TOLD_TWICE = {
    "d001": "2020-11-17",
    "d002": "2020-11-17",
    "d003": "2020-11-17",
    "d004": "2021-02-22",
    "d005": "2021-02-22",
    "d006": "2022-01-13",
    "d007": "2022-01-13",
    "d008": "2015-10-29",
    "d009": "2015-10-29",
    "c002": "2020-10-05",
    "c003": "2020-10-05",
}


@pytest.fixture
def uploads() -> dict[str, Upload]:
    return {item.id: item for item in read_path(ARTICLES) if isinstance(item, Upload)}


@pytest.mark.parametrize("order", list(itertools.permutations(["d001", "d002", "d003"])))
def test_three_retellings_become_one_incident_in_any_order(
    order: tuple[str, ...], uploads: dict[str, Upload], gazetteer: Gazetteer
) -> None:
    for name in order:
        ingest(uploads[name], gazetteer=gazetteer)
    incident = Incident.objects.get(date_start="2020-11-17")
    assert incident.sources.filter(focus=True).count() == 3
    low, best, high = incident.munitions_low, incident.munitions_best, incident.munitions_high
    assert (low, best, high) == (4, 7, 7), "the early wire counted four"
    assert (incident.killed_best, incident.wounded_best) == (1, 5)
    assert incident.weapon == "grad"
    assert incident.grade == "contested"
    launches = incident.sites.filter(role="launch", lat__isnull=False)
    assert [site.place_id for site in launches] == ["daght-street-amin"]
    assert {party.actor.name_en for party in incident.parties.filter(role="claimed_by")} == {
        "Ahl al-Kahf"
    }


def test_articles_about_one_event_meet_and_others_do_not(
    uploads: dict[str, Upload], gazetteer: Gazetteer
) -> None:
    about: dict[str, set[int]] = {}
    for name, day in TOLD_TWICE.items():
        article = ingest(uploads[name], gazetteer=gazetteer).article
        links = IncidentArticle.objects.filter(article=article, focus=True)
        about.setdefault(day, set()).update(links.values_list("incident_id", flat=True))
    assert {day: len(incidents) for day, incidents in about.items()} == dict.fromkeys(about, 1)
    assert len(set.union(*about.values())) == len(about)
