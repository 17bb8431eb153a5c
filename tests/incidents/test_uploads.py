"""Whatever people hand in: read rightly, or refused with a way out."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from incidents import uploads
from incidents.uploads import Defaults, Upload, UploadError, read_bytes, read_path, read_text

ARABIC = "أعلنت خلية الإعلام الأمني سقوط أربعة صواريخ على المنطقة الخضراء وسط بغداد مساء الثلاثاء."
ENGLISH = "The police said that four rockets had landed in the Green Zone of Baghdad on Tuesday."
PERSIAN = (
    "به گزارش خبرگزاری‌ها چند راکت به منطقه سبز بغداد برخورد کرد و پلیس گفت کسی کشته نشد؛ "
    "پس از آن گروهی مسئولیت حمله را پذیرفت و چهار نفر زخمی شدند."
)
FRENCH = "Quatre roquettes sont tombées mardi soir dans la zone verte, selon la police de Bagdad."
RUSSIAN = "Четыре ракеты упали во вторник вечером в зелёной зоне Багдада, сообщила полиция."


def jsonl(*records: object) -> io.BytesIO:
    lines = [r if isinstance(r, bytes) else json.dumps(r).encode() for r in records]
    return io.BytesIO(b"\n".join(lines))


def records(stream: io.BytesIO, **defaults: Any) -> list[Upload | UploadError]:
    return list(uploads.read_jsonl(stream, "reports.jsonl", Defaults(**defaults)))


class TestEncoding:
    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            (ARABIC.encode(), "utf-8"),
            (b"\xef\xbb\xbf" + ARABIC.encode(), "utf-8"),
            (ARABIC.encode("windows-1256"), "windows-1256"),
            (ENGLISH.encode(), "utf-8"),
        ],
    )
    def test_the_decoding_is_found_and_told(self, data: bytes, encoding: str) -> None:
        upload = read_bytes("a.txt", data)
        assert upload.text in (ARABIC, ENGLISH)
        assert upload.encoding == encoding

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_utf_16_is_refused_not_mangled(self, encoding: str) -> None:
        with pytest.raises((uploads.EncodingError, uploads.NotTextError), match="Save"):
            read_bytes("a.txt", ARABIC.encode(encoding))

    def test_bytes_that_read_like_nothing_are_refused(self) -> None:
        with pytest.raises(uploads.EncodingError, match="Save it as UTF-8"):
            read_bytes("a.txt", bytes(range(128, 256)) * 4)


class TestRefusals:
    @pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf"])
    def test_nothing(self, data: bytes) -> None:
        with pytest.raises(uploads.NoTextError, match="no text"):
            read_bytes("a.txt", data)

    @pytest.mark.parametrize(
        "data",
        [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"%PDF-1.4 \x01\x02\x03\x04 obj", b"abc\x00def"],
    )
    def test_binary(self, data: bytes) -> None:
        with pytest.raises(uploads.NotTextError, match="no text file"):
            read_bytes("a.txt", data)

    def test_five_megabytes(self) -> None:
        with pytest.raises(uploads.TooLargeError, match=r"5\.0 MB.*at most 2\.0 MB"):
            read_bytes("a.txt", b"a" * 5_000_000)
        with pytest.raises(uploads.TooLargeError):
            read_text("a" * 5_000_000)

    @pytest.mark.parametrize("text", [PERSIAN, FRENCH, RUSSIAN])
    def test_another_language(self, text: str) -> None:
        with pytest.raises(uploads.LanguageError, match="nothing was stored"):
            read_text(text)

    @pytest.mark.parametrize("text", ["12345 67890 !!!", "…", "قصف"])
    def test_hardly_any_text(self, text: str) -> None:
        with pytest.raises(uploads.NoTextError, match="hardly any text"):
            read_text(text)

    @pytest.mark.parametrize(
        "value", ["yesterday", "2020-13-01", "2020-11-18T25:00", "18/11/2020", "0001-01-01"]
    )
    def test_a_date_that_is_none(self, value: str) -> None:
        with pytest.raises(uploads.DateError, match="2020-11-18T13:10:00"):
            uploads.parse_published(value)

    def test_a_date_still_to_come(self) -> None:
        with pytest.raises(uploads.DateError, match=r"2099-01-02.* is still to come"):
            uploads.parse_published("2099-01-02")

    def test_french_is_no_english(self) -> None:
        with pytest.raises(uploads.LanguageError):
            read_text("Le gouvernement a annoncé une réforme des retraites, on a voté hier.")

    @pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report"])
    def test_another_kind_of_file(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        path.write_bytes(ARABIC.encode())
        (error,) = read_path(path)
        assert isinstance(error, uploads.FileError)
        assert ".txt, .html" in str(error)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        (error,) = read_path(tmp_path / "missing.txt")
        assert isinstance(error, uploads.FileError)
        assert "missing.txt" in str(error)
        assert "No such file" in str(error)

    def test_messages_follow_the_language_of_whoever_reads_them(self) -> None:
        with pytest.raises(uploads.NoTextError) as caught:
            read_text(" ")
        with translation.override("en"):
            assert str(caught.value).startswith("There is no text")


class TestText:
    def test_a_form_sends_other_line_ends_than_the_article_has(self) -> None:
        assert read_text(f"{ARABIC}\r\n{ARABIC}").text == f"{ARABIC}\n{ARABIC}"

    def test_a_file_is_kept_to_the_letter(self) -> None:
        text = f"  {ARABIC}\r\n\r\n{ARABIC}\n"
        assert read_bytes("a.txt", text.encode()).text == text

    def test_defaults_hold_where_the_article_says_nothing(self) -> None:
        moment = datetime(2020, 11, 18, tzinfo=UTC)
        defaults = Defaults(title="T", publisher="P", published=moment, url="https://e.org/1")
        upload = read_text(ARABIC, defaults)
        assert (upload.title, upload.publisher, upload.published, upload.url) == (
            "T",
            "P",
            moment,
            "https://e.org/1",
        )
        assert upload.language == "ar"

    @pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://e.org/x", "e.org", "http://"])
    def test_an_address_that_no_link_may_carry_is_dropped(self, url: str) -> None:
        assert read_text(ARABIC, Defaults(url=url)).url == ""

    @pytest.mark.parametrize(
        "text",
        [
            ARABIC,
            "سقوط صواريخ في بغداد قرب السفارة الأمريكية".replace("ي", "ی").replace("ك", "ک"),
            f"{ARABIC} (Reuters, AFP)",
        ],
        ids=["plain", "from a Persian keyboard", "with English names"],
    )
    def test_arabic_is_told_by_its_letters(self, text: str) -> None:
        assert uploads.language_of(text) == "ar"

    @pytest.mark.parametrize(
        ("text", "hours"),
        [("2020-11-18T13:10:00+03:00", 3), ("2020-11-18T13:10", 3), ("2020-11-18T10:10:00Z", 0)],
    )
    def test_a_time_without_an_offset_is_local(self, text: str, hours: int) -> None:
        moment = uploads.parse_published(text)
        assert moment.utcoffset() == timedelta(hours=hours)
        assert moment.astimezone(UTC).hour == 10

    def test_a_bare_date_is_the_same_day_everywhere(self) -> None:
        assert uploads.parse_published("2020-11-18").astimezone(UTC).day == 18


PAGE = """<!DOCTYPE html><html lang="ar"><head>
<title>قصف الخضراء | موقع</title>
<meta property="og:title" content="قصف الخضراء">
<meta property="og:site_name" content="موقع الأخبار">
<meta property="article:published_time" content="2020-11-18T13:10:00+03:00">
<link rel="canonical" href="https://example.org/news/1">
<style>body { color: red }</style>
<script>document.write("سقوط خمسين صاروخاً")</script>
</head><body>
<nav>الرئيسية | سياسة | رياضة</nav>
<form><article>
<h1>قصف الخضراء</h1>
<p>أعلنت خلية الإعلام الأمني سقوط <b>أربعة صواريخ</b><br>على المنطقة الخضراء.</p>
<script>alert("x")</script>
<p>وقال   مصدر
إن شخصاً أصيب &amp; نقل إلى المستشفى.</p>
<noscript>فعّل جافاسكربت</noscript>
</article></form>
<footer>جميع الحقوق محفوظة</footer>
</body></html>"""


class TestHtml:
    def test_the_body_is_the_visible_text(self) -> None:
        upload = read_bytes("page.html", PAGE.encode())
        assert upload.text == (
            "قصف الخضراء\n"
            "أعلنت خلية الإعلام الأمني سقوط أربعة صواريخ\n"
            "على المنطقة الخضراء.\n"
            "وقال مصدر إن شخصاً أصيب & نقل إلى المستشفى."
        )

    def test_what_the_page_says_of_itself_is_taken(self) -> None:
        upload = read_bytes("page.html", PAGE.encode("windows-1256"))
        assert upload.title == "قصف الخضراء"
        assert upload.publisher == "موقع الأخبار"
        assert upload.url == "https://example.org/news/1"
        assert upload.encoding == "windows-1256"
        assert upload.published is not None
        assert upload.published.isoformat() == "2020-11-18T13:10:00+03:00"

    @pytest.mark.parametrize(
        "markup",
        [
            '<meta name="date" content="2020-11-18">',
            '<meta name="pubdate" content="2020-11-18T13:10:00+03:00">',
            '<time datetime="2020-11-18T13:10:00+03:00">الأربعاء</time>',
            '<span itemprop="datePublished" content="2020-11-18">x</span>',
            '<meta name="date" content="no date"><time datetime="2020-11-18">x</time>',
        ],
    )
    def test_the_date_is_found_where_pages_keep_it(self, markup: str) -> None:
        upload = read_bytes("page.htm", f"<body>{markup}<p>{ARABIC}</p></body>".encode())
        assert upload.published is not None
        assert upload.published.date().isoformat() == "2020-11-18"

    def test_of_several_articles_the_longest_is_the_page_s_own(self) -> None:
        page = f"<article><p>{ENGLISH}</p></article><article><p>{ARABIC} {ARABIC}</p></article>"
        assert read_bytes("page.html", page.encode()).text == f"{ARABIC} {ARABIC}"

    def test_a_page_of_scripts_has_no_text(self) -> None:
        with pytest.raises(uploads.NoTextError):
            read_bytes("page.html", f"<script>var a = '{ARABIC}'</script>".encode())

    @pytest.mark.parametrize("markup", ["", '<?xml version="1.0"?>\n'])
    def test_neither_bare_text_nor_xhtml_makes_the_parser_complain(self, markup: str) -> None:
        assert read_bytes("page.html", f"{markup}{ENGLISH}".encode()).text == ENGLISH

    @pytest.mark.parametrize("tag", [b"<div>", b"<article>"])
    def test_a_page_of_fifty_thousand_boxes_is_read(self, tag: bytes) -> None:
        assert read_bytes("page.html", (tag * 50_000) + ENGLISH.encode()).text == ENGLISH

    def test_broken_markup_is_read_as_far_as_it_goes(self) -> None:
        assert ARABIC in read_bytes("page.html", f"<p>{ARABIC}<div><b>".encode()).text


class TestJsonLines:
    def test_known_keys_are_taken_and_others_pass_unread(self) -> None:
        record = {
            "id": "a1",
            "text": ARABIC,
            "title": "T",
            "publisher": "P",
            "published": "2020-11-18T13:10:00+03:00",
            "lang": "ar",
            "url": "https://example.org/1",
            "gold": {"incidents": "never looked at"},
        }
        (upload,) = records(jsonl(record))
        assert isinstance(upload, Upload)
        assert (upload.id, upload.title, upload.publisher, upload.language) == (
            "a1",
            "T",
            "P",
            "ar",
        )
        assert upload.where == "reports.jsonl:1"

    def test_what_is_wrong_is_told_by_line_and_the_rest_goes_on(self) -> None:
        found = records(
            jsonl(
                {"id": "1", "text": ARABIC},
                b"{not json",
                b"",
                {"id": "2"},
                b'["a list"]',
                {"id": "3", "text": ENGLISH, "published": "yesterday"},
                {"id": "4", "text": 5},
                {"id": "5", "text": ARABIC, "title": {"ar": "x"}},
                b"\xff\xfe\x00",
                b"[" * 100_000,
                {"id": "7", "text": f"{ENGLISH} \ud800"},
                {"id": "6", "text": ENGLISH},
            )
        )
        assert [item.id for item in found if isinstance(item, Upload)] == ["1", "6"]
        errors = [item for item in found if isinstance(item, UploadError)]
        assert [(error.name, error.line) for error in errors] == [
            ("reports.jsonl", line) for line in (2, 4, 5, 6, 7, 8, 9, 10, 11)
        ]
        assert "no JSON" in str(errors[0])
        assert str(errors[0]).startswith("reports.jsonl, line 2: ")

    def test_one_huge_line_costs_itself_only(self) -> None:
        found = records(jsonl({"text": "a" * 5_000_000}, {"id": "2", "text": ARABIC}))
        assert isinstance(found[0], uploads.TooLargeError)
        assert [item.id for item in found[1:] if isinstance(item, Upload)] == ["2"]

    def test_an_odd_language_mark_is_checked_against_the_text(self) -> None:
        (upload,) = records(jsonl({"text": ARABIC, "lang": "arabic"}))
        assert isinstance(upload, Upload)
        assert upload.language == "ar"


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode()))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        language = read_bytes(name, data).language
    except UploadError:
        return
    assert language in ("ar", "en")


@given(line=st.binary(max_size=200))
def test_any_line_is_read_or_refused(line: bytes) -> None:
    for item in uploads.read_jsonl(io.BytesIO(line), "a.jsonl"):
        assert isinstance(item, Upload | UploadError)


@given(title=st.text())
def test_a_title_is_one_printable_line(title: str) -> None:
    told = read_text(ENGLISH, Defaults(title=title)).title
    assert told == " ".join(told.split())
    told.encode()
    assert "\x00" not in told


def test_every_demo_article_can_be_uploaded() -> None:
    from incidents.demo import ARTICLES

    found = list(read_path(ARTICLES))
    assert len(found) == 96
    assert [str(item) for item in found if isinstance(item, UploadError)] == []
    for item in found:
        assert isinstance(item, Upload)
        assert uploads.language_of(item.text) == item.language
