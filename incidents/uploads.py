"""Files and pasted text → articles to ingest. Whatever is wrong is said with what to do next."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from extraction.document import Article

SUFFIXES = (".txt", ".html", ".htm", ".jsonl")
LANGUAGES = ("ar", "en")

# Years in which an article can have appeared; others are slips.
EARLIEST, LATEST = 1900, 2100

# A page of news has letters; a text with fewer than this is not an article.
MIN_LETTERS = 20
# Tabs and line ends apart, text has no control characters; a damaged file may have a few.
MAX_CONTROL_SHARE = 0.01

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
# What no database column of text can hold or no page should show.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Letters of Persian, Urdu and Kurdish that Arabic does not write. Farsi yeh and kaf are left out:
# some keyboards put them into Arabic too.
_NOT_ARABIC = re.compile("[پچژگٹڈڑںےڕڵۆێەۀ]")
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "that", "was", "for", "by", "with", "at", "from")
) | {"said", "is", "were", "has", "had", "its"}


class UploadError(ValueError):
    """Something that cannot be stored. ``message`` is for people, translated when shown."""

    def __init__(self, message: str | Promise, *, name: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.name = name
        self.line = line

    def __str__(self) -> str:
        where = self.name if self.line is None else f"{self.name}, {_('line')} {self.line}"
        return f"{where}: {self.message}" if where else str(self.message)


class NoTextError(UploadError):
    """No text."""


class NotTextError(UploadError):
    """Not text at all."""


class TooLargeError(UploadError):
    """More than ``MAX_UPLOAD_BYTES``."""


class EncodingError(UploadError):
    """Text in an encoding that we do not read."""


class LanguageError(UploadError):
    """Neither Arabic nor English."""


class DateError(UploadError):
    """A date that is none."""


class RecordError(UploadError):
    """A JSONL line that is no article."""


class FileError(UploadError):
    """A file that is missing, forbidden or of a kind that we do not read."""


class LineStream(Protocol):
    """What is read line by line: a file, an upload, standard input."""

    def readline(self, limit: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """An article as handed in, before it is stored. ``published`` is aware, or None."""

    text: str
    id: str = ""
    title: str = ""
    publisher: str = ""
    published: datetime | None = None
    url: str = ""
    language: str = ""
    filename: str = ""
    encoding: str = ""
    line: int | None = None

    def as_article(self) -> Article:
        """What the extractor is given."""
        return Article(
            text=self.text,
            id=self.id,
            title=self.title,
            publisher=self.publisher,
            published=self.published,
            lang=self.language or None,
        )

    @property
    def where(self) -> str:
        """File and line, for messages."""
        return self.filename if self.line is None else f"{self.filename}:{self.line}"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for every article of an upload that does not say otherwise."""

    title: str = ""
    publisher: str = ""
    published: datetime | None = None
    url: str = ""


NO_DEFAULTS = Defaults()


def read_text(text: str, defaults: Defaults = NO_DEFAULTS) -> Upload:
    """A pasted article. Browsers send CRLF for every line end of a form; that is undone."""
    return _checked(_with_defaults(Upload(text=text.replace("\r\n", "\n")), defaults))


def read_bytes(name: str, data: bytes, defaults: Defaults = NO_DEFAULTS) -> Upload:
    """The article in a ``.txt`` or ``.html`` file. Raises UploadError."""
    check_size(name, len(data))
    text, encoding = decode(data, name=name)
    if Path(name).suffix.lower() in (".html", ".htm"):
        upload = read_html(text, name=name)
    else:
        upload = Upload(text=text)
    upload = replace(upload, filename=Path(name).name[:255], encoding=encoding)
    return _checked(_with_defaults(upload, defaults))


def read_path(path: Path, defaults: Defaults = NO_DEFAULTS) -> Iterator[Upload | UploadError]:
    """Every article of a file. A record that is wrong comes as its error, the rest goes on."""
    try:
        if path.suffix.lower() not in SUFFIXES:
            raise FileError(
                _("Files of this kind are not read; give %(kinds)s.")
                % {"kinds": ", ".join(SUFFIXES)},
                name=str(path),
            )
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as stream:
                yield from read_jsonl(stream, str(path), defaults)
        else:
            check_size(str(path), path.stat().st_size)
            yield read_bytes(str(path), path.read_bytes(), defaults)
    except OSError as error:
        yield FileError(
            _("The file cannot be read (%(reason)s). Check its name and permissions.")
            % {"reason": error.strerror or error},
            name=str(path),
        )
    except UploadError as error:
        error.name = str(path)
        yield error


def read_jsonl(
    stream: LineStream, name: str, defaults: Defaults = NO_DEFAULTS
) -> Iterator[Upload | UploadError]:
    """One article a line: ``id, text`` and, where known, ``title, publisher, published, lang``."""
    for number, data in enumerate(_lines(stream), 1):
        if not data.strip():
            continue
        try:
            yield _record(data, name, number, defaults)
        except UploadError as error:
            error.name, error.line = name, number
            yield error


