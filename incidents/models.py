"""Articles, what was read in them, and the incidents built from that.

The words are those of the vocabulary in docs/data.md. One-row behaviour lives here, many-row
questions in ``querysets``, whole acts in ``ingest``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from gazetteer.folding import fold
from incidents.querysets import IncidentQuerySet
from incidents.tiles import tiles_of


class Language(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")
    OTHER = "other", _("other")


class EventType(models.TextChoices):
    ROCKET = "rocket", _("rocket attack")
    MORTAR = "mortar", _("mortar attack")
    DRONE = "drone", _("drone attack")
    MISSILE = "missile", _("missile attack")
    AIRSTRIKE = "airstrike", _("air strike")
    IED = "ied", _("bombing")
    SHOOTING = "shooting", _("shooting")
    OTHER = "other", _("other attack")


class Act(models.TextChoices):
    REPORTS = "reports", _("reports")
    CLAIMS = "claims", _("claims")
    ATTRIBUTES = "attributes", _("attributes")
    DENIES = "denies", _("denies")
    DISOWNS = "disowns", _("disowns")
    CONDEMNS = "condemns", _("condemns")


class SiteRole(models.TextChoices):
    LAUNCH = "launch", _("launch")
    IMPACT = "impact", _("impact")
    INTERCEPT = "intercept", _("interception")
    TARGET = "target", _("target")


class Relation(models.TextChoices):
    AT = "at", _("at")
    NEAR = "near", _("near")
    BETWEEN = "between", _("between")
    INSIDE = "inside", _("inside")
    DIRECTION = "direction", _("in the direction of")


class PlaceLevel(models.TextChoices):
    LANDMARK = "landmark", _("landmark")
    STREET = "street", _("street")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    DISTRICT = "district", _("district")
    CITY = "city", _("city")
    GOVERNORATE = "governorate", _("governorate")
    COUNTRY = "country", _("country")


class Daypart(models.TextChoices):
    DAWN = "dawn", _("dawn")
    MORNING = "morning", _("morning")
    NOON = "noon", _("noon")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")
    NIGHT = "night", _("night")


class DatePrecision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("unknown")


class CasualtyStatus(models.TextChoices):
    """Why a casualty figure is what it is. Unknown is not zero."""

    STATED = "stated", _("stated")
    NONE_STATED = "none_stated", _("stated that there were none")
    DENIED = "denied", _("denied")
    UNKNOWN = "unknown", _("unknown")


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")
    REJECTED = "rejected", _("rejected")


class Grade(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed")
    FAIR = "fair", _("fair")
    WEAK = "weak", _("weak")
    CONTESTED = "contested", _("contested")
    DISCOUNTED = "discounted", _("discounted")


class ActorRole(models.TextChoices):
    CLAIMED_BY = "claimed_by", _("claimed by")
    ATTRIBUTED_TO = "attributed_to", _("attributed to")
    DENIED_BY = "denied_by", _("denied by")


class VictimStatus(models.TextChoices):
    KILLED = "killed", _("killed")
    WOUNDED = "wounded", _("wounded")


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")


class VictimGroup(models.TextChoices):
    CHILD = "child", _("children")
    ADULT = "adult", _("adults")
    CIVILIAN = "civilian", _("civilians")
    SOLDIER = "soldier", _("soldiers")
    POLICE = "police", _("police")


NAME_LENGTH = 200
LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]


def _within(field: str, low: float, high: float) -> Q:
    return Q(**{f"{field}__gte": low, f"{field}__lte": high})


def _point(name: str) -> list[models.CheckConstraint]:
    """Both coordinates or neither, and on the globe."""
    return [
        models.CheckConstraint(
            # "Not null" is said as well: a comparison with null refuses nothing in SQL.
            condition=Q(lat__isnull=True, lon__isnull=True)
            | Q(lat__isnull=False, lon__isnull=False)
            & _within("lat", -90, 90)
            & _within("lon", -180, 180),
            name=f"{name}_point_on_globe",
            violation_error_message=_(
                "Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."
            ),
        )
    ]


def _ordered(field: str) -> list[models.CheckConstraint]:
    """low ≤ best ≤ high wherever they are known."""
    low, best, high = f"{field}_low", f"{field}_best", f"{field}_high"
    return [
        models.CheckConstraint(
            condition=Q(**{f"{low}__lte": F(best)})
            & Q(**{f"{best}__lte": F(high)})
            & Q(**{f"{low}__lte": F(high)}),
            name=f"incident_{field}_ordered",
            violation_error_message=_("The lowest figure comes first, then the best, the highest."),
        )
    ]


def body_hash(body: str) -> str:
    """SHA-256 that makes uploads idempotent.

    Line ends and blanks around the text differ between a file and a browser's form for the very
    same article, so they do not count.
    """
    canonical = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def explain(row: Any, reason: str, user: Any = None) -> None:
    """Give the next save of a row with a history its reason and, outside a request, its person."""
    row._change_reason = reason[:100] or None
    if user is not None:
        row._history_user = user


class DataVersion(models.Model):
    """One row whose number grows whenever something shown may have changed (ETags, caches).

    Its row doubles as the lock that lets one ingest at a time decide what links to what.
    """

    number = models.PositiveBigIntegerField(default=1)
    # The last number at which anything may have changed, without a record of what did.
    whole = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data version")

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        return cls.state()[0]

    @classmethod
    def state(cls) -> tuple[int, int]:
        """The number, and the last one at which anything may have changed."""
        return cls.objects.filter(pk=1).values_list("number", "whole").first() or (0, 0)

    @classmethod
    def bump(cls, touched: Iterable[int] | None = None) -> None:
        """Raise the number, with a note of the incidents (keys) whose own values, sites or parties
        changed. Who gives none says that any of them may have: everything is read again."""
        with transaction.atomic():
            if touched is None:
                cls._write(number=F("number") + 1, whole=F("number") + 1)
                Touched.objects.all().delete()
            else:
                cls._write(number=F("number") + 1)
                Touched.note(touched, cls.current())

    @classmethod
    def lock(cls) -> None:
        """Hold all other writers off until the transaction ends.

        A write rather than ``select_for_update``: it also takes SQLite's write lock before
        anything is read, so that no reader decides on a stale picture.
        """
        cls._write(number=F("number"))

    @classmethod
    def _write(cls, **values: Any) -> None:
        if not cls.objects.filter(pk=1).update(**values):
            cls.objects.get_or_create(pk=1)


class Touched(models.Model):
    """The data version at which an incident last changed. No key into the incidents, for it tells
    of deleted ones as well."""

    incident = models.PositiveBigIntegerField(unique=True)
    version = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.incident}: {self.version}"

    @classmethod
    def note(cls, incidents: Iterable[int], version: int) -> None:
        Touched.objects.bulk_create(
            [Touched(incident=pk, version=version) for pk in dict.fromkeys(incidents)],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["incident"],
            update_fields=["version"],
        )

    @classmethod
    def since(cls, version: int) -> list[int]:
        """The incidents that changed after ``version``."""
        return list(cls.objects.filter(version__gt=version).values_list("incident", flat=True))


class Article(models.Model):
    """A news report as uploaded. Its body is evidence and is never altered."""

    body = models.TextField(_("text"))
    sha256 = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=8, choices=Language, default=Language.OTHER
    )
    original_filename = models.CharField(_("file"), max_length=255, blank=True)
    encoding = models.CharField(_("encoding"), max_length=32, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    history = HistoricalRecords(excluded_fields=["body"])

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published_at", "-pk")
        indexes: ClassVar = [models.Index(fields=["published_at"], name="article_published")]

    def __str__(self) -> str:
        return self.title or self.body[:60].strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        fingerprint = body_hash(self.body)
        if self.pk and self.sha256 and self.sha256 != fingerprint:
            raise ValidationError(
                _("The text of an article is evidence and cannot be changed; add a new article.")
            )
        self.sha256 = fingerprint
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def current_reading(self) -> Reading | None:
        return self.readings.filter(is_current=True).first()


class Reading(models.Model):
    """What one version of the extractor read in one article. Kept; a new version adds one."""

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="readings",
    )
    extractor = models.CharField(_("extractor"), max_length=32)
    created_at = models.DateTimeField(_("read"), auto_now_add=True)
    data = models.JSONField(_("reading"), default=dict)
    is_current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("-created_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "extractor"], name="reading_per_extractor"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(is_current=True),
                name="reading_one_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.extractor}"


class Actor(models.Model):
    """A group or force that claims, is blamed or denies. Its spellings are ``ActorName`` rows."""

    slug = models.SlugField(_("key"), max_length=120, unique=True, allow_unicode=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    name_ar = models.CharField(_("name (Arabic)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering = ("slug",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name_en="", name_ar=""),
                name="actor_has_a_name",
                violation_error_message=_("Give the actor a name in Arabic or in English."),
            ),
        ]

    def __str__(self) -> str:
        return localised(self.name_en, self.name_ar)


class ActorName(models.Model):
    """A spelling by which an actor is found; ``folded`` ignores alef forms, marks and case."""

    actor = models.ForeignKey(
        Actor, verbose_name=_("actor"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("spelling"), max_length=NAME_LENGTH)
    folded = models.CharField(max_length=NAME_LENGTH, unique=True, editable=False)

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = self.key(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def key(name: str) -> str:
        """What a spelling is found by. Folding may lengthen a name: both are cut to fit."""
        return fold(name[:NAME_LENGTH])[:NAME_LENGTH]


class Incident(models.Model):
    """One attack, built from the statements of one or more articles.

    Numbers are null while unknown. Fields named in ``locked_fields`` (keys of ``LOCKS``) belong
    to an editor and are no longer touched by the machine.
    """

    # What an editor can lock, and the columns that go with it. Sites, actors and victims are
    # rows of their own.
    LOCKS: ClassVar[dict[str, tuple[str, ...]]] = {
        "event_type": ("event_type",),
        "date": ("date_start", "date_end", "date_precision"),
        "time": ("time_local", "daypart"),
        "weapon": ("weapon",),
        "munitions": ("munitions_low", "munitions_best", "munitions_high"),
        "killed": ("killed_low", "killed_best", "killed_high", "killed_status"),
        "wounded": ("wounded_low", "wounded_best", "wounded_high", "wounded_status"),
        "grade": ("grade",),
        "sites": (),
        "actors": (),
        "victims": (),
    }
    LOCK_LABELS: ClassVar[dict[str, str | Promise]] = {
        "event_type": _("event type"),
        "date": _("date"),
        "time": _("time"),
        "weapon": _("weapon"),
        "munitions": _("munitions"),
        "killed": _("killed"),
        "wounded": _("wounded"),
        "grade": _("grade"),
        "sites": _("sites"),
        "actors": _("actors"),
        "victims": _("victims"),
    }

    public_id = models.CharField(_("number"), max_length=32, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade, blank=True)
    grade_suggested = models.CharField(
        _("suggested grade"), max_length=12, choices=Grade, blank=True, editable=False
    )

    event_type = models.CharField(_("event type"), max_length=12, choices=EventType)
    date_start = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Local date in Baghdad; the first day of the interval when not exact."),
    )
    date_end = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day of the interval.")
    )
    date_precision = models.CharField(
        _("precision of the date"),
        max_length=8,
        choices=DatePrecision,
        default=DatePrecision.UNKNOWN,
    )
    time_local = models.CharField(
        _("local time"),
        max_length=5,
        blank=True,
        validators=[
            RegexValidator(r"^([01]\d|2[0-3]):[0-5]\d$", _("Write the time as 21:30 (HH:MM)."))
        ],
    )
    daypart = models.CharField(_("time of day"), max_length=12, choices=Daypart, blank=True)
    weapon = models.CharField(
        _("weapon"),
        max_length=40,
        blank=True,
        help_text=_("Key of the weapon lexicon."),
    )

    munitions_low = models.PositiveIntegerField(_("munitions, lowest"), null=True, blank=True)
    munitions_best = models.PositiveIntegerField(_("munitions"), null=True, blank=True)
    munitions_high = models.PositiveIntegerField(_("munitions, highest"), null=True, blank=True)
    killed_low = models.PositiveIntegerField(_("killed, lowest"), null=True, blank=True)
    killed_best = models.PositiveIntegerField(_("killed"), null=True, blank=True)
    killed_high = models.PositiveIntegerField(_("killed, highest"), null=True, blank=True)
    killed_status = models.CharField(
        _("killed, status"),
        max_length=12,
        choices=CasualtyStatus,
        default=CasualtyStatus.UNKNOWN,
    )
    wounded_low = models.PositiveIntegerField(_("wounded, lowest"), null=True, blank=True)
    wounded_best = models.PositiveIntegerField(_("wounded"), null=True, blank=True)
    wounded_high = models.PositiveIntegerField(_("wounded, highest"), null=True, blank=True)
    wounded_status = models.CharField(
        _("wounded, status"),
        max_length=12,
        choices=CasualtyStatus,
        default=CasualtyStatus.UNKNOWN,
    )

    # The representative place: first impact, else interception, else target, else launch.
    lat = models.FloatField(
        _("latitude"), null=True, blank=True, editable=False, validators=LATITUDE
    )
    lon = models.FloatField(
        _("longitude"), null=True, blank=True, editable=False, validators=LONGITUDE
    )
    place_level = models.CharField(
        _("place level"), max_length=16, choices=PlaceLevel, blank=True, editable=False
    )
    place_en = models.CharField(_("place (English)"), max_length=200, blank=True, editable=False)
    place_ar = models.CharField(_("place (Arabic)"), max_length=200, blank=True, editable=False)
    radius_m = models.FloatField(_("uncertainty (m)"), null=True, blank=True, editable=False)
    tile_x = models.IntegerField(null=True, editable=False)
    tile_y = models.IntegerField(null=True, editable=False)

    search_text = models.TextField(blank=True, editable=False)
    locked_fields = models.JSONField(_("locked"), default=list, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)
    recalled_only = models.BooleanField(
        _("only recalled"),
        default=False,
        help_text=_("No article is about it; articles about other events recall it."),
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="merged_from",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)

    articles = models.ManyToManyField(
        Article,
        verbose_name=_("articles"),
        through="IncidentArticle",
        related_name="incidents",
    )
    actors = models.ManyToManyField(
        Actor,
        verbose_name=_("actors"),
        through="IncidentActor",
        related_name="incidents",
    )

    objects = IncidentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "tile_x", "tile_y"])

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ("-date_start", "-public_id")
        permissions: ClassVar = [("publish_incident", _("Can publish and reject incidents"))]
        constraints: ClassVar = [
            *_ordered("munitions"),
            *_ordered("killed"),
            *_ordered("wounded"),
            *_point("incident"),
            models.CheckConstraint(
                condition=Q(date_start__isnull=True, date_end__isnull=True)
                | Q(
                    date_start__isnull=False,
                    date_end__isnull=False,
                    date_end__gte=F("date_start"),
                ),
                name="incident_dates_ordered",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "date_start"], name="incident_status_date"),
            models.Index(fields=["status", "event_type", "date_start"], name="incident_event"),
            models.Index(fields=["status", "weapon", "date_start"], name="incident_weapon"),
            models.Index(fields=["status", "grade", "date_start"], name="incident_grade"),
            models.Index(fields=["status", "killed_best"], name="incident_killed"),
            models.Index(fields=["status", "wounded_best"], name="incident_wounded"),
            models.Index(fields=["status", "tile_x", "tile_y"], name="incident_tile"),
            models.Index(fields=["status", "id"], name="incident_status_key"),
            models.Index(fields=["status", "updated_at"], name="incident_updated"),
            models.Index(fields=["date_start", "date_end"], name="incident_dates"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tile_x, self.tile_y = tiles_of(self.lat, self.lon)
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()
        if not self.public_id:
            self.public_id = PublicId.next(self)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("incident", args=[self.public_id])

    @property
    def place_name(self) -> str:
        return localised(self.place_en, self.place_ar)

    def publish(self, *, reason: str = "", user: Any = None) -> None:
        """Let the incident leave the house. ``published_at`` keeps the first time."""
        self.status = Status.PUBLISHED
        self.save_because(reason, user)

    def save_because(self, reason: str, user: Any = None) -> None:
        """Save with a reason (and, outside a request, a person) for the history."""
        explain(self, reason, user)
        self.save()

    def is_locked(self, lock: str) -> bool:
        return lock in self.locked_fields

    def lock(self, *names: str) -> None:
        """Lock by key of ``LOCKS`` or by column name; names that cannot be locked are ignored."""
        by_column = {column: key for key, columns in self.LOCKS.items() for column in columns}
        keys = {by_column.get(name, name) for name in names} & set(self.LOCKS)
        self.locked_fields = sorted({*self.locked_fields, *keys})


class PublicId(models.Model):
    """How many public numbers were given out for a date. A number is never given out twice."""

    prefix = models.CharField(max_length=20, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("number range")
        verbose_name_plural = _("number ranges")

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:02}"

    @staticmethod
    def prefix_of(incident: Incident) -> str:
        """``BGD-2020-11-17``, with zeros for what is unknown of the date."""
        day = incident.date_start
        if day is None or incident.date_precision == DatePrecision.UNKNOWN:
            return "BGD-0000-00-00"
        if incident.date_precision == DatePrecision.YEAR:
            return f"BGD-{day.year:04}-00-00"
        if incident.date_precision == DatePrecision.MONTH:
            return f"BGD-{day.year:04}-{day.month:02}-00"
        return f"BGD-{day.isoformat()}"

    @classmethod
    def next(cls, incident: Incident) -> str:
        return cls.reserve(cls.prefix_of(incident), 1)[0]

    @classmethod
    def reserve(cls, prefix: str, count: int) -> list[str]:
        """``count`` new numbers for ``prefix``, in order. Call it inside a transaction."""
        cls.objects.get_or_create(prefix=prefix)
        cls.objects.filter(prefix=prefix).update(last=F("last") + count)
        last = cls.objects.values_list("last", flat=True).get(prefix=prefix)
        return [f"{prefix}-{number:02}" for number in range(last - count + 1, last + 1)]


class Withdrawal(models.Model):
    """The number of an incident that was published and is no longer; copies drop it by this.

    It has no key into the incidents, for it outlives a deleted one. Publishing again removes it.
    """

    public_id = models.CharField(_("number"), max_length=32, unique=True)
    at = models.DateTimeField(_("withdrawn"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.public_id


class IncidentArticle(models.Model):
    """An article that speaks of an incident, and which draft of its current reading does.

    ``draft_index`` is null for a source that a person added, or that the current reading no
    longer finds although somebody has seen the incident; ``lapsed`` is true for the latter, which
    another reading may find again.
    """

    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        on_delete=models.CASCADE,
        related_name="sources",
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="sources",
    )
    draft_index = models.PositiveSmallIntegerField(
        _("draft"), null=True, blank=True, editable=False
    )
    lapsed = models.BooleanField(default=False, editable=False)
    focus = models.BooleanField(_("focus"), default=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("article__published_at", "article_id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "article"], name="source_once"),
            models.UniqueConstraint(fields=["article", "draft_index"], name="source_one_incident"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} · {self.article}"


class Statement(models.Model):
    """One thing somebody says about an event, with the very words.

    Rows exist for the current reading of each article; older readings keep theirs in ``data``.
    """

    reading = models.ForeignKey(
        Reading,
        verbose_name=_("reading"),
        on_delete=models.CASCADE,
        related_name="statements",
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="statements",
    )
    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="statements",
    )
    draft_index = models.PositiveSmallIntegerField(_("draft"))
    focus = models.BooleanField(_("focus"), default=True)
    speaker = models.CharField(_("speaker"), max_length=300, blank=True)
    act = models.CharField(_("act"), max_length=12, choices=Act)
    field = models.CharField(_("about"), max_length=40)
    value = models.JSONField(_("value"), null=True, blank=True)
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    quote = models.TextField(_("words"))
    confidence = models.FloatField(_("confidence"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("article_id", "draft_index", "start", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__lte=F("end")), name="statement_span_runs_forwards"
            ),
            models.CheckConstraint(
                condition=_within("confidence", 0, 1),
                name="statement_confidence_is_a_share",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["incident", "field"], name="statement_field")]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class Site(models.Model):
    """A place of an incident with its role. No coordinates where the text gives no place."""

    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        on_delete=models.CASCADE,
        related_name="sites",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    role = models.CharField(_("role"), max_length=12, choices=SiteRole)
    place_id = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("Key of the gazetteer.")
    )
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    name_ar = models.CharField(_("name (Arabic)"), max_length=200, blank=True)
    surface = models.CharField(_("in the text"), max_length=300, blank=True)
    lat = models.FloatField(_("latitude"), null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(_("longitude"), null=True, blank=True, validators=LONGITUDE)
    level = models.CharField(_("place level"), max_length=16, choices=PlaceLevel, blank=True)
    radius_m = models.FloatField(
        _("uncertainty (m)"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    relation = models.CharField(_("relation"), max_length=12, choices=Relation, default=Relation.AT)
    count = models.PositiveIntegerField(_("munitions"), null=True, blank=True)
    confidence = models.FloatField(
        _("confidence"),
        default=1.0,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    tile_x = models.IntegerField(null=True, editable=False)
    tile_y = models.IntegerField(null=True, editable=False)

    # The evidence: where in which article the place is named, and the statement around it.
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sites",
    )

    history = HistoricalRecords(excluded_fields=["tile_x", "tile_y"])

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ("incident_id", "number")
        constraints: ClassVar = [
            *_point("site"),
            models.UniqueConstraint(fields=["incident", "number"], name="site_number_once"),
            models.CheckConstraint(
                condition=Q(radius_m__isnull=True) | Q(radius_m__gte=0),
                name="site_radius_not_negative",
            ),
            models.CheckConstraint(
                condition=_within("confidence", 0, 1), name="site_confidence_is_a_share"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["place_id", "incident"], name="site_place"),
            models.Index(fields=["role", "incident"], name="site_role"),
            models.Index(fields=["tile_x", "tile_y", "incident"], name="site_tile"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name or self.surface or '—'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tile_x, self.tile_y = tiles_of(self.lat, self.lon)
        if not self.number:
            self.number = self._next_number()
        super().save(*args, **kwargs)

    def _next_number(self) -> int:
        """One more than any site of the incident has or ever had: exports know sites by it."""
        used = [
            rows.filter(incident_id=self.incident_id).aggregate(last=Max("number"))["last"] or 0
            for rows in (Site.objects, Site.history)
        ]
        return max(used) + 1

    @property
    def name(self) -> str:
        return localised(self.name_en, self.name_ar)

    @property
    def public_id(self) -> str:
        """``BGD-2020-11-17-01/s1``: for ever."""
        return f"{self.incident.public_id}/s{self.number}"


class IncidentActor(models.Model):
    """What an actor has to do with an incident, and the statement that says so."""

    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        on_delete=models.CASCADE,
        related_name="parties",
    )
    actor = models.ForeignKey(
        Actor, verbose_name=_("actor"), on_delete=models.PROTECT, related_name="parties"
    )
    role = models.CharField(_("role"), max_length=16, choices=ActorRole)
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("role", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "actor", "role"], name="party_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["actor", "incident"], name="party_actor")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.actor}"


class Victim(models.Model):
    """A group of victims of an incident; ``count`` is null where the text gives no number."""

    incident = models.ForeignKey(
        Incident,
        verbose_name=_("incident"),
        on_delete=models.CASCADE,
        related_name="victims",
    )
    group = models.CharField(_("group"), max_length=40)
    sex = models.CharField(_("sex"), max_length=8, choices=Sex, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=VictimStatus)
    count = models.PositiveIntegerField(_("number"), null=True, blank=True)

    class Meta:
        verbose_name = _("victims")
        verbose_name_plural = _("victims")
        ordering = ("status", "pk")

    def __str__(self) -> str:
        return f"{self.group} {self.get_status_display()}: {self.count or '?'}"

    def get_group_display(self) -> str:
        """The group in the reader's language; groups the list does not know as they stand."""
        return str(dict(VictimGroup.choices).get(self.group, self.group))


def localised(name_en: str, name_ar: str) -> str:
    """The name in the active language, else in the other."""
    first, second = (name_ar, name_en) if (get_language() or "")[:2] == "ar" else (name_en, name_ar)
    return first or second
