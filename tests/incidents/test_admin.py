"""The editing pages, as an editor uses them; and what others may not do there."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

import extraction
import gazetteer
from incidents import editing, forms, ingest, places, review
from incidents.forms import DayField, UploadForm
from incidents.models import (
    Actor,
    Article,
    Incident,
    IncidentArticle,
    Reading,
    Site,
    SiteRole,
    Statement,
    Status,
)
from incidents.uploads import TooLargeError, Upload
from tests.incidents import factories, told

pytestmark = pytest.mark.django_db

ADD = "/admin/incidents/article/add/"
INCIDENTS = "/admin/incidents/incident/"


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extractor is tested elsewhere; here a reading is a given."""
    monkeypatch.setattr(extraction, "extract", told.read)
    monkeypatch.setattr(extraction, "EXTRACTOR_VERSION", "test 1")


def account(name: str, group: str | None = None, **values: Any) -> User:
    user = User.objects.create_user(name, is_staff=True, **values)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def logged_in(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> User:
    return account("editor", "Editors")


@pytest.fixture
def client(editor: User) -> Client:
    return logged_in(editor)


def add(client: Client, follow: bool = True, **values: Any) -> Any:
    return client.post(ADD, values, follow=follow)


def file(name: str, data: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)


def said(response: Any) -> list[str]:
    """The messages on the page, and what they are."""
    return [f"{message.level_tag}: {message}" for message in response.context["messages"]]


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def stored(text: str = told.ENGLISH, **values: Any) -> ingest.Ingested:
    upload = Upload(text=text, language="ar" if text == told.ARABIC else "en", **values)
    return ingest.ingest(upload, gazetteer=gazetteer.load())


def change(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=[incident.pk])


def form_values(client: Client, incident: Incident, **changed: Any) -> dict[str, Any]:
    """What the browser would send for the page as it is, with some fields changed."""
    context = client.get(change(incident)).context
    values: dict[str, Any] = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            values[field.html_name] = (
                ""
                if value is None
                else field.field.widget.format_value(value)
                if field.html_name.endswith("place_id")
                else value
            )
    values["locked_fields"] = incident.locked_fields
    values = {name: value for name, value in values.items() if value is not False}
    values.update(changed)
    return {name: "" if value is None else value for name, value in values.items()}


# Adding articles


def test_pasted_article_is_read_and_shown(client: Client) -> None:
    response = add(client, text=told.ARABIC, publisher="وكالة", date="2020-11-18")
    article = Article.objects.get()
    assert response.redirect_chain == [(f"/admin/incidents/article/{article.pk}/change/", 302)]
    assert article.language == "ar"
    assert article.publisher == "وكالة"
    assert article.published_at.isoformat() == "2020-11-18T09:00:00+00:00"
    assert article.uploaded_by.username == "editor"
    assert said(response)[0] == (
        "success: The article is stored. Read in it: 1 incident, 3 place names, 1 unresolved."
    )
    assert response.context["unresolved"][0]["surface"] == "معمل الطابوق القديم"


def test_review_marks_every_span_by_kind_in_the_direction_of_the_text(client: Client) -> None:
    result = stored(told.ARABIC)
    response = client.get(f"/admin/incidents/article/{result.article.pk}/change/")
    segments = response.context["segments"]
    assert "".join(segment.text for segment in segments) == told.ARABIC
    kinds = {segment.text: segment.kind for segment in segments}
    assert kinds["المنطقة الخضراء"] == "place"
    assert kinds["كاتيوشا"] == "weapon"
    assert kinds["مقتل مدني"] == "count"
    assert kinds["وتبنت جماعة أهل الكهف الهجوم"] == "actor"
    assert kinds["معمل الطابوق القديم"] == "unresolved"
    assert 'class="report-body" dir="auto" lang="ar"' in text_of(response)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("", "three wounded"),
        ("confidence", "three wounded"),
        ("text", "Three Katyusha rockets"),
        ("field", "rockets"),
        ("nonsense", "three wounded"),
    ],
)
def test_statements_come_in_the_order_asked_for(client: Client, order: str, first: str) -> None:
    result = stored()
    response = client.get(f"/admin/incidents/article/{result.article.pk}/change/?sort={order}")
    assert response.context["statements"][0].statement.quote == first


def test_a_statement_leads_to_its_words(client: Client) -> None:
    result = stored()
    page = text_of(client.get(f"/admin/incidents/article/{result.article.pk}/change/"))
    statement = Statement.objects.get(field="killed")
    assert f'<span class="anchor" id="s{statement.pk}"></span>' in page
    assert f'href="#s{statement.pk}"' in page