def _lines(stream: LineStream) -> Iterator[bytes]:
    """Lines, cut short just beyond the size that is refused anyway, to bound the memory."""
    limit = settings.MAX_UPLOAD_BYTES + 1
    while line := stream.readline(limit):
        yield line
        while not line.endswith(b"\n") and (line := stream.readline(limit)):
            pass


def _record(data: bytes, name: str, number: int, defaults: Defaults) -> Upload:
    check_size(name, len(data))
    text, encoding = decode(data, name=name)
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(
            _("This line is no JSON (%(reason)s). Write one object per line.") % {"reason": error}
        ) from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise RecordError(_("This line is no article: it needs a “text” with the body."))
    published = _plain(record, "published")
    upload = Upload(
        text=record["text"],
        id=_plain(record, "id").strip(),
        title=_plain(record, "title"),
        publisher=_plain(record, "publisher"),
        published=parse_published(published) if published else None,
        url=_plain(record, "url"),
        language=_plain(record, "lang").strip(),
        filename=Path(name).name[:255],
        encoding=encoding,
        line=number,
    )
    return _checked(_with_defaults(upload, defaults))


def _plain(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str | int):
        raise RecordError(_("“%(key)s” must be a text.") % {"key": key})
    return str(value)


def check_size(name: str, size: int) -> None:
    limit = settings.MAX_UPLOAD_BYTES
    if size > limit:
        raise TooLargeError(
            _(
                "This is %(size).1f MB; an article may have at most %(limit).1f MB. "
                "Cut it down to the article’s text."
            )
            % {"size": size / 1e6, "limit": limit / 1e6},
            name=name,
        )


def decode(data: bytes, *, name: str = "") -> tuple[str, str]:
    """Text and the name of its encoding: UTF-8 with or without BOM, then Windows-1256."""
    if not data.strip():
        raise NoTextError(_("There is no text in it. Choose a file that holds the article."))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise EncodingError(
            _("The text is in UTF-16. Save it as UTF-8 and upload it again."), name=name
        )
    if b"\x00" in data:
        raise NotTextError(_("This is no text file. Save the article as .txt or .html."), name=name)
    try:
        text, encoding = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        # Every byte means something in Windows-1256, so nonsense must be told by its looks.
        text, encoding = data.decode("windows-1256"), "windows-1256"
        if not _reads_like_text(text):
            raise EncodingError(
                _(
                    "The text reads neither as UTF-8 nor as Windows-1256. "
                    "Save it as UTF-8 and upload it again."
                ),
                name=name,
            ) from None
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise NotTextError(_("This is no text file. Save the article as .txt or .html."), name=name)
    return text, encoding


def _reads_like_text(text: str) -> bool:
    """Mostly letters, digits, blanks and usual marks?"""
    usual = sum(char.isalnum() or char.isspace() or char in ".,،؛:؟?!-–()«»\"'/%" for char in text)
    return usual >= 0.8 * len(text)


def read_html(markup: str, *, name: str = "") -> Upload:
    """Text, title, publisher and date of a saved page; scripts, styles and menus are left out."""
    # Without its declaration XHTML is read as what it is; the line end tells text from a file name.
    soup = BeautifulSoup(_XML_DECLARATION.sub("", markup) + "\n", "html.parser")
    title = _meta(soup, "og:title", "twitter:title") or (
        soup.title.get_text(" ", strip=True) if soup.title else ""
    )
    published: datetime | None = None
    for stamp in _stamps(soup):
        try:
            published = parse_published(stamp)
            break
        except DateError:
            continue  # what a page says of itself is a hint; the next one may be better
    publisher = _meta(soup, "og:site_name", "application-name")
    url = _link(soup)
    # Teasers of other news may be articles of their own. More than some are no page of news.
    found = soup.find_all("article", limit=50) or soup.find_all("main", limit=1)
    texts = [_paragraphs(tag) for tag in found]
    return Upload(
        text=max(texts, key=len, default="") or _paragraphs(soup.body or soup),
        title=title,
        publisher=publisher,
        published=published,
        url=url,
        filename=name,
    )


_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
# Not <form>: some newsrooms' systems wrap the whole page in one.
_NOT_THE_TEXT = frozenset(
    ("head", "script", "style", "noscript", "template", "svg", "iframe", "object", "button")
) | {"select", "textarea", "nav", "header", "footer", "aside", "menu", "figure"}
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "li", "ul", "ol", "table", "tr", "blockquote")
) | {"h1", "h2", "h3", "h4", "h5", "h6"}


