"""The forms of the editing pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from itertools import islice
from typing import Any, BinaryIO, ClassVar, cast

from django import forms
from django.contrib.admin import widgets
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

import gazetteer
from gazetteer import Place
from incidents import editing, presentation, uploads
from incidents.models import (
    LATITUDE,
    LONGITUDE,
    Article,
    DataVersion,
    Incident,
    IncidentArticle,
    Site,
    SiteRole,
    Victim,
    VictimGroup,
)
from incidents.places import PlaceField

# Reasons end up in a column of this width.
REASON_LENGTH = 100
# Articles of one .jsonl file that are read while a browser waits.
MOST_RECORDS = 200

_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class _AnyDigits:
    """Takes Arabic-Indic digits for what they are."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.translate(_DIGITS).strip()
        return super().to_python(value)  # type: ignore[misc]


class DayField(_AnyDigits, forms.DateField):
    widget = widgets.AdminDateWidget
    default_error_messages: ClassVar = {
        "invalid": lazy("“%(value)s” is no date. Write it as 2020-11-18."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=_DATE_FORMATS, **kwargs)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            error.params = {"value": str(value)[:60]}
            raise


class ClockField(_AnyDigits, forms.TimeField):
    widget = widgets.AdminTimeWidget
    default_error_messages: ClassVar = {
        "invalid": lazy("Write the time as 21:30 (HH:MM)."),
    }


class ReasonField(forms.CharField):
    """Why something was changed: kept in the history."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=lazy("Reason"),
            required=False,
            max_length=REASON_LENGTH,
            widget=widgets.AdminTextInputWidget(attrs={"dir": "auto"}),
            help_text=lazy("Kept in the history of the incident."),
            **kwargs,
        )


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; gives a list."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(FilesField, self).clean(file, initial) for file in data or ()]


class UploadForm(forms.Form):
    """Articles as an editor has them: pasted, or in files."""

    text = forms.CharField(
        label=lazy("Text of the article"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"class": "vLargeTextField article-text", "dir": "auto", "rows": 14}
        ),
        help_text=lazy("Paste the whole article. It is kept as it is and never altered."),
    )
    documents = FilesField(
        label=lazy("or files"),
        required=False,
        widget=_Files(attrs={"accept": ",".join(uploads.SUFFIXES)}),
        help_text=lazy(
            "One or several files: .txt, .html (scripts and menus are left out) or .jsonl "
            "(one article a line, with id and text)."
        ),
    )
    title = forms.CharField(
        label=lazy("Title"),
        required=False,
        max_length=500,
        widget=widgets.AdminTextInputWidget(attrs={"dir": "auto"}),
    )
    publisher = forms.CharField(
        label=lazy("Publisher"),
        required=False,
        max_length=200,
        widget=widgets.AdminTextInputWidget(attrs={"dir": "auto", "list": "publishers"}),
    )
    date = DayField(label=lazy("Date"), required=False)
    time = ClockField(label=lazy("Time"), required=False)
    url = forms.URLField(
        label=lazy("Address"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=widgets.AdminURLFieldWidget(attrs={"dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text", "").strip() and not cleaned.get("documents"):
            if "text" not in self.errors and "documents" not in self.errors:
                self.add_error("text", _("Paste the text of an article or choose a file."))
        if cleaned.get("time") and not cleaned.get("date") and "date" not in self.errors:
            self.add_error("date", _("Give the date that goes with the time."))
        if moment := self.published:
            try:
                uploads.check_past(moment)
            except uploads.DateError as error:
                self.add_error("date", str(error.message))
        return cleaned

    @property
    def published(self) -> datetime | None:
        """Publication in the site's time zone; noon where no time is given."""
        day = self.cleaned_data.get("date")
        if day is None:
            return None
        return timezone.make_aware(datetime.combine(day, self.cleaned_data.get("time") or time(12)))

    def uploads(self) -> Iterable[uploads.Upload | uploads.UploadError]:
        """Every article handed in, and an error for each that cannot be used."""
        defaults = uploads.Defaults(
            title=self.cleaned_data["title"],
            publisher=self.cleaned_data["publisher"],
            published=self.published,
            url=self.cleaned_data["url"],
        )
        if self.cleaned_data["text"].strip():
            yield from _one(lambda: uploads.read_text(self.cleaned_data["text"], defaults))
        for file in self.cleaned_data["documents"]:
            yield from _of_file(file, defaults)


def _one(read: Any) -> Iterable[uploads.Upload | uploads.UploadError]:
    try:
        yield read()
    except uploads.UploadError as error:
        yield error


def _of_file(
    file: UploadedFile, defaults: uploads.Defaults
) -> Iterable[uploads.Upload | uploads.UploadError]:
    name = file.name or ""
    if name.lower().endswith(".jsonl"):
        yield from _of_records(uploads.read_jsonl(cast(BinaryIO, file), name, defaults), name)
    elif not name.lower().endswith(uploads.SUFFIXES):
        yield uploads.FileError(
            _("Files of this kind are not read; give %(kinds)s.")
            % {"kinds": ", ".join(uploads.SUFFIXES)},
            name=name,
        )
    else:
        yield from _one(lambda: _read(file, name, defaults))


def _read(file: UploadedFile, name: str, defaults: uploads.Defaults) -> uploads.Upload:
    uploads.check_size(name, file.size or 0)  # before it fills the memory
    return uploads.read_bytes(name, file.read(), defaults)


def _of_records(
    records: Iterable[uploads.Upload | uploads.UploadError], name: str
) -> Iterable[uploads.Upload | uploads.UploadError]:
    """As many articles as are read while a browser waits, and an error for the rest."""
    records = iter(records)
    yield from islice(records, MOST_RECORDS)
    if next(records, None) is not None:
        yield uploads.FileError(
            _(
                "Only the first %(most)d articles of the file were read; more are not read in one "
                "upload. Ask who runs the server to take in the whole file with “manage.py "
                "ingest”; what is stored already is not doubled."
            )
            % {"most": MOST_RECORDS},
            name=name,
        )


class ArticleForm(forms.ModelForm):
    """The details of a stored article, held to what an upload is held to."""

    class Meta:
        model = Article
        fields: ClassVar = ()  # the admin names them

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if cleaned and (moment := cleaned.get("published_at")):
            try:
                uploads.check_past(moment)
            except uploads.DateError as error:
                self.add_error("published_at", str(error.message))
        if cleaned and (address := cleaned.get("url")):
            try:
                uploads.check_address(address)
            except ValidationError as error:
                self.add_error("url", error)
        return cleaned


class IncidentForm(forms.ModelForm):
    """An incident; whatever is changed in it is locked against the machine."""

    weapon = forms.ChoiceField(label=lazy("Weapon"), required=False)
    time_local = ClockField(
        label=lazy("Local time"),
        required=False,
        widget=widgets.AdminTimeWidget(format="%H:%M"),
        help_text=lazy("Baghdad time."),
    )
    locked_fields = forms.MultipleChoiceField(
        label=lazy("Locked"), required=False, choices=Incident.LOCK_LABELS.items
    )
    change_reason = ReasonField()
    # When the incident was stored that the page shows.
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Incident
        exclude: ClassVar = ()  # the admin names the fields
        field_classes: ClassVar = {"date_start": DayField, "date_end": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "weapon" in self.fields:  # not where the incident may only be looked at
            choices = [("", "—"), *presentation.weapons()]
            _offer(self.fields["weapon"], choices, self.instance.weapon)
        if self.instance.pk and not self.is_bound:
            self.initial["version"] = self._stored_version()

    def _stored_version(self) -> str:
        """Of the row, not of the instance: that may be one of the history."""
        moment = Incident.objects.values_list("updated_at", flat=True).get(pk=self.instance.pk)
        return moment.isoformat()

    def clean_time_local(self) -> str:
        clock = self.cleaned_data["time_local"]
        return clock.strftime("%H:%M") if clock else ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # A day alone is an interval of one day.
        if cleaned and cleaned.get("date_start") and "date_end" in cleaned:
            cleaned["date_end"] = cleaned["date_end"] or cleaned["date_start"]
        if self.instance.pk:
            # Every field is sent, so that a stale page would put old values over newer ones.
            DataVersion.lock()
            if self.cleaned_data.get("version") != self._stored_version():
                raise ValidationError(
                    _(
                        "This incident was changed meanwhile; nothing of yours is stored yet. "
                        "Look again: open its page in a new tab, then enter your changes there. "
                        "What you typed still stands here."
                    )
                )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        # The page is drawn from the instance, also when an error sends the form back.
        self.instance.locked_fields = sorted(self.cleaned_data.get("locked_fields", ()))


class SiteForm(forms.ModelForm):
    """A site; choosing a place fills in its point, names and extent."""

    place_id = PlaceField(
        label=lazy("Place"),
        required=False,
        help_text=lazy("Type a name in Arabic or English and choose."),
    )

    class Meta:
        model = Site
        exclude: ClassVar = ()  # the admin names the fields

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not cleaned or self.errors:
            return cleaned
        if "place_id" in self.changed_data:
            self._take(gazetteer.load().places.get(cleaned["place_id"]), cleaned)
        return cleaned

    def _take(self, place: Place | None, cleaned: dict[str, Any]) -> None:
        """The place's own values, save those that were typed by hand."""
        editing.take_place(self.instance, place)
        if place is not None:
            for name in ("lat", "lon", "radius_m", "level"):
                if name not in self.changed_data:
                    cleaned[name] = getattr(self.instance, name)


class VictimForm(forms.ModelForm):
    """A group of victims; one that the list lacks can be kept."""

    group = forms.ChoiceField(label=lazy("Group"))

    class Meta:
        model = Victim
        exclude: ClassVar = ()  # the admin names the fields

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "group" in self.fields:
            _offer(self.fields["group"], VictimGroup.choices, self.instance.group)


def _offer(field: forms.Field, choices: Iterable[Any], current: str) -> None:
    """Let a field choose from ``choices``, and from what is stored where they lack it."""
    assert isinstance(field, forms.ChoiceField)
    offered = list(choices)
    if current and current not in dict(offered):
        offered.append((current, current.replace("_", " ")))
    field.choices = offered


class PlacingForm(forms.Form):
    """Where an unresolved place of an article is, as a new site of one of its incidents."""

    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    incident = forms.ModelChoiceField(
        label=lazy("Incident"), queryset=Incident.objects.none(), empty_label=None
    )
    role = forms.ChoiceField(label=lazy("Role"), choices=SiteRole.choices, initial=SiteRole.IMPACT)
    place = PlaceField(label=lazy("Place"), required=False)
    lat = forms.FloatField(
        label=lazy("Latitude"),
        required=False,
        validators=LATITUDE,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "size": 9}),
    )
    lon = forms.FloatField(
        label=lazy("Longitude"),
        required=False,
        validators=LONGITUDE,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "size": 9}),
    )
    radius_m = forms.FloatField(
        label=lazy("Uncertainty (m)"),
        required=False,
        min_value=0,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr", "size": 6}),
    )

    def __init__(self, *args: Any, incidents: Any, length: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length
        field = self.fields["incident"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = incidents

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if (cleaned["lat"] is None) != (cleaned["lon"] is None):
            raise ValidationError(_("Give both latitude and longitude, or neither."))
        if not cleaned["place"] and cleaned["lat"] is None:
            raise ValidationError(_("Choose a place, or give latitude and longitude."))
        if not cleaned["start"] < cleaned["end"] <= self.length:
            raise ValidationError(_("These words are not in the article."))
        return cleaned

    @property
    def point(self) -> tuple[float, float] | None:
        lat, lon = self.cleaned_data["lat"], self.cleaned_data["lon"]
        return None if lat is None else (lat, lon)

    @property
    def chosen(self) -> Place | None:
        return gazetteer.load().places.get(self.cleaned_data["place"])


class MergeForm(forms.Form):
    """Which of several incidents that are one event keeps its number."""

    winner = forms.ModelChoiceField(
        label=lazy("The incident that stays"),
        queryset=Incident.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, incidents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["winner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = incidents


class _ArticleChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: IncidentArticle) -> str:
        return str(obj.article)


class SplitForm(forms.Form):
    """Which article leaves an incident, and where it goes."""

    source = _ArticleChoice(
        label=lazy("The article that tells another event"),
        queryset=IncidentArticle.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    into = forms.ModelChoiceField(
        label=lazy("It goes into"),
        queryset=Incident.objects.none(),
        required=False,
        blank=True,
        empty_label=lazy("a new incident"),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source, into = self.fields["source"], self.fields["into"]
        assert isinstance(source, forms.ModelChoiceField)
        assert isinstance(into, forms.ModelChoiceField)
        source.queryset = incident.sources.filter(draft_index__isnull=False).select_related(
            "article"
        )
        into.queryset = incident.merged_from.all()