def test_arabic_digits_make_a_date(client: Client) -> None:
    add(client, text=told.ENGLISH, date="٢٠٢٠-١١-١٨", time="٢٣:١٥")
    assert Article.objects.get().published_at.isoformat() == "2020-11-18T20:15:00+00:00"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"text": "  "}, "Paste the text of an article or choose a file."),
        ({"text": told.ENGLISH, "date": "31.02.2020"}, "“31.02.2020” is no date."),
        ({"text": told.ENGLISH, "date": "yesterday"}, "“yesterday” is no date."),
        ({"text": told.ENGLISH, "date": "2099-11-18"}, "2099-11-18\u2069 is still to come."),
        ({"text": told.ENGLISH, "time": "12:00"}, "Give the date that goes with the time."),
        ({"text": told.ENGLISH, "date": "2020-11-18", "time": "25:00"}, "Write the time as 21:30"),
        ({"text": told.ENGLISH, "url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"text": "Vor dem Haus stand gestern ein alter Baum und fiel um."}, "neither Arabic nor"),
        ({"text": "rocket"}, "There is hardly any text in it."),
        ({"text": "x" * 5_000_000}, "This is 5.0 MB; an article may have at most 2.0 MB."),
    ],
)
def test_bad_paste_is_refused_with_a_reason(
    client: Client, values: dict[str, str], message: str
) -> None:
    response = add(client, **values)
    assert response.status_code == 200
    assert message in str(response.context["errors"])
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n ", "There is no text in it."),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "no text file"),
        ("report.pdf", b"%PDF-1.7 and so on", "Files of this kind are not read"),
        ("big.txt", b"word " * 1_000_000, "at most 2.0 MB"),
        ("wide.txt", told.ENGLISH.encode("utf-16"), "UTF-16"),
        ("nothing.jsonl", b"\n\n", "There is no article in it."),
    ],
)
def test_bad_file_is_refused_with_a_reason(
    client: Client, name: str, data: bytes, message: str
) -> None:
    response = add(client, documents=file(name, data))
    assert response.status_code == 200
    assert message in str(response.context["errors"])
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "UTF-8"), ("windows-1256", "Windows-1256")]
)
def test_encoding_of_a_file_is_said(client: Client, encoding: str, shown: str) -> None:
    response = add(client, documents=file("report.txt", told.ARABIC.encode(encoding)))
    assert f"info: The file was read as {shown}." in said(response)
    assert Article.objects.get().body == told.ARABIC


def test_html_keeps_its_text_and_nothing_that_runs(client: Client) -> None:
    page = (
        "<html><head><title>Attack</title><script>steal()</script></head><body><nav>Menu</nav>"
        f"<p onclick='x()'>{told.ENGLISH}</p><script>alert(1)</script></body></html>"
    )
    response = add(client, documents=file("page.html", page))
    body = Article.objects.get().body
    assert "Three Katyusha rockets" in body
    assert not any(word in body for word in ("alert", "steal", "Menu", "onclick"))
    assert any("Of the page only its text was kept" in message for message in said(response))


def test_same_article_twice_leads_to_the_stored_one(client: Client) -> None:
    first = stored()
    response = add(client, text=told.ENGLISH.replace("\n", "\r\n"), date="2020-11-18")
    assert response.redirect_chain[0][0] == f"/admin/incidents/article/{first.article.pk}/change/"
    assert said(response)[0].startswith("warning: This article was already here")
    assert (Article.objects.count(), Incident.objects.count()) == (1, 1)
    assert Statement.objects.count() == len(told._SAID["en"])


def test_article_without_an_attack_and_date_says_so(client: Client) -> None:
    response = add(client, text="The ministry opened a new library in the city on Monday.")
    messages = said(response)
    assert "warning: No attack was read in this article." in messages
    assert any(m.startswith("warning: No date of publication is known") for m in messages)


def test_bad_lines_are_named_and_the_good_ones_stored(client: Client) -> None:
    lines = [
        json.dumps({"id": "1", "text": told.ENGLISH, "publisher": "Wire"}),
        "{broken",
        json.dumps({"id": "2", "text": told.ARABIC, "published": "2020-02-31"}),
        json.dumps({"id": "3"}),
        json.dumps({"id": "4", "text": told.ARABIC, "published": "2020-11-18"}),
        json.dumps({"id": "5", "text": told.ENGLISH}),
    ]
    response = add(client, documents=file("bulk.jsonl", "\n".join(lines)), publisher="Default")
    context = response.context
    assert (context["added"], context["known"], context["refused"]) == (2, 1, 3)
    assert [one.error.line for one in context["taken"] if one.error] == [2, 3, 4]
    page = text_of(response)
    assert "Line 2:" in page
    assert "“2020-02-31” is no date." in page
    assert {a.publisher for a in Article.objects.all()} == {"Wire", "Default"}


