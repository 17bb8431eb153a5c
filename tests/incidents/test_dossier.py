"""The page of an incident: its history, what editors set, what does not add up, what is around."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

import gazetteer
from incidents import doubts, editing, edits, evidence, ingest
from incidents.models import (
    Actor,
    Incident,
    IncidentActor,
    IncidentArticle,
    Reading,
    SiteRole,
    Status,
    Victim,
)
from incidents.uploads import Upload
from tests.incidents import told
from tests.incidents.factories import article, incident, site
from tests.incidents.test_pages import HOSTILE, say, soup_of, tell, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return User.objects.create_user("zaynab", password="x", is_staff=True, is_superuser=True)


@pytest.fixture
def staff(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def read() -> Incident:
    """An incident as the machine stored and published it."""
    upload = Upload(text=told.ARABIC, language="ar", title="قصف على المنطقة الخضراء")
    done = ingest.ingest(upload, gazetteer=gazetteer.load(), read=told.read, publish=True)
    return done.incidents[0]


def correct(of: Incident, by: User, reason: str, **values: Any) -> Incident:
    """What the admin does when an editor changes values."""
    for name, value in values.items():
        setattr(of, name, value)
    of.lock(*values)
    of.save_because(reason, by)
    return of


# ---- the history ----


def test_what_the_machine_stored_is_no_list_of_changes(read: Incident) -> None:
    with override("en"):
        (first,) = edits.history(read)
        assert first.acts == ["First stored", "Published"]
    assert first.changes == []
    assert not first.by_editor
    assert first.user == ""


def test_an_editors_change_is_told_with_from_to_and_reason(read: Incident, person: User) -> None:
    correct(read, person, "seen the film", killed_low=2, killed_best=2, killed_high=3)
    with override("en"):
        latest = edits.history(read)[0]
        assert [(c.field, c.before, c.after) for c in latest.changes] == [
            ("Killed", "1", "2 (\u20662–3\u2069)")
        ]
        assert (latest.who, latest.reason) == ("an editor", "seen the film")
    assert latest.user == "zaynab"
    assert set(edits.set_by_editors(edits.history(read))) == {"killed"}


def test_a_later_change_by_the_machine_leaves_what_an_editor_set(
    read: Incident, person: User
) -> None:
    correct(read, person, "by map", weapon="grad")
    read.wounded_high = 9
    read.save_because("Read in article 9, extractor 2.0")
    with override("en"):
        history = edits.history(read)
        assert [edit.by_editor for edit in history] == [False, True, False]
        assert history[0].reason == "an article was read"
    assert edits.set_by_editors(history)["weapon"].reason == "by map"
    assert "wounded" not in edits.set_by_editors(history)


def test_the_page_says_which_values_an_editor_set(
    client: Client, staff: Client, read: Incident, person: User
) -> None:
    day = timezone.localdate()
    correct(read, person, "seen the film", killed_low=2, killed_best=2, killed_high=2)
    soup = soup_of(client, read.get_absolute_url())
    facts = dict(
        zip(
            [tag.get_text() for tag in soup.select(".facts dt")],
            [tag.get_text() for tag in soup.select(".facts dd")],
            strict=True,
        )
    )
    assert facts["Killed"].startswith("2set by an editor on ")
    assert facts["Killed"].endswith(f"{day.year}: seen the film")
    assert "editor" not in facts["Wounded"]
    arabic = text_of(soup_of(client, read.get_absolute_url(), language="ar"), ".facts")
    assert "حدّده محرّر في" in arabic
    history = text_of(soup, ".edit-editor")
    assert "an editor" in history
    assert "zaynab" not in soup.get_text()
    assert "zaynab" in text_of(soup_of(staff, read.get_absolute_url()), ".edit-editor")


def test_a_value_that_an_editor_emptied_is_said_to_be_so(
    client: Client, read: Incident, person: User
) -> None:
    correct(read, person, "", weapon="")
    facts = text_of(soup_of(client, read.get_absolute_url()), ".facts")
    assert "Weapon — set by an editor on" in facts


def test_sites_of_editors_are_in_the_history(client: Client, read: Incident, person: User) -> None:
    place = gazetteer.load().places["us-embassy"]
    added = editing.add_site(read, role=SiteRole.TARGET, place=place, user=person)
    with override("en"):
        latest = edits.history(read)[0]
        assert latest.acts == ["Site added: Target, US Embassy", "Sites: set by an editor"]
        assert latest.by_editor
    added._history_user = person
    added.count = 3
    added.save()
    added.delete()
    with override("en"):
        latest = edits.history(read)[0]
        assert "Site removed: Target, US Embassy" in latest.acts
        assert ("—", "3") in [(change.before, change.after) for change in latest.changes]
    page = soup_of(client, read.get_absolute_url())
    assert "set by an editor on" in text_of(page, "p.set-by")


def test_decisions_before_publication_stay_inside(
    client: Client, staff: Client, person: User
) -> None:
    each = incident(status=Status.DRAFT)
    for status, reason in (
        (Status.REJECTED, "a hoax?"),
        (Status.DRAFT, "no hoax"),
        (Status.PUBLISHED, "three sources"),
    ):
        editing.set_status([each], status, reason=reason, user=person)
    # The acts lie apart in time, as they do in life.
    for hours, row in enumerate(each.history.order_by("history_id")):
        row.history_date = timezone.now() - timedelta(hours=9 - hours)
        row.save()
    outside, inside = (
        text_of(soup_of(client, each.get_absolute_url())),
        text_of(soup_of(staff, each.get_absolute_url())),
    )
    assert "Published" in outside
    assert "three sources" in outside
    assert "hoax" not in outside
    assert "a hoax?" in inside


@pytest.mark.parametrize(
    ("reason", "english", "arabic"),
    [
        ("First read in article 12", "first read in an article", "قُرئ أول مرة في خبر"),
        ("Read in article 3, extractor 1.0", "an article was read", "قُرئ خبر"),
        ("Merged into BGD-2020-11-17-02", "merged into BGD-2020-11-17-02", None),
        ("Site added: الكرادة", "", ""),
        ("شاهدت المقطع", "شاهدت المقطع", "شاهدت المقطع"),
        ("", "", ""),
    ],
)
def test_reasons_are_told_in_the_readers_language(
    reason: str, english: str, arabic: str | None
) -> None:
    with override("en"):
        assert edits.reason_text(reason) == english
    if arabic is not None:
        with override("ar"):
            assert edits.reason_text(reason) == arabic


# ---- what does not add up ----


@pytest.mark.parametrize(
    ("sites", "total", "warned"),
    [
        ([("impact", "us-embassy", 4), ("impact", "baghdad-airport", 3)], 7, 0),
        ([("impact", "us-embassy", 4), ("impact", "baghdad-airport", 4)], 7, 1),
        # An area and a spot inside it are no two.
        ([("impact", "green-zone", 4), ("impact", "us-embassy", 3)], 4, 0),
        ([("impact", "us-embassy", 5), ("intercept", None, 3)], 7, 1),
        ([("launch", "al-amin-al-thaniya", 15)], 12, 1),
        ([("launch", "al-amin-al-thaniya", 15), ("impact", "us-embassy", 13)], 12, 2),
        ([("impact", "us-embassy", 4)], None, 0),
        ([("target", "us-embassy", 40)], 4, 0),
    ],
)
def test_sites_that_add_up_to_more_than_the_attack_are_warned_of(
    client: Client,
    staff: Client,
    sites: list[tuple[str, str | None, int]],
    total: int | None,
    warned: int,
) -> None:
    each = incident(munitions_low=total, munitions_best=total, munitions_high=total)
    for role, place, count in sites:
        site(each, role, place, count=count)
    assert len(doubts.site_sums(each)) == warned
    assert len(soup_of(client, each.get_absolute_url()).select(".message.warning")) == warned
    review = staff.get(f"/admin/incidents/incident/{each.pk}/change/").content.decode()
    assert review.count("reports disagree, and not all of it can be true") == warned


# ---- around it ----


def test_the_next_and_the_one_before_are_those_of_the_filter(client: Client) -> None:
    first, _drone, third, fourth = (
        incident(day=date(2020, 1, day), event_type=kind)
        for day, kind in ((1, "rocket"), (2, "drone"), (3, "rocket"), (4, "rocket"))
    )
    soup = soup_of(client, f"{third.get_absolute_url()}?event_type=rocket")
    turn = {str(link["rel"][0]): link["href"] for link in soup.select(".turn a")}
    assert turn == {
        "prev": f"{fourth.get_absolute_url()}?event_type=rocket",
        "next": f"{first.get_absolute_url()}?event_type=rocket",
    }
    assert "2 of 3" in text_of(soup, ".turn")
    crumb = soup.select_one(".crumbs a")
    assert crumb is not None
    assert crumb["href"] == "/incidents/?event_type=rocket"
    unfiltered = soup_of(client, third.get_absolute_url())
    assert "2 of 4" in text_of(unfiltered, ".turn")
    left_out = soup_of(client, f"{third.get_absolute_url()}?event_type=drone")
    assert left_out.select_one(".turn") is None
    assert "wrong" in text_of(soup_of(client, f"{third.get_absolute_url()}?colour=red", 400))


def test_others_near_it_are_listed_the_nearest_in_time_first(client: Client) -> None:
    def at_green_zone(**values: Any) -> Incident:
        each = incident(lat=33.3076, lon=44.3903, **values)
        site(each, "impact", "green-zone")
        return each

    here = at_green_zone(day=date(2020, 6, 1))
    later, soon = at_green_zone(day=date(2022, 1, 1)), at_green_zone(day=date(2020, 6, 3))
    at_green_zone(status=Status.DRAFT)
    site(incident(), "impact", "baghdad-airport")
    soup = soup_of(client, here.get_absolute_url())
    near = soup.find(id="near-title").parent  # type: ignore[union-attr]
    assert near is not None
    links = [str(link["href"]) for link in near.select("a")]
    assert links[:2] == [soon.get_absolute_url(), later.get_absolute_url()]
    assert "2 other incidents within about 1 km" in " ".join(near.get_text().split())
    assert text_of(soup_of(client, links[2]), ".page-head .muted") == "3 incidents"


# ---- who says what ----


def test_what_is_disputed_stands_open_and_first(client: Client) -> None:
    each = incident()
    wire = tell(each)
    other = tell(each, f"{told.ENGLISH}", title="Another")
    say(each, wire, "weapon", "grad", "Grad")
    say(each, wire, "date", "2020-11-17", "Tuesday")
    say(each, wire, "killed", 1, "girl")
    say(each, wire, "munitions", 7, "Seven")
    say(each, other, "munitions", 3, "Three")
    soup = soup_of(client, each.get_absolute_url())
    names = {
        matter.h3.get_text(): matter.has_attr("open")  # type: ignore[union-attr]
        for matter in soup.select("details.matter")
    }
    assert names == {"Munitions": True, "Killed": True, "Weapon": False, "Date": False}
    assert next(iter(names)) == "Munitions"
    folded = text_of(soup.select("details.matter")[2], "summary")
    assert folded == "Weapon Grad 1 statement"


def in_two_languages() -> tuple[Incident, Any, Any]:
    each = incident()
    spoken = {}
    for language, body, words in (
        ("en", told.ENGLISH, "hit the Green Zone"),
        ("ar", told.ARABIC, "سقطت"),
    ):
        source = article(body=body, language=language)
        IncidentArticle.objects.create(incident=each, article=source, draft_index=0)
        Reading.objects.create(article=source, extractor="test 1", data={})
        spoken[language] = say(
            each,
            source,
            "impact",
            "green-zone",
            words,
            confidence=0.99 if language == "en" else 0.6,
        )
    return each, spoken["en"], spoken["ar"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_sentence_in_the_readers_language_is_preferred(client: Client, language: str) -> None:
    each, english, arabic = in_two_languages()
    where = site(each, "impact", "green-zone", statement=english)
    wanted = {"en": english, "ar": arabic}[language]
    with override(language):
        assert evidence.best(each, where) == wanted
    params = {"x": where.tile_x, "y": where.tile_y, "role": "impact"}
    popup = client.get("/map/spot", params, headers={"Accept-Language": language}).json()
    assert popup["sight"]["evidence"]["lang"] == language
    voice = soup_of(client, each.get_absolute_url(), language=language).select_one(
        ".voice blockquote"
    )
    assert voice is not None
    assert voice["lang"] == language


def test_a_sentence_about_the_site_goes_before_one_in_the_readers_language() -> None:
    each, english, arabic = in_two_languages()
    type(arabic).objects.filter(pk=arabic.pk).update(field="killed", value=1)
    where = site(each, "impact", "green-zone", statement=english)
    with override("ar"):
        assert evidence.best(each, where) == english


# ---- for other programs ----


def test_the_json_holds_what_the_page_says(client: Client, read: Incident, person: User) -> None:
    correct(read, person, "seen the film", killed_low=2, killed_best=2, killed_high=2)
    Victim.objects.create(incident=read, group="child", status="wounded", count=1)
    answer = client.get(f"/incidents/{read.public_id}.json").json()
    assert answer["url"] == f"http://testserver{read.get_absolute_url()}"
    assert set(answer["what_happened"]) == {"en", "ar"}
    page = soup_of(client, read.get_absolute_url())
    for language, sentences in answer["what_happened"].items():
        lede = page.select_one(f".lede[lang={language}]")
        assert lede is not None
        assert lede.get_text() == sentences
    assert answer["set_by_editors"]["killed"]["reason"] == "seen the film"
    assert {"group": "child", "sex": None, "status": "wounded", "count": 1} in answer["victims"]
    assert len(answer["lines"]) == len(page.select(".line")) == 1
    assert {s["sentence"] for s in answer["statements"]} >= {
        "".join(quote.get_text()) for quote in page.select(".voice blockquote")
    }
    assert [entry["by"] for entry in answer["history"]] == ["editor", "machine"]
    assert "zaynab" not in json.dumps(answer)
    arabic = client.get(
        f"/incidents/{read.public_id}.json", headers={"Accept-Language": "ar"}
    ).json()
    assert arabic == answer


def test_a_bibtex_entry_is_whole_whatever_the_name(client: Client) -> None:
    each = incident(place_en='A {very} \\odd% "place" #1 & more', lat=33.3, lon=44.4)
    entry = soup_of(client, each.get_absolute_url()).select_one("pre.citation")
    assert entry is not None
    assert entry.get_text() == (
        f"@misc{{athar-{each.public_id},\n"
        "  title = {Rocket attack, A very odd place 1 more},\n"
        f"  howpublished = {{Athar, incident {each.public_id}}},\n"
        "  year = {2020},\n"
        f"  url = {{http://testserver/incidents/{each.public_id}/}},\n"
        f"  urldate = {{{timezone.localdate().isoformat()}}}\n"
        "}"
    )


def test_hostile_reasons_and_names_stay_text(client: Client, person: User) -> None:
    each = incident(place_en=HOSTILE)
    correct(each, person, HOSTILE[:90], weapon="grad")
    actor = Actor.objects.create(slug="x", name_en=HOSTILE)
    IncidentActor.objects.create(incident=each, actor=actor, role="claimed_by")
    soup = soup_of(client, each.get_absolute_url())
    assert HOSTILE[:90] in soup.get_text()
    assert [tag for tag in soup.find_all("script") if "alert" in tag.get_text()] == []
    assert soup.find_all("img", attrs={"onerror": True}) == []
