"""The pages: what they show, to whom, in both languages, and hostile text that stays text."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from django.views.defaults import permission_denied

import gazetteer
from incidents import presentation
from incidents.models import (
    Actor,
    Article,
    Incident,
    IncidentActor,
    IncidentArticle,
    Reading,
    Statement,
    Status,
    Victim,
)
from tests.incidents.factories import article, incident, site

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> ${7*7} `x` \\2019 </script><img src=x onerror=alert(2)>"
BODY = (
    "Seven Grad rockets fell on Baghdad on Tuesday evening. A girl was killed, the cell said.\n"
    "The coalition denied any losses."
)


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor", password="secret", is_staff=True)
    names = ["view_incident", "change_incident", "view_article", "change_article"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def tell(of: Incident, body: str = BODY, **values: Any) -> Article:
    """An article with a reading that tells the incident."""
    values.setdefault("title", "Rockets on the Green Zone")
    values.setdefault("publisher", "A wire")
    told = article(body=body, **values)
    IncidentArticle.objects.create(incident=of, article=told, draft_index=0)
    Reading.objects.create(article=told, extractor="test 1", data={})
    return told


def say(
    of: Incident, told: Article, field: str, value: Any, words: str, **values: Any
) -> Statement:
    """A statement whose span is the first occurrence of ``words``."""
    start = told.body.index(words)
    values = {"act": "reports", "speaker": "", "confidence": 0.9, **values}
    return Statement.objects.create(
        reading=told.current_reading,
        article=told,
        incident=of,
        draft_index=0,
        field=field,
        value=value,
        start=start,
        end=start + len(words),
        quote=words,
        **values,
    )


def soup_of(client: Client, address: str, status: int = 200, language: str = "en") -> BeautifulSoup:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def text_of(soup: BeautifulSoup, selector: str = "main") -> str:
    found = soup.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text(" ").split())


# ---- every page, both languages ----


@pytest.mark.parametrize("address", ["/", "/incidents/", "/about/", "/accounts/login/"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_pages_speak_both_languages(
    client: Client, address: str, language: str, direction: str
) -> None:
    soup = soup_of(client, address, language=language)
    assert soup.html is not None
    assert (soup.html["lang"], soup.html["dir"]) == (language, direction)
    assert len(soup.find_all("h1")) == 1
    assert len(soup.find_all("main")) == 1


def test_the_switch_keeps_page_and_filter(client: Client) -> None:
    soup = soup_of(client, "/incidents/?q=Green&sort=-killed")
    form = soup.select_one("form.language")
    assert form is not None
    fields = {tag["name"]: tag["value"] for tag in form.select("[name]") if tag.has_attr("value")}
    response = client.post(str(form["action"]), fields)
    assert response.status_code == 302
    assert response["Location"] == "/incidents/?q=Green&sort=-killed"
    arabic = BeautifulSoup(client.get(response["Location"]).content, "html.parser")
    assert arabic.html is not None
    assert arabic.html["lang"] == "ar"
    field = arabic.select_one("[name=q]")
    assert field is not None
    assert field["value"] == "Green"


def test_the_readers_theme_is_sent_with_the_page(client: Client) -> None:
    assert soup_of(client, "/about/").html.get("data-theme") is None  # type: ignore[union-attr]
    client.cookies["theme"] = "dark"
    assert soup_of(client, "/about/").html["data-theme"] == "dark"  # type: ignore[index]
    client.cookies["theme"] = '"><script>'
    assert soup_of(client, "/about/").html.get("data-theme") is None  # type: ignore[union-attr]


def test_sources_are_credited(client: Client) -> None:
    about = text_of(soup_of(client, "/about/"))
    for source in gazetteer.load().sources.values():
        assert source.attribution in about
        assert source.licence in about
    on_map = client.get("/").content.decode()
    for name in ("OpenStreetMap", "GeoNames", "OCHA", "Displacement Tracking Matrix"):
        assert name in on_map


# ---- errors ----


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is nothing at this address"), ("ar", "لا شيء في هذا العنوان")],
)
def test_a_missing_page_says_what_to_do(client: Client, language: str, words: str) -> None:
    assert words in text_of(soup_of(client, "/incidents/BGD-1999-01-01-01/", 404, language))
    assert words in text_of(soup_of(client, "/nowhere/", 404, language))


@pytest.mark.parametrize("address", ["/?colour=red", "/incidents/?from=x", "/incidents/?sort=age"])
def test_a_wrong_filter_is_400_and_named(client: Client, address: str) -> None:
    said = text_of(soup_of(client, address, 400))
    assert re.search(r"The filter (colour|from|sort) is wrong", said)


def test_a_forged_form_is_explained(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/i18n/setlang/", {"language": "ar", "next": "/"})
    assert response.status_code == 403
    assert "This form has grown old" in response.content.decode()


def test_a_page_that_is_not_allowed_says_whom_to_ask(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = AnonymousUser()
    with override("ar"):
        response = permission_denied(request, PermissionError())
    assert response.status_code == 403
    assert "اطلب دور المحرّر" in response.content.decode()


def test_a_crash_is_explained_in_both_languages(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("incidents.maps.shell", lambda: 1 / 0)
    client.raise_request_exception = False
    said = text_of(soup_of(client, "/", 500))
    assert "حدث خطأ" in said
    assert "Something went wrong" in said


# ---- who may see what ----


def test_a_draft_is_seen_by_editors_alone(client: Client, editor_client: Client) -> None:
    draft = incident(status=Status.DRAFT)
    told = tell(draft)
    for address in (draft.get_absolute_url(), told.get_absolute_url()):
        assert client.get(address).status_code == 404
        assert editor_client.get(address).status_code == 200
    assert client.get(f"/incidents/{draft.public_id}.json").status_code == 404
    shown = soup_of(editor_client, draft.get_absolute_url())
    assert text_of(shown, ".status") == "draft"


def test_an_article_shows_a_visitor_only_statements_of_visible_incidents(
    client: Client, editor_client: Client
) -> None:
    shown, hidden = incident(), incident(status=Status.DRAFT)
    told = tell(shown)
    IncidentArticle.objects.create(incident=hidden, article=told, draft_index=1)
    open_, secret = (
        say(shown, told, "killed", 1, "girl"),
        say(hidden, told, "date", "2020", "Tuesday"),
    )
    address = told.get_absolute_url()
    assert soup_of(client, address).find(id=f"s{open_.pk}") is not None
    assert soup_of(client, address).find(id=f"s{secret.pk}") is None
    assert hidden.public_id not in client.get(address).content.decode()
    assert soup_of(editor_client, address).find(id=f"s{secret.pk}") is not None


def test_a_private_map_asks_for_a_login(
    client: Client, editor_client: Client, settings: Any
) -> None:
    settings.PUBLIC_MAP = False
    each = incident()
    for address in ("/", "/incidents/", each.get_absolute_url(), "/map/summary", "/about/"):
        response = client.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/login/?next=")
        assert editor_client.get(address).status_code == 200


def test_a_merged_incident_leads_to_the_other(client: Client) -> None:
    winner = incident()
    loser = incident(status=Status.REJECTED, merged_into=winner)
    response = client.get(loser.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, winner.get_absolute_url())
    data = client.get(f"/incidents/{loser.public_id}.json")
    assert (data.status_code, data["Location"]) == (301, f"/incidents/{winner.public_id}.json")


def test_an_incident_is_refused_to_programs_in_json(client: Client) -> None:
    hidden = incident(status=Status.DRAFT)
    for number in (hidden.public_id, "BGD-1999-01-01-01"):
        response = client.get(f"/incidents/{number}.json")
        assert response.status_code == 404
        assert "not published" in response.json()["error"]["message"]
    published = incident()
    response = client.get(f"/incidents/{published.public_id}.json?bogus=1")
    assert response.status_code == 400
    assert response.json()["error"]["parameter"] == "bogus"


# ---- demo ----


@pytest.mark.parametrize("language", ["en", "ar"])
def test_demo_pages_say_that_they_are_no_record(client: Client, language: str) -> None:
    shown = incident(is_demo=True)
    told = tell(shown, is_demo=True)
    for address in ("/", "/incidents/", shown.get_absolute_url(), told.get_absolute_url()):
        notice = text_of(soup_of(client, address, language=language), "#demo-notice")
        assert "no record of events" in notice
        assert "وليست سجلًّا للأحداث" in notice


def test_real_pages_carry_no_demo_notice(client: Client) -> None:
    shown = incident()
    told = tell(shown)
    for address in ("/", "/incidents/", shown.get_absolute_url(), told.get_absolute_url()):
        assert soup_of(client, address).find(id="demo-notice") is None


# ---- the list ----


def numbers(soup: BeautifulSoup) -> list[str]:
    return [cell.get_text(strip=True) for cell in soup.select("tbody th")]


def test_the_list_sorts_with_unknown_values_last(client: Client) -> None:
    def killed(best: int | None, day: date) -> Incident:
        return incident(day=day, killed_low=best, killed_best=best, killed_high=best)

    two, unknown, nine = (
        killed(best, date(2020, 1, n)) for n, best in enumerate((2, None, 9), start=1)
    )
    falling = numbers(soup_of(client, "/incidents/?sort=-killed"))
    assert falling == [nine.public_id, two.public_id, unknown.public_id]
    rising = numbers(soup_of(client, "/incidents/?sort=killed"))
    assert rising == [two.public_id, nine.public_id, unknown.public_id]
    head = soup_of(client, "/incidents/?sort=-killed").select_one("[aria-sort]")
    assert head is not None
    assert (head["aria-sort"], head.get_text(strip=True)) == ("descending", "Killed")


def test_the_list_is_paged_and_keeps_the_filter(client: Client) -> None:
    for _n in range(51):
        incident()
    incident(event_type="drone")
    soup = soup_of(client, "/incidents/?event_type=rocket&sort=date")
    assert len(numbers(soup)) == 50
    following = soup.select_one("[rel=next]")
    assert following is not None
    assert following["href"] == "?event_type=rocket&sort=date&page=2"
    assert len(numbers(soup_of(client, f"/incidents/{following['href']}"))) == 1


def test_the_page_of_an_incident_is_found_in_any_order(client: Client) -> None:
    oldest = incident(day=date(2020, 1, 1))
    for number in range(1, 60):
        incident(day=date(2020, 1, 1) + timedelta(days=number))
    soup = soup_of(client, f"/incidents/?event_type=rocket&at={oldest.public_id}")
    assert soup.find(id=oldest.public_id) is not None
    chosen = soup.select_one("[name=page]")
    assert chosen is not None
    assert chosen["value"] == "2"
    first = soup_of(client, f"/incidents/?sort=date&at={oldest.public_id}")
    assert numbers(first)[0] == oldest.public_id
    for nobody in ("BGD-1999-01-01-01", "nonsense"):
        assert len(numbers(soup_of(client, f"/incidents/?at={nobody}"))) == 50


def test_a_page_can_be_asked_for_by_its_number(client: Client) -> None:
    for _n in range(51):
        incident(event_type="drone")
    form = soup_of(client, "/incidents/?event_type=drone&sort=date").select_one(".page-choice")
    assert form is not None
    fields = {str(field["name"]): field["value"] for field in form.select("input")}
    assert fields == {"event_type": "drone", "sort": "date", "page": "1"}
    assert form.select_one("[type=number]")["max"] == "2"  # type: ignore[index]


def test_a_row_leads_to_its_page_and_its_sign_and_keeps_the_filter(client: Client) -> None:
    placed = incident(lat=33.3, lon=44.4, place_en="Somewhere")
    nowhere = incident()
    soup = soup_of(client, "/incidents/?event_type=rocket")
    row = soup.find(id=placed.public_id)
    assert [link["href"] for link in row.select("a")] == [  # type: ignore[union-attr]
        f"/incidents/{placed.public_id}/?event_type=rocket",
        f"/?event_type=rocket#14/33.3000/44.4000/{placed.public_id}",
    ]
    assert len(soup.find(id=nowhere.public_id).select("a")) == 1  # type: ignore[union-attr]
    for address in ("/incidents.csv", "/incidents.geojson"):
        assert soup.select_one(f'.list-tools a[href="{address}?event_type=rocket"]') is not None


def test_a_table_cell_tells_none_from_unknown(client: Client) -> None:
    incident(killed_low=0, killed_best=0, killed_high=0, killed_status="none_stated")
    row = soup_of(client, "/incidents/").select_one("tbody tr")
    assert row is not None
    assert [cell.get_text() for cell in row.select(".figure")] == ["0", "unknown", "—"]


def test_exports_hold_the_same_set(client: Client) -> None:
    incident()
    incident(event_type="drone")
    soup = soup_of(client, "/incidents/?event_type=drone")
    links = [str(link["href"]) for link in soup.select(".export a[download]")]
    assert links == [
        "/incidents.geojson?event_type=drone",
        "/sites.geojson?event_type=drone",
        "/trajectories.geojson?event_type=drone",
        "/incidents.csv?event_type=drone",
        "/incidents.csv?excel=1&event_type=drone",
        "/incidents.csv?profile=acled&event_type=drone",
        "/incidents.csv?profile=ucdp&event_type=drone",
        "/incidents.kml?event_type=drone",
    ]
    for link in links:
        assert client.get(link).status_code == 200
    exported = json.loads(client.get(links[0]).getvalue())
    assert [feature["id"] for feature in exported["features"]] == numbers(soup)


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    assert "Loosen it, or clear it" in text_of(soup_of(client, "/incidents/?q=nothing"))


def test_the_form_shows_what_is_filtered_by(client: Client) -> None:
    each = incident()
    site(each, "impact", "green-zone")
    address = "/incidents/?event_type=drone,rocket&min_killed=2&from=2020-01-01&place=green-zone"
    soup = soup_of(client, address)
    checked = {tag["value"] for tag in soup.select("[name=event_type][checked]")}
    assert checked == {"drone", "rocket"}
    assert [tag["value"] for tag in soup.select("[name=min_killed], [name=from]")] == [
        "2020-01-01",
        "2",
    ]
    assert [tag["value"] for tag in soup.select("[name=place] [selected]")] == ["green-zone"]
    assert [chip.get_text(strip=True) for chip in soup.select(".chip bdi")] == [
        "from 1 January 2020",
        "Drone attack",
        "Rocket attack",
        "Green Zone",
        "killed: 2 or more",
    ]


# ---- incident ----


@pytest.fixture
def seven() -> Incident:
    """A full incident, told by two articles that differ."""
    each = incident(
        daypart="evening",
        weapon="grad",
        munitions_low=4,
        munitions_best=7,
        munitions_high=7,
        killed_low=1,
        killed_best=1,
        killed_high=1,
        killed_status="stated",
        wounded_low=5,
        wounded_best=5,
        wounded_high=5,
        wounded_status="stated",
        grade="contested",
        place_en="Green Zone",
        place_ar="المنطقة الخضراء",
        lat=33.3076,
        lon=44.3903,
    )
    site(each, "launch", "al-amin-al-thaniya")
    site(each, "impact", "green-zone", count=4)
    site(each, "intercept", None, surface="in the air", count=1)
    kahf = Actor.objects.create(slug="kahf", name_en="Ahl al-Kahf", name_ar="أهل الكهف")
    IncidentActor.objects.create(incident=each, actor=kahf, role="claimed_by")
    Victim.objects.create(incident=each, group="child", sex="female", status="killed", count=1)
    first = tell(each, published_at=timezone.make_aware(datetime(2020, 11, 18)))  # noqa: DTZ001
    second = tell(each, "Four rockets fell. The group later denied it.", title="Early wire")
    say(each, first, "munitions", 7, "Seven Grad rockets", speaker="Security Media Cell")
    say(each, first, "killed", 1, "girl", speaker="the cell")
    say(each, first, "claimed_by", "Ahl al-Kahf", "coalition", act="claims")
    say(each, second, "munitions", 4, "Four rockets")
    say(each, second, "denied_by", "Ahl al-Kahf", "denied", act="denies")
    return each


def test_an_incident_is_told_in_both_languages(client: Client, seven: Incident) -> None:
    soup = soup_of(client, seven.get_absolute_url())
    told = {str(tag["lang"]): tag.get_text() for tag in soup.select(".lede")}
    assert told["en"].startswith("On the evening of 17 November 2020, 7 Grad rockets were fired")
    assert told["ar"].startswith("مساء 17 تشرين الثاني 2020 أُطلقت 7 صواريخ من نوع غراد")
    assert [str(tag["lang"]) for tag in soup.select(".lede")] == ["en", "ar"]


def test_an_interception_without_a_place_is_named_as_such(client: Client) -> None:
    caught = incident()
    words = "اعترضت الدفاعات"
    site(caught, "intercept", None, surface=words, count=1)
    told = tell(caught, f"{words} صاروخا.", language="ar")
    say(caught, told, "intercept", None, words)
    page = soup_of(client, caught.get_absolute_url())
    assert page.h1 is not None
    assert page.h1.get_text() == "Rocket attack, in the air, place not told"
    sites = page.select_one(".sites")
    assert sites is not None
    assert "in the air, place not told" in sites.get_text()
    assert words not in sites.get_text()
    version = page.select_one(".version")
    assert version is not None
    assert version.h4 is not None
    assert version.h4.get_text() == "in the air, place not told"
    assert words in version.get_text()
    row = soup_of(client, "/incidents/").select_one("tbody tr")
    assert row is not None
    assert "in the air, place not told" in row.get_text()


def test_the_list_names_who_claims_is_blamed_and_denies(client: Client) -> None:
    each = incident()
    for role, name in (("claimed_by", "A"), ("attributed_to", "B"), ("denied_by", "C")):
        actor = Actor.objects.create(slug=name, name_en=f"Group {name}")
        IncidentActor.objects.create(incident=each, actor=actor, role=role)
    parties = [tag.get_text() for tag in soup_of(client, "/incidents/").select(".party")]
    assert parties == ["Claimed by Group A", "Attributed to Group B", "Denied by Group C"]


@pytest.mark.parametrize("demo", [True, False])
def test_the_log_in_page_names_the_accounts_of_a_demo_only(
    client: Client, settings: Any, demo: bool
) -> None:
    settings.DEMO = demo
    shown = soup_of(client, "/accounts/login/").get_text()
    assert ("athar-editor" in shown, "athar-analyst" in shown) == (demo, demo)


def test_contradicting_values_stand_side_by_side(client: Client, seven: Incident) -> None:
    soup = soup_of(client, seven.get_absolute_url())
    matters = {
        matter.h3.contents[0].strip(): matter  # type: ignore[union-attr]
        for matter in soup.select(".matter")
    }
    assert set(matters) == {"Munitions", "Killed", "Responsibility"}
    values = [tag.get_text() for tag in matters["Munitions"].select("h4")]
    assert sorted(values) == ["4", "7"]
    assert matters["Munitions"].select_one(".contradiction") is not None
    assert matters["Responsibility"].select_one(".contradiction") is not None
    assert matters["Killed"].select_one(".contradiction") is None
    voice = matters["Killed"].select_one(".voice")
    assert voice is not None
    said = " ".join(voice.get_text().split())
    assert said.startswith("the cell · reports A girl was killed, the cell said.")
    assert "A wire, 18 November 2020" in said
    assert voice.mark is not None
    assert voice.mark.get_text() == "girl"


def test_denied_losses_are_told_in_words(client: Client) -> None:
    of = incident()
    say(of, tell(of), "losses", 0, "losses", act="denies", speaker="The coalition")
    soup = soup_of(client, of.get_absolute_url(), language="ar")
    assert text_of(soup, ".matter").startswith("الخسائر لا يوجد إفادة واحدة")
    assert text_of(soup, ".version").startswith("لا يوجد The coalition · نفي")


def test_every_statement_leads_to_its_words(client: Client, seven: Incident) -> None:
    links = soup_of(client, seven.get_absolute_url()).select(".voice a")
    assert len(links) == 5
    for link in links:
        address, _, anchor = str(link["href"]).partition("#")
        target = soup_of(client, address).find(id=anchor)
        assert target is not None
        statement = Statement.objects.get(pk=anchor.removeprefix("s"))
        following = target.find_next("mark")
        assert following is not None
        assert following.get_text() == statement.quote


def test_the_sites_are_drawn_and_listed(client: Client, seven: Incident) -> None:
    soup = soup_of(client, seven.get_absolute_url())
    drawn = soup.select_one(".site-map")
    assert drawn is not None
    assert [sign["class"][1] for sign in drawn.select(".sign")] == ["sign-impact", "sign-launch"]
    assert len(drawn.select(".flight")) == 1
    listed = [" ".join(item.get_text().split()) for item in soup.select(".sites li")]
    assert listed == [
        "Impact Green Zone · 4 munitions · within about 2 km",
        "Interception in the air, place not told · 1 munition · no coordinates",
        "Launch Al-Amin al-Thaniya · within about 1.2 km",
    ]


def test_lengths_in_a_drawing_have_no_decimal_comma(client: Client, seven: Incident) -> None:
    soup = soup_of(client, seven.get_absolute_url(), language="ar")
    circles = soup.select(".site-map circle")
    assert circles
    assert all(float(circle["cx"]) and float(circle["r"]) for circle in circles)


def test_an_incident_as_json(client: Client, seven: Incident) -> None:
    answer = client.get(f"/incidents/{seven.public_id}.json").json()
    assert answer["id"] == seven.public_id
    assert answer["munitions"] == {"low": 4, "best": 7, "high": 7}
    assert answer["killed"] == {"low": 1, "best": 1, "high": 1, "status": "stated"}
    assert [s["role"] for s in answer["sites"]] == ["launch", "impact", "intercept"]
    assert answer["claimed_by"] == ["Ahl al-Kahf"]
    assert len(answer["statements"]) == 5
    assert len(answer["articles"]) == 2


def test_an_incident_can_be_cited_and_found_on_the_map(client: Client, seven: Incident) -> None:
    soup = soup_of(client, seven.get_absolute_url())
    address = f"http://testserver/incidents/{seven.public_id}/"
    assert address in text_of(soup, ".citation")
    assert f"/#14/33.3076/44.3903/{seven.public_id}" in [a["href"] for a in soup.select("main a")]


def test_an_incident_with_nothing_known_still_has_a_page(client: Client) -> None:
    bare = incident(day=None)
    soup = soup_of(client, bare.get_absolute_url())
    assert soup.select_one(".site-map") is None
    assert "There was a rocket attack. The reports give no figure for casualties." in text_of(
        soup, ".lede"
    )


@pytest.mark.parametrize("kind", ["incident", "article", "list"])
def test_the_number_of_queries_does_not_grow(client: Client, kind: str) -> None:
    each = incident()

    def more(number: int) -> None:
        for _n in range(number):
            told = tell(each, f"{BODY} {_n} {Article.objects.count()}")
            say(each, told, "killed", 1, "girl")
            other = incident()
            for shown in (each, other):
                site(shown, "impact", "green-zone")
                actor = Actor.objects.create(
                    slug=f"actor-{Actor.objects.count()}", name_en=f"Group {Actor.objects.count()}"
                )
                IncidentActor.objects.create(incident=shown, actor=actor, role="claimed_by")

    client.get("/incidents/")  # the first of a process reads more
    more(1)
    address = {
        "incident": each.get_absolute_url(),
        "article": Article.objects.get().get_absolute_url(),
        "list": "/incidents/",
    }[kind]
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    more(6)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert 0 < len(many) <= len(few)


# ---- article ----


def test_an_article_is_shown_word_for_word_with_its_marks(client: Client, seven: Incident) -> None:
    told = Article.objects.get(title="Rockets on the Green Zone")
    reading = told.current_reading
    assert reading is not None
    start = BODY.index("Baghdad")
    reading.data = {
        "mentions": [
            {
                "start": start,
                "end": start + 7,
                "surface": "Baghdad",
                "name_en": "Baghdad",
                "name_ar": "بغداد",
            }
        ],
        "unresolved": [{"start": 0, "end": 5, "surface": "Seven", "why": "not in the gazetteer"}],
    }
    reading.save()
    soup = soup_of(client, told.get_absolute_url())
    body = soup.select_one(".report-body")
    assert body is not None
    assert body.get_text() == BODY
    assert body["dir"] == "auto"
    kinds = {mark.get_text(): mark["class"][1] for mark in body.select("mark")}
    assert kinds["Baghdad"] == "read-place"
    assert kinds["girl"] == "read-count"
    killed = body.find("mark", string="girl")
    assert killed is not None
    assert str(killed["data-read"]).startswith("killed: 1 (the cell")
    assert "Seven not in the gazetteer" in text_of(soup, ".reading-side")


def test_the_sentence_of_a_statement_carries_its_anchor(client: Client, seven: Incident) -> None:
    told = Article.objects.get(title="Rockets on the Green Zone")
    statement = Statement.objects.get(article=told, field="killed")
    body = soup_of(client, told.get_absolute_url()).select_one(".report-body")
    assert body is not None
    lit = [
        piece.get_text()
        for piece in body.select("[data-anchors]")
        if f"s{statement.pk}" in str(piece["data-anchors"]).split()
    ]
    assert "".join(lit) == "A girl was killed, the cell said."


def test_an_article_without_a_title_is_headed_by_its_beginning(client: Client) -> None:
    told = tell(incident(), "word " * 60, title="")
    heading = text_of(soup_of(client, told.get_absolute_url()), "h1")
    assert heading.startswith("word word")
    assert heading.endswith("word …")
    assert len(heading) <= 80


def test_hostile_text_stays_text(client: Client) -> None:
    each = incident(place_en=HOSTILE, place_ar=HOSTILE, lat=33.3, lon=44.4)
    told = tell(each, f"{HOSTILE} {BODY}", title=HOSTILE, publisher=HOSTILE[:200])
    said = say(each, told, "killed", HOSTILE, HOSTILE, speaker=HOSTILE)
    site(each, "impact", None, surface=HOSTILE, name_en=HOSTILE, lat=33.3, lon=44.4, statement=said)
    actor = Actor.objects.create(slug="x", name_en=HOSTILE)
    IncidentActor.objects.create(incident=each, actor=actor, role="claimed_by")
    for address in (
        "/",
        "/incidents/",
        each.get_absolute_url(),
        told.get_absolute_url(),
        f"/incidents/?q={HOSTILE[:100]}",
    ):
        soup = soup_of(client, address)
        assert [tag for tag in soup.find_all("script") if "alert" in tag.get_text()] == [], address
        assert soup.find_all("img", attrs={"onerror": True}) == []
    assert HOSTILE in soup_of(client, each.get_absolute_url()).get_text()
    body = soup_of(client, told.get_absolute_url()).select_one(".report-body")
    assert body is not None
    assert body.get_text() == told.body
    unsafe = client.get("/").content.decode()
    assert "alert(2)>" not in unsafe


# ---- wording ----


@pytest.mark.parametrize(
    ("values", "english", "arabic"),
    [
        ({}, "17 November 2020", "17 تشرين الثاني 2020"),
        ({"daypart": "dawn"}, "17 November 2020, dawn", "17 تشرين الثاني 2020، فجرًا"),
        (
            {"daypart": "night", "time_local": "23:10"},
            "17 November 2020, night, 23:10",
            "17 تشرين الثاني 2020، ليلًا، 23:10",
        ),
        ({"date_end": date(2020, 11, 19)}, "17 November 2020 to 19 November 2020", None),
        ({"date_precision": "month"}, "November 2020", "تشرين الثاني 2020"),
        ({"date_precision": "year"}, "2020", "2020"),
        ({"date_precision": "unknown"}, "date unknown", "التاريخ غير معروف"),
    ],
)
def test_dates_say_as_much_as_is_known(
    values: dict[str, Any], english: str, arabic: str | None
) -> None:
    each = Incident(
        **{
            "date_start": date(2020, 11, 17),
            "date_end": date(2020, 11, 17),
            "date_precision": "day",
            **values,
        }
    )
    with override("en"):
        assert presentation.when(each) == english
    if arabic is not None:
        with override("ar"):
            assert presentation.when(each) == arabic


@pytest.mark.parametrize(
    ("status", "figures", "english", "arabic"),
    [
        ("unknown", (None, None, None), "unknown", "غير معروف"),
        ("denied", (None, None, None), "denied", "منفيّ"),
        ("none_stated", (0, 0, 0), "none, it is stated", "لا أحد، بحسب ما ذُكر"),
        ("stated", (3, 3, 3), "3", "3"),
        ("stated", (1, 3, 7), "3 (\u20661–7\u2069)", "3 (\u20661–7\u2069)"),
        ("denied", (0, 3, 7), "3 (\u20660–7\u2069)", "3 (\u20660–7\u2069)"),
    ],
)
def test_unknown_none_and_denied_are_three_things(
    status: str, figures: tuple[int | None, ...], english: str, arabic: str
) -> None:
    low, best, high = figures
    each = Incident(killed_low=low, killed_best=best, killed_high=high, killed_status=status)
    for language, said in (("en", english), ("ar", arabic)):
        with override(language):
            assert presentation.figure(each, "killed") == said


def test_a_name_in_the_other_script_is_isolated() -> None:
    with override("en"):
        assert presentation.isolated("بغداد") == "\u2068بغداد\u2069"
        assert presentation.isolated("Baghdad") == "Baghdad"
    with override("ar"):
        assert presentation.isolated("Baghdad") == "\u2068Baghdad\u2069"
        assert presentation.isolated("بغداد") == "بغداد"


def test_a_name_cannot_turn_round_what_follows_it() -> None:
    with override("en"):
        assert presentation.isolated("\u202eevil\u2069\u2066") == "evil"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2020-11-17", "17 November 2020"),
        ("2020-11", "November 2020"),
        ("2020", "2020"),
        ("2020-13", "2020-13"),
        ("2020-02-31", "2020-02-31"),
        ("someday", "someday"),
    ],
)
def test_stated_dates_are_worded(value: str, said: str) -> None:
    with override("en"):
        assert presentation.stated_date(value) == said