def test_a_file_too_large_is_refused_unread(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    large = file("large.txt", "x" * 1001)
    large.close()  # reading it is an error from here on
    form = UploadForm({}, MultiValueDict({"documents": [large]}))
    assert form.is_valid(), form.errors
    assert [type(one) for one in form.uploads()] == [TooLargeError]


def test_one_upload_reads_a_bounded_number_of_records(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MOST_RECORDS", 2)
    lines = [
        json.dumps({"id": str(n), "text": f"{told.ENGLISH} Report number {n}."}) for n in range(3)
    ]
    exact = add(client, documents=file("exact.jsonl", "\n".join(lines[:2]) + "\n\n"))
    assert (exact.context["added"], exact.context["refused"]) == (2, 0)
    response = add(client, documents=file("bulk.jsonl", "\n".join([*lines, "{broken"])))
    context = response.context
    assert (context["added"], context["known"], context["refused"]) == (0, 2, 1)
    assert Article.objects.count() == 2
    assert "Only the first 2 articles" in text_of(response)
    assert "manage.py ingest" in text_of(response)


def test_several_files_at_once(client: Client) -> None:
    documents = [
        file("one.txt", told.ENGLISH),
        file("two.txt", told.ARABIC),
        file("three.txt", b"\x00\x01"),
    ]
    response = add(client, documents=documents)
    assert response.context["added"] == 2
    assert response.context["refused"] == 1
    assert Incident.objects.count() == 1, "both tell the same event"


HOSTILE = (
    "<script>alert(1)</script> ${7*7} `\\2019` </script><img src=x onerror=alert(2)> The police "
    "said that the rocket was found in the yard of the school at noon."
)


def test_hostile_text_is_shown_as_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    quote = "<script>alert(1)</script>"
    draft = factories.draft(
        statements=(factories.statement("killed", quote, speaker=quote, quote=quote),),
        claimed_by=("<img src=x onerror=alert(3)>",),
    )
    monkeypatch.setattr(extraction, "extract", factories.Reads(draft))
    response = add(client, text=HOSTILE, title="<b onload=x>", publisher="<i>", date="2020-11-18")
    incident = Incident.objects.get()
    pages = [
        response,
        client.get(change(incident)),
        client.get(f"{change(incident)}".replace("change", "history")),
        client.get(INCIDENTS),
        client.get("/admin/incidents/article/"),
        client.get("/admin/incidents/actor/"),
        client.post(INCIDENTS, {"action": "publish", "_selected_action": [incident.pk]}),
        client.get(incident.get_absolute_url()),
    ]
    for page in pages:
        assert page.status_code == 200
        content = text_of(page)
        assert "<script>alert" not in content
        assert "<img src=x" not in content
        assert "<b onload" not in content
        assert "<i>" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text_of(response)


# Details of an article


def article_values(article: Article, **changed: str) -> dict[str, str]:
    return {
        "title": article.title,
        "publisher": article.publisher,
        "url": article.url,
        "published_at_0": "",
        "published_at_1": "",
        "language": article.language,
        **changed,
    }


def test_a_date_given_later_is_read_with(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    article = stored().article
    reads = factories.Reads(factories.draft(date="2021-01-05"), extractor="test 1")
    monkeypatch.setattr(extraction, "extract", reads)
    address = f"/admin/incidents/article/{article.pk}/change/"
    values = article_values(article, published_at_0="2021-01-06", published_at_1="12:00")
    response = client.post(address, values, follow=True)
    assert reads.articles[0].published is not None
    assert any("1 article was read again." in message for message in said(response))
    assert Article.objects.get().history.count() == 2


@pytest.mark.parametrize(
    ("changed", "field", "error"),
    [
        (
            {"published_at_0": "2199-01-05", "published_at_1": "12:00:00"},
            "published_at",
            "is still to come",
        ),
        ({"url": "ftp://example.org/report"}, "url", "Enter a valid URL"),
    ],
    ids=["a date to come", "an address that is no page"],
)
def test_details_that_no_upload_may_have_are_refused(
    client: Client, changed: dict[str, str], field: str, error: str
) -> None:
    article = stored().article
    response = client.post(
        f"/admin/incidents/article/{article.pk}/change/", article_values(article, **changed)
    )
    assert response.status_code == 200
    assert error in str(response.context["adminform"].form.errors[field])
    article.refresh_from_db()
    assert (article.published_at, article.url) == (None, "")


def test_text_of_an_article_cannot_be_changed(client: Client) -> None:
    article = stored().article
    values = article_values(article, title="New", body="Forged")
    client.post(f"/admin/incidents/article/{article.pk}/change/", values)
    article.refresh_from_db()
    assert (article.title, article.body) == ("New", told.ENGLISH)


def test_earlier_readings_are_kept_and_compared(client: Client) -> None:
    article = stored().article
    reads = factories.Reads(factories.draft(killed=factories.figure(2)), extractor="test 2")
    ingest.reread(article, gazetteer=gazetteer.load(), read=reads)
    response = client.get(f"/admin/incidents/article/{article.pk}/change/")
    ((old, differences),) = response.context["earlier"]
    assert old.extractor == "test 1"
    rows = {row.what: (row.before, row.after) for row in differences}
    assert rows["incident 1: killed"] == ("1", "2")
    assert rows["incident 1: weapon"][1] == "—"
    assert rows["unresolved places"] == ("old brick works", "—")
    assert "incident 1: kind of attack" not in rows


def test_deleting_an_article_says_which_incidents_lose_evidence() -> None:
    boss = User.objects.create_superuser("boss")
    client = logged_in(boss)
    first = stored().article
    second = stored(told.ARABIC).article
    incident = Incident.objects.get()
    editing.set_status([incident], Status.PUBLISHED)
    address = f"/admin/incidents/article/{first.pk}/delete/"
    assert "1 other article still tells it." in text_of(client.get(address))
    client.post(address, {"post": "yes"})
    incident.refresh_from_db()
    assert incident.status == Status.PUBLISHED
    assert incident.statements.exclude(article=second).count() == 0

    page = client.post(
        "/admin/incidents/article/",
        {"action": "delete_selected", "_selected_action": [second.pk]},
    )
    assert "no article will be left" in text_of(page)
    response = client.post(
        "/admin/incidents/article/",
        {"action": "delete_selected", "_selected_action": [second.pk], "post": "yes"},
        follow=True,
    )
    assert any(incident.public_id in message for message in said(response))
    incident.refresh_from_db()
    assert (incident.status, incident.sources.count()) == (Status.DRAFT, 0)


# Placing what was not resolved


def placing(result: ingest.Ingested, **changed: Any) -> dict[str, Any]:
    item = result.reading.data["unresolved"][0]
    return {
        "start": item["start"],
        "end": item["end"],
        "incident": result.incidents[0].pk,
        "role": "impact",
        "place": "",
        "lat": "",
        "lon": "",
        "radius_m": "",
        **changed,
    }


@pytest.mark.parametrize("typed", ["Karrada", "الكرادة", "karrada-district"])
def test_an_unresolved_place_becomes_a_site(client: Client, typed: str) -> None:
    result = stored()
    expected = places.resolve(typed)
    address = f"/admin/incidents/article/{result.article.pk}/place/"
    response = client.post(address, placing(result, place=typed), follow=True)
    site = Site.objects.get(surface="old brick works")
    assert (site.place_id, site.lat, site.lon) == (expected.id, expected.lat, expected.lon)
    assert result.article.body[site.start : site.end] == "old brick works"
    assert site.incident.is_locked("sites")
    assert any("its sites are locked" in message for message in said(response))
    assert "✓" in text_of(response)


def test_typed_coordinates_go_before_the_gazetteers(client: Client) -> None:
    result = stored()
    values = placing(result, place="Karrada", lat="33.3", lon="44.41", radius_m="150")
    client.post(f"/admin/incidents/article/{result.article.pk}/place/", values)
    site = Site.objects.get(surface="old brick works")
    assert (site.lat, site.lon, site.radius_m) == (33.3, 44.41, 150)
    assert site.place_id


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({}, "Choose a place, or give latitude and longitude."),
        ({"lat": "33.3"}, "Give both latitude and longitude, or neither."),
        ({"lat": "133.3", "lon": "44"}, "less than or equal to 90"),
        ({"lat": "nan", "lon": "44"}, "Enter a number."),
        ({"place": "Qwertyuiop"}, "The gazetteer has no “Qwertyuiop”."),
        ({"place": "Karrada", "end": "999999"}, "These words are not in the article."),
    ],
)
def test_a_place_that_is_none_is_refused(
    client: Client, changed: dict[str, str], message: str
) -> None:
    result = stored()
    address = f"/admin/incidents/article/{result.article.pk}/place/"
    response = client.post(address, placing(result, **changed))
    assert response.status_code == 200
    assert message in text_of(response)
    assert not Site.objects.filter(surface="old brick works").exists()


def test_places_are_suggested_in_both_languages(client: Client) -> None:
    for typed in ("green zo", "الخضرا"):
        answer = client.get(f"{INCIDENTS}places/", {"q": typed}).json()
        assert any("[green-zone]" in place["label"] for place in answer["places"]), typed
    assert client.get(f"{INCIDENTS}places/", {"q": "  "}).json() == {"places": []}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("الخضرا", "green-zone"),
        ("خضرا", "green-zone"),
        ("المنطقة الخ", "green-zone"),
        ("السفارة", "us-embassy"),
        ("مطار", "baghdad-airport"),
        ("karr", "karrada"),
        ("الكرا", "karrada"),
        ("sadr", "sadr-city"),
        ("المنص", "mansour"),
    ],
)
def test_the_best_known_place_is_suggested_first(typed: str, first: str) -> None:
    assert places.suggest(typed)[0].id == first