def _paragraphs(root: Tag) -> str:
    """The visible text, one line a paragraph."""
    parts: list[str] = []
    # A stack of our own: hostile pages nest deeper than Python calls.
    waiting: list[PageElement | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            parts.append("\n")
        elif isinstance(node, Tag):
            if node.name == "br":
                parts.append("\n")
            elif node.name not in _NOT_THE_TEXT:
                if node.name in _BLOCKS:
                    parts.append("\n")
                    waiting.append(None)
                waiting.extend(reversed(node.contents))
        elif type(node) is NavigableString:  # its kinds are comments and the like
            # Where the markup's own lines end says nothing about the text.
            parts.append(" ".join(node.split("\n")))
    lines = (" ".join(line.split()) for line in "".join(parts).splitlines())
    return "\n".join(line for line in lines if line)


def _meta(soup: BeautifulSoup, *names: str) -> str:
    for name in names:
        tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
        if isinstance(tag, Tag) and (content := str(tag.get("content") or "").strip()):
            return content
    return ""


def _stamps(soup: BeautifulSoup) -> Iterator[str]:
    """Where pages write their date, the surest first."""
    for name in (
        "article:published_time",
        "datePublished",
        "date",
        "pubdate",
        "publishdate",
        "DC.date.issued",
    ):
        if stamp := _meta(soup, name):
            yield stamp
    for tag in soup.find_all(itemprop="datePublished"):
        yield str(tag.get("content") or tag.get("datetime") or "")
    for tag in soup.find_all("time", datetime=True):
        yield str(tag["datetime"])


def _link(soup: BeautifulSoup) -> str:
    tag = soup.find("link", rel="canonical")
    url = str(tag.get("href") or "") if isinstance(tag, Tag) else ""
    return url or _meta(soup, "og:url")


def parse_published(text: str) -> datetime:
    """An ISO date or time; without an offset it is local time (settings.TIME_ZONE).

    Raises DateError, also for a time to come.
    """
    value = text.strip()
    try:
        if len(value) <= 10:
            # Noon: the hour is not known, and no time zone turns noon into another day.
            moment = datetime.combine(date.fromisoformat(value), time(12))
        else:
            moment = datetime.fromisoformat(value)
        if not EARLIEST <= moment.year <= LATEST:
            raise ValueError
    except ValueError as error:
        raise DateError(
            _("“%(value)s” is no date. Write it as 2020-11-18 or 2020-11-18T13:10:00+03:00.")
            % {"value": value[:60]}
        ) from error
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    check_past(moment)
    return moment


def check_past(moment: datetime) -> None:
    """Refuse what cannot have been published yet: most likely a slip in the year.

    A day's grace is for clocks and time zones that differ. Raises DateError.
    """
    if moment > timezone.now() + timedelta(days=1):
        raise DateError(
            _("%(date)s is still to come. Give the day on which the article was published.")
            % {"date": f"\u2066{timezone.localtime(moment).date().isoformat()}\u2069"}
        )


def language_of(text: str) -> str:
    """``ar``, ``en`` or "" for any other, by letters and commonest words."""
    letters = len(_LETTER.findall(text))
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic > latin and 2 * arabic > letters:
        return "ar" if len(_NOT_ARABIC.findall(text)) <= 0.01 * arabic else ""
    if 2 * latin > letters:
        words = re.findall(r"[^\W\d_]+", text.lower())
        # One word in fifteen is among these in any English text, and in hardly any other; "a", "on"
        # and "as" are left out, which are French as well.
        return "en" if 15 * sum(word in _ENGLISH for word in words) >= len(words) else ""
    return ""


def _with_defaults(upload: Upload, defaults: Defaults) -> Upload:
    return replace(
        upload,
        title=_line(upload.title or defaults.title)[:500],
        publisher=_line(upload.publisher or defaults.publisher)[:200],
        published=upload.published or defaults.published,
        url=_usable_url(upload.url or defaults.url),
    )


# What a link may carry. Raises ValidationError.
check_address = URLValidator(schemes=["http", "https"])


def _line(text: str) -> str:
    """One printable line."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _usable_url(url: str) -> str:
    """The address if it is one that a link may carry, else none."""
    try:
        check_address(url)
    except ValidationError:
        return ""
    return url if len(url) <= 2000 else ""


def _checked(upload: Upload) -> Upload:
    where = upload.filename
    if not upload.text.strip():
        raise NoTextError(
            _("There is no text in it. Choose a file that holds the article."), name=where
        )
    check_size(where, len(upload.text.encode("utf-8", "surrogatepass")))
    if "\x00" in upload.text or _SURROGATE.search(upload.text):
        raise NotTextError(_("This is no text. Paste the article’s words only."), name=where)
    if len(_LETTER.findall(upload.text)) < MIN_LETTERS:
        raise NoTextError(_("There is hardly any text in it. Paste the whole article."), name=where)
    language = upload.language if upload.language in LANGUAGES else language_of(upload.text)
    if not language:
        raise LanguageError(
            _(
                "The text is neither Arabic nor English. Other languages are not supported; "
                "nothing was stored."
            ),
            name=where,
        )
    return replace(upload, language=language)