@pytest.mark.parametrize("typed", ["(", "[", "\\d", ".*", "ا", "\u202e", "\0"])
def test_whatever_is_typed_is_taken_literally(typed: str) -> None:
    named = {name.place_id for name in gazetteer.load().names}
    assert {place.id for place in places.suggest(typed)} <= named


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_label_finds_its_place_again(language: str) -> None:
    from django.utils.translation import override

    with override(language):
        for place in gazetteer.load().places.values():
            assert places.resolve(places.label(place)) is place


# Correcting an incident


def test_a_changed_field_is_locked_and_the_reason_kept(client: Client, editor: User) -> None:
    incident = stored().incidents[0]
    values = form_values(client, incident, killed_best=2, killed_high=2, change_reason="ministry")
    response = client.post(change(incident), values)
    assert response.status_code == 302
    incident.refresh_from_db()
    assert incident.killed_best == 2
    assert incident.locked_fields == ["killed"]
    record = incident.history.first()
    assert (record.history_change_reason, record.history_user) == ("ministry", editor)
    ingest.rebuild(incident, gazetteer.load())
    incident.refresh_from_db()
    assert incident.killed_best == 2


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", "This incident was changed meanwhile"), ("ar", "تغيّرت هذه الحادثة")],
)
def test_a_stale_page_overwrites_nothing(editor: User, language: str, message: str) -> None:
    client = logged_in(editor, language)
    incident = stored().incidents[0]
    values = form_values(client, incident, weapon="drone", change_reason="seen on film")
    fresh = Incident.objects.get(pk=incident.pk)
    fresh.killed_best = fresh.killed_high = 5
    fresh.save_because("Another article")
    response = client.post(change(incident), values)
    assert response.status_code == 200
    assert message in text_of(response)
    assert "seen on film" in text_of(response), "what was typed stays"
    incident.refresh_from_db()
    assert (incident.killed_best, incident.weapon) == (5, "katyusha")
    assert incident.locked_fields == []
    assert client.post(change(incident), values).status_code == 200, "sending it again is no way"
    again = client.post(change(incident), form_values(client, incident, weapon="drone"))
    assert again.status_code == 302
    incident.refresh_from_db()
    assert (incident.killed_best, incident.weapon) == (5, "drone")
    assert incident.locked_fields == ["weapon"]


def test_a_page_without_its_version_is_refused(client: Client) -> None:
    incident = stored().incidents[0]
    response = client.post(change(incident), form_values(client, incident, version="", weapon=""))
    assert "This incident was changed meanwhile" in text_of(response)


def test_saving_without_a_change_writes_no_history(client: Client) -> None:
    incident = stored().incidents[0]
    before = incident.history.count()
    assert client.post(change(incident), form_values(client, incident)).status_code == 302
    incident.refresh_from_db()
    assert incident.locked_fields == []
    assert incident.history.count() == before


def test_unlocking_gives_the_field_back_to_the_machine(client: Client) -> None:
    incident = stored().incidents[0]
    client.post(change(incident), form_values(client, incident, killed_best=1, killed_high=9))
    incident.refresh_from_db()
    assert incident.is_locked("killed")
    client.post(change(incident), form_values(client, incident, locked_fields=[]))
    incident.refresh_from_db()
    assert (incident.locked_fields, incident.killed_high) == ([], 1)


def test_a_site_moved_by_name_takes_the_places_point(client: Client) -> None:
    incident = stored().incidents[0]
    index = list(incident.sites.order_by("number")).index(incident.sites.get(role="impact"))
    values = form_values(client, incident, **{f"sites-{index}-place_id": "Karrada"})
    response = client.post(change(incident), values)
    assert response.status_code == 302, response.context["errors"]
    incident.refresh_from_db()
    site = incident.sites.get(role="impact")
    place = places.resolve("Karrada")
    assert (site.place_id, site.lat, site.name_ar) == (place.id, place.lat, place.name_ar)
    assert incident.is_locked("sites")
    assert (incident.lat, incident.place_en) == (place.lat, place.name_en)


def test_machine_evidence_stands_beside_the_field(client: Client) -> None:
    incident = stored().incidents[0]
    page = text_of(client.get(change(incident)))
    statement = Statement.objects.get(field="wounded", confidence=0.55)
    link = f"/admin/incidents/article/{statement.article_id}/change/#s{statement.pk}"
    assert f'<a href="{link}"><q dir="auto">three wounded</q></a>' in page
    assert 'name="locked_fields" value="wounded"' in page


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"killed_low": 5}, "The lowest figure comes first"),
        ({"date_start": "2020-13-01"}, "“2020-13-01” is no date."),
        ({"date_end": "2020-11-01"}, "The last day lies before the first."),
        ({"time_local": "9 pm"}, "Write the time as 21:30"),
        ({"sites-0-place_id": "Qwertyuiop"}, "The gazetteer has no"),
        ({"sites-0-lat": "200"}, "less than or equal to 90"),
    ],
)
def test_impossible_values_are_refused(
    client: Client, changed: dict[str, Any], message: str
) -> None:
    incident = stored().incidents[0]
    response = client.post(change(incident), form_values(client, incident, **changed))
    assert response.status_code == 200
    assert message in text_of(response).replace("&quot;", '"')
    before = incident.killed_low
    incident.refresh_from_db()
    assert incident.killed_low == before


def test_history_shows_who_changed_what_and_can_be_gone_back_to(client: Client) -> None:
    incident = stored().incidents[0]
    first = incident.history.first()
    client.post(change(incident), form_values(client, incident, weapon="", change_reason="why"))
    address = reverse("admin:incidents_incident_history", args=[incident.pk])
    page = text_of(client.get(address))
    assert "editor" in page
    assert "why" in page
    assert "style=" not in page
    change_of_weapon = next(
        change
        for record in client.get(address).context["page_obj"]
        for change in getattr(record, "history_delta_changes", [])
        if change["field"] == "Weapon"
    )
    assert (change_of_weapon["old"], change_of_weapon["new"]) == ("Katyusha", "—")
    version = reverse("admin:incidents_incident_simple_history", args=[incident.pk, first.pk])
    form = client.get(version).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else value for name, value in values.items()}
    response = client.post(version, {**values, "locked_fields": []})
    assert response.status_code == 302, response.context["adminform"].form.errors
    incident.refresh_from_db()
    assert incident.weapon == "katyusha"


def test_an_incident_without_an_article_is_locked_where_it_was_filled(client: Client) -> None:
    empty = {
        f"{prefix}-{name}": "0"
        for prefix in ("sites", "parties", "victims", "sources")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    values = {
        "event_type": "drone",
        "date_start": "2022-01-05",
        "date_precision": "day",
        "killed_status": "unknown",
        "wounded_status": "unknown",
        "change_reason": "phone call",
        **empty,
    }
    response = client.post(f"{INCIDENTS}add/", values)
    assert response.status_code == 302, response.context["errors"]
    incident = Incident.objects.get()
    assert incident.public_id == "BGD-2022-01-05-01"
    assert incident.date_end == incident.date_start
    assert {"event_type", "date"} <= set(incident.locked_fields)
    assert "killed" not in incident.locked_fields


# Deciding


def decide(client: Client, action: str, *incidents: Incident, **values: Any) -> Any:
    keys = [incident.pk for incident in incidents]
    return client.post(INCIDENTS, {"action": action, "_selected_action": keys, **values})


def test_publishing_asks_first_and_then_publishes(client: Client) -> None:
    incident = stored().incidents[0]
    asked = decide(client, "publish", incident)
    incident.refresh_from_db()
    assert incident.status == Status.DRAFT
    assert "1 incident is concerned." in text_of(asked)
    decide(client, "publish", incident, confirmed="1", reason="checked")
    incident.refresh_from_db()
    assert incident.status == Status.PUBLISHED
    assert incident.published_at is not None
    assert incident.history.first().history_change_reason == "checked"
    assert Client().get(incident.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("back_to_draft", "published", "draft"),
        ("reject", "draft", "rejected"),
        ("mark_reviewed", "draft", "reviewed"),
        ("mark_reviewed", "published", "published"),
        ("publish", "rejected", "published"),
    ],
)
def test_each_decision_gives_its_status(
    client: Client, action: str, before: str, after: str
) -> None:
    incident = factories.incident(status=before)
    factories.site(incident)
    ingest.refresh_derived(incident)
    decide(client, action, incident, confirmed="1")
    incident.refresh_from_db()
    assert incident.status == after


def test_what_has_neither_date_nor_place_is_published_only_when_told_so(client: Client) -> None:
    bare = factories.incident(status=Status.DRAFT, day=None)
    dated = factories.incident(status=Status.DRAFT)
    page = text_of(decide(client, "publish", bare, dated))
    assert "Publish also the one of which neither date nor place is known" in page
    assert "It has no date" in page
    response = decide(client, "publish", bare, dated, confirmed="1")
    bare.refresh_from_db()
    dated.refresh_from_db()
    assert (bare.status, dated.status) == (Status.DRAFT, Status.PUBLISHED)
    messages = said(client.get(response.headers["location"]))
    assert f"warning: Not published, as neither date nor place is known: {bare.public_id}." in (
        messages
    )
    decide(client, "publish", bare, confirmed="1", also_bare="on")
    bare.refresh_from_db()
    assert bare.status == Status.PUBLISHED


def test_a_decision_leads_back_to_our_pages_only(client: Client) -> None:
    incident = factories.incident(status=Status.DRAFT)
    response = decide(client, "reject", incident, confirmed="1", next=change(incident))
    assert response.headers["location"] == change(incident)
    response = decide(client, "publish", incident, confirmed="1", next="https://elsewhere.example/")
    assert "elsewhere" not in response.headers["location"]


# Merging and splitting


def two_tellings() -> tuple[Incident, Incident]:
    """Two incidents that an editor recognises as one."""
    load = gazetteer.load()
    reads = factories.Reads(factories.draft(date="2020-11-17", killed=factories.figure(1)))
    first = ingest.ingest(factories.upload(), gazetteer=load, read=reads).incidents[0]
    other = factories.draft(
        date="2020-11-20",
        killed=factories.figure(2),
        statements=(factories.statement("killed", 2),),
    )
    second = ingest.ingest(factories.upload(), gazetteer=load, read=factories.Reads(other))
    assert second.incidents[0].pk != first.pk
    return first, second.incidents[0]


def test_merged_incidents_become_one_and_the_old_number_leads_there(client: Client) -> None:
    winner, loser = two_tellings()
    response = decide(client, "merge", winner, loser)
    assert response.headers["location"].startswith(f"{INCIDENTS}merge/?ids=")
    assert winner.public_id in text_of(client.get(response.headers["location"]))
    client.post(response.headers["location"], {"winner": winner.pk})
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert loser.merged_into == winner
    assert winner.sources.count() == 2
    assert (winner.killed_low, winner.killed_high) == (1, 2)
    assert [*client.get(INCIDENTS).context["cl"].result_list] == [winner]
    assert [*client.get(f"{INCIDENTS}?check=merged").context["cl"].result_list] == [loser]
    version = reverse(
        "admin:incidents_incident_simple_history", args=[loser.pk, loser.history.first().pk]
    )
    assert client.get(version).status_code == 200
    editing.set_status([winner], Status.PUBLISHED)
    assert Client().get(loser.get_absolute_url()).headers["location"] == winner.get_absolute_url()


def test_a_merge_can_be_undone(client: Client) -> None:
    winner, loser = two_tellings()
    source = loser.sources.get()
    ingest.merge_incidents(loser, winner, gazetteer=gazetteer.load())
    address = f"{INCIDENTS}{winner.pk}/split/"
    assert loser.public_id in text_of(client.get(address))
    response = client.post(address, {"source": source.pk, "into": loser.pk})
    assert response.headers["location"] == change(loser)
    winner.refresh_from_db()
    loser.refresh_from_db()
    assert (loser.merged_into, loser.status, loser.killed_best) == (None, Status.DRAFT, 2)
    assert (winner.killed_low, winner.killed_high) == (1, 1)
    assert loser.statements.count() == 1


def test_an_article_can_be_split_off_into_a_new_incident(client: Client) -> None:
    first, second = stored(), stored(told.ARABIC)
    (incident,) = Incident.objects.all()
    source = IncidentArticle.objects.get(article=second.article)
    assert "a new incident" in text_of(client.get(f"{INCIDENTS}{incident.pk}/split/"))
    client.post(f"{INCIDENTS}{incident.pk}/split/", {"source": source.pk, "into": ""})
    other = Incident.objects.exclude(pk=incident.pk).get()
    assert other.public_id == "BGD-2020-11-17-02"
    assert other.status == Status.DRAFT
    assert other.sources.get().article == second.article
    assert incident.sources.get().article == first.article
    assert set(other.statements.values_list("article", flat=True)) == {second.article.pk}
    assert other.sites.count() == 2


def test_a_split_outlives_another_reading(client: Client) -> None:
    stored()
    second = stored(told.ARABIC).article
    source = IncidentArticle.objects.get(article=second)
    other = editing.split_off(source, gazetteer=gazetteer.load())
    newer = functools.partial(told.read, extractor="test 2")
    ingest.reread(second, gazetteer=gazetteer.load(), read=newer)
    assert IncidentArticle.objects.get(article=second).incident == other
    assert Incident.objects.count() == 2


def test_the_only_article_is_not_split_off(client: Client) -> None:
    incident = stored().incidents[0]
    source = incident.sources.get()
    response = client.post(f"{INCIDENTS}{incident.pk}/split/", {"source": source.pk, "into": ""})
    assert "An incident keeps at least one article." in text_of(response)
    assert Incident.objects.count() == 1


def test_the_article_of_a_source_is_not_exchanged(client: Client) -> None:
    incident = stored().incidents[0]
    source = incident.sources.get()
    other = stored("A new library was opened in the city, the ministry said on Monday.").article
    values = form_values(client, incident, **{"sources-0-article": other.pk})
    client.post(change(incident), values)
    source.refresh_from_db()
    assert source.article != other
    ingest.rebuild(incident, gazetteer.load())


def test_an_article_can_be_added_as_a_source(client: Client) -> None:
    incident = stored().incidents[0]
    other = stored("A new library was opened in the city, the ministry said on Monday.").article
    added = {"sources-TOTAL_FORMS": 2, "sources-1-article": other.pk}
    values = form_values(client, incident, **added)
    response = client.post(change(incident), values)
    assert response.status_code == 302, response.context["errors"]
    assert incident.sources.get(article=other).draft_index is None


def test_a_source_that_tells_the_incident_is_not_crossed_out(client: Client) -> None:
    incident = stored().incidents[0]
    values = form_values(client, incident, **{"sources-0-DELETE": "on"})
    response = client.post(change(incident), values)
    assert "Use “Split off an article” instead." in text_of(response)
    assert incident.sources.count() == 1


@pytest.mark.parametrize("count", [1, 11])
def test_merging_takes_a_handful(client: Client, count: int) -> None:
    incidents = [factories.incident() for _ in range(count)]
    response = client.post(
        INCIDENTS,
        {"action": "merge", "_selected_action": [one.pk for one in incidents]},
        follow=True,
    )
    assert any("Choose two to 10 incidents" in message for message in said(response))


# Finding


def test_search_ignores_the_spelling(client: Client) -> None:
    incident = stored(told.ARABIC).incidents[0]
    for typed in ("المنطقه الخضرا", "KATYUSHA", incident.public_id, "اهل الكهف"):
        page = text_of(client.get(INCIDENTS, {"q": typed}))
        assert incident.public_id in page, typed
    assert incident.public_id not in text_of(client.get(INCIDENTS, {"q": "zzzz"}))


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("no_place", {"bare"}),
        ("no_date", {"bare"}),
        ("contested", {"disputed"}),
        ("recalled", {"recalled"}),
        ("no_article", {"bare", "disputed", "recalled"}),
        ("unsure", {"told"}),
        ("merged", {"merged"}),
    ],
)
def test_the_list_shows_what_needs_a_look(client: Client, check: str, found: set[str]) -> None:
    told_one = stored().incidents[0]
    rows = {
        "told": told_one,
        "bare": factories.incident(day=None),
        "disputed": factories.incident(grade="contested"),
        "recalled": factories.incident(recalled_only=True),
        "merged": factories.incident(merged_into=told_one, status=Status.REJECTED),
    }
    for name in ("disputed", "recalled", "merged"):
        factories.site(rows[name])
        ingest.refresh_derived(rows[name])
    listed = client.get(INCIDENTS, {"check": check}).context["cl"].result_list
    assert {name for name, row in rows.items() if row in listed} == found


def test_lists_take_a_fixed_number_of_queries(
    client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _ in range(12):
        factories.site(factories.incident())
        factories.article()
    with django_assert_max_num_queries(16):
        client.get(INCIDENTS)
    with django_assert_max_num_queries(16):
        client.get("/admin/incidents/article/")


# Who may do what


def test_analysts_and_strangers_stay_out() -> None:
    result = stored()
    incident = result.incidents[0]
    article = f"/admin/incidents/article/{result.article.pk}"
    for user in (account("analyst", "Analysts"), account("stranger")):
        client = logged_in(user)
        assert add(client, text=told.ARABIC).status_code == 403
        assert client.post(f"{article}/place/", placing(result, place="Karrada")).status_code == 403
        assert client.post(change(incident), {}).status_code == 403
        assert client.get(f"{INCIDENTS}merge/?ids={incident.pk}").status_code == 403
        assert client.get(f"{INCIDENTS}{incident.pk}/split/").status_code == 403
        assert client.get(f"{article}/delete/").status_code == 403
        decide(client, "publish", incident, confirmed="1")
        incident.refresh_from_db()
        assert incident.status == Status.DRAFT
    assert Article.objects.count() == 1
    analyst = logged_in(User.objects.get(username="analyst"))
    assert analyst.get(f"{article}/change/").status_code == 200
    page = text_of(analyst.get(change(incident)))
    assert 'type="checkbox" name="locked_fields"' not in page
    assert 'value="publish"' not in page


def test_visitors_are_sent_to_log_in() -> None:
    for address in (ADD, INCIDENTS, f"{INCIDENTS}places/?q=x", f"{INCIDENTS}merge/"):
        assert Client().get(address).headers["location"].startswith("/admin/login/")


def test_who_may_not_publish_may_still_correct() -> None:
    user = account("corrector")
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["view_incident", "change_incident"])
    )
    client = logged_in(user)
    incident = stored().incidents[0]
    assert client.get(change(incident)).status_code == 200
    decide(client, "publish", incident, confirmed="1")
    incident.refresh_from_db()
    assert incident.status == Status.DRAFT
    decide(client, "mark_reviewed", incident, confirmed="1")
    incident.refresh_from_db()
    assert incident.status == Status.REVIEWED


def test_editors_cannot_delete(client: Client) -> None:
    result = stored()
    for address in (
        f"/admin/incidents/article/{result.article.pk}/delete/",
        f"{INCIDENTS}{result.incidents[0].pk}/delete/",
    ):
        assert client.post(address, {"post": "yes"}).status_code == 403
    assert Incident.objects.count() == 1


# Both languages


PAGES = ("", "incidents/article/add/", "incidents/incident/", "incidents/article/")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_pages_stand_in_both_languages(editor: User, language: str, direction: str) -> None:
    client = logged_in(editor, language)
    result = stored(told.ARABIC)
    incident = result.incidents[0]
    addresses = [
        *(f"/admin/{page}" for page in PAGES),
        f"/admin/incidents/article/{result.article.pk}/change/",
        change(incident),
        f"{INCIDENTS}{incident.pk}/history/",
        f"{INCIDENTS}{incident.pk}/split/",
    ]
    for address in addresses:
        page = text_of(client.get(address))
        assert f'<html lang="{language}" dir="{direction}">' in page, address
        assert "style=" not in page, address
        assert "<script>" not in page, address


def test_switching_the_language_stays_on_the_page(client: Client) -> None:
    address = f"{INCIDENTS}?check=no_place"
    page = text_of(client.get(address))
    assert f'<input type="hidden" name="next" value="{address}">' in page
    response = client.post("/i18n/setlang/", {"language": "ar", "next": address}, follow=True)
    assert response.redirect_chain[0][0] == address
    assert 'dir="rtl"' in text_of(response)


def test_login_page_has_the_switch() -> None:
    assert 'name="language" value="ar"' in text_of(Client().get("/admin/login/"))


# Smaller parts


@pytest.mark.parametrize("typed", ["2020-11-18", "18/11/2020", "18.11.2020", "٢٠٢٠-١١-١٨"])
def test_dates_are_taken_as_people_write_them(typed: str) -> None:
    assert DayField().clean(typed).isoformat() == "2020-11-18"


def test_one_spelling_belongs_to_one_actor(client: Client) -> None:
    stored(told.ARABIC)
    actor = Actor.objects.get()
    page = text_of(client.get("/admin/incidents/actor/", {"q": "اهل الكهف"}))
    assert str(actor.slug) in page


def test_readings_differ_only_where_they_do() -> None:
    reading = stored().reading
    assert review.differences(reading.data, reading.data) == []
    assert Reading.objects.count() == 1


def test_a_site_may_have_neither_place_nor_point() -> None:
    incident = stored().incidents[0]
    site = editing.add_site(incident, role=SiteRole.INTERCEPT)
    assert (site.lat, site.place_id) == (None, "")
