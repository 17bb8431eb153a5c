"""How well readings agree with annotated articles.

A reading and an annotation are the JSON objects of docs/data.md (``mentions``, ``incidents``); an
annotation adds ``tol_km`` to every place, ``traps`` (words that look like places), and may wrap
all of it in ``gold``.

- Mentions pair one-to-one when their spans overlap by half of their union. A predicted mention
  that touches a trap and pairs with nothing is a trap error.
- Resolution is judged on paired mentions: within ``tol_km`` of the annotated point or wrong.
- Focus incidents pair when dates agree as far as both go, the kind of event is the same family,
  and a site lies within tolerance of one of the other's (or neither has a placed site).
- Fields are judged on paired focus incidents only.
- Recalled incidents (``focus`` false) are looked for among all predictions left over.
- The analyst score is the mean of the figures in ``ANALYST``.
"""

from __future__ import annotations

import math
import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

Json = Mapping[str, Any]
Figures = dict[str, float | int | None]

FAMILY = {
    "rocket": "indirect fire",
    "mortar": "indirect fire",
    "missile": "indirect fire",
    "drone": "air",
    "airstrike": "air",
    "ied": "ied",
    "shooting": "shooting",
}
OVERLAP = 0.5
EARTH_KM = 6371.0088
ROLES = ("launch", "impact", "intercept", "target")
SCORED_ROLES = ("launch", "impact")
FIELDS = ("date", "daypart", "weapon", "munitions", "killed", "wounded", "event")
PARTIES = {"claimed": "claimed_by", "attributed": "attributed_to", "denied": "denied_by"}
ANALYST = (
    "mention_f1",
    "resolution_acc",
    "incident_f1",
    "date_acc",
    "munitions_acc",
    "killed_acc",
    "wounded_acc",
    "launch_f1",
    "impact_f1",
    "claimed_f1",
)


@dataclass(slots=True)
class Tally:
    """Counts over articles, and the figures they give."""

    counts: Counter[str] = field(default_factory=Counter)
    errors_km: list[float] = field(default_factory=list)

    def figures(self) -> Figures:
        """Shares between 0 and 1, counts, and None where there was nothing to judge."""
        count = self.counts
        found: Figures = {"articles": count["articles"]}
        found |= self._found("mention", "mention")
        found["mentions_gold"] = count["mention_hit"] + count["mention_missed"]
        found["mentions_pred"] = count["mention_hit"] + count["mention_extra"]
        found |= {name: count[name] for name in ("traps", "trap_errors", "traps_hit")}
        found["resolution_acc"] = _share(
            count["resolved"], count["mention_hit"], 0.0 if found["mentions_gold"] else 1.0
        )
        found["resolution_median_km"] = (
            statistics.median(self.errors_km) if self.errors_km else None
        )
        found["resolution_without_coords"] = count["unplaced"]
        found |= self._found("incident", "incident")
        found["incidents_gold"] = count["incident_hit"] + count["incident_missed"]
        found["incidents_pred"] = count["incident_hit"] + count["incident_extra"]
        for reason in ("date", "place", "event"):
            found[f"missed_only_by_{reason}"] = count[f"only_{reason}"]
        # With incidents to find and none found, a field is wrong, not unjudged.
        unjudged = 0.0 if found["incidents_gold"] else None
        for name in FIELDS:
            found[f"{name}_acc"] = _share(count[f"{name}_right"], count["incident_hit"], unjudged)
        for name in (*SCORED_ROLES, *PARTIES):
            found |= self._found(name, name)
            if not count["incident_hit"]:
                found |= {f"{name}_{end}": unjudged for end in ("p", "r", "f1")}
        no_pairs = None if count["incident_hit"] else unjudged
        found["site_count_acc"] = _share(count["site_count_right"], count["site_pairs"], no_pairs)
        found["false_incidents_on_none"] = count["false_incidents"]
        found["articles_with_none"] = count["articles_with_none"]
        found["background_gold"] = count["background"]
        found["background_recall"] = _share(count["background_hit"], count["background"], None)
        judged = [value for name in ANALYST if (value := found[name]) is not None]
        found["analyst_score"] = sum(judged) / len(judged) if judged else None
        return found

    def _found(self, name: str, label: str) -> Figures:
        """Precision, recall and F1 of things to find; all 1 where there was nothing either way."""
        hit, missed, extra = (self.counts[f"{name}_{end}"] for end in ("hit", "missed", "extra"))
        if not hit + missed + extra:
            return {f"{label}_p": 1.0, f"{label}_r": 1.0, f"{label}_f1": 1.0}
        return {
            f"{label}_p": hit / (hit + extra) if hit + extra else 0.0,
            f"{label}_r": hit / (hit + missed) if hit + missed else 0.0,
            f"{label}_f1": 2 * hit / (2 * hit + missed + extra),
        }


@dataclass(slots=True)
class Report:
    """Figures overall and by language of the article, and every error as a line of text."""

    overall: Figures
    by_language: dict[str, Figures]
    errors: list[str]


def score(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> Report:
    """Compare annotations with predictions, both by article id. A missing prediction is empty."""
    overall = Tally()
    languages: dict[str, Tally] = {}
    errors: list[str] = []
    for key, article in gold.items():
        language = languages.setdefault(str(article.get("lang") or "?"), Tally())
        judge = _Judge(key, [overall, language], errors)
        judge.article(article.get("gold", article), predicted.get(key, {}))
    return Report(
        overall.figures(),
        {name: tally.figures() for name, tally in sorted(languages.items())},
        errors,
    )


class _Judge:
    """Judges one article and adds what it finds to several tallies."""

    def __init__(self, key: str, tallies: Sequence[Tally], errors: list[str]) -> None:
        self.key = key
        self.tallies = tallies
        self.errors = errors

    def add(self, name: str, number: int = 1) -> None:
        for tally in self.tallies:
            tally.counts[name] += number

    def tell(self, kind: str, what: object) -> None:
        self.errors.append(f"{self.key}  {kind}: {what}")

    def article(self, gold: Json, predicted: Json) -> None:
        self.add("articles")
        self.mentions(_list(gold, "mentions"), _list(predicted, "mentions"), _list(gold, "traps"))
        self.incidents(_list(gold, "incidents"), _list(predicted, "incidents"))

    def mentions(self, gold: list[Json], predicted: list[Json], traps: list[Json]) -> None:
        pairs = paired(gold, predicted, lambda g, p: overlap(g, p) >= OVERLAP, overlap)
        self.found("mention", pairs, gold, predicted)
        missed, extra = _left(pairs, gold, predicted)
        for mention in missed:
            self.tell("mention missed", _shown(mention))
        self.add("traps", len(traps))
        touched: set[int] = set()
        for mention in extra:
            hits = {n for n, trap in enumerate(traps) if overlap(trap, mention) > 0}
            touched |= hits
            self.add("trap_errors", bool(hits))
            self.tell("trap" if hits else "mention not annotated", _shown(mention))
        self.add("traps_hit", len(touched))
        for g, p in pairs:
            self.resolution(gold[g], predicted[p])

    def resolution(self, gold: Json, predicted: Json) -> None:
        if not placed(predicted):
            self.add("unplaced")
            self.tell("not placed", _shown(gold))
            return
        away = km(gold, predicted)
        for tally in self.tallies:
            tally.errors_km.append(away)
        if within(gold, predicted):
            self.add("resolved")
        else:
            allowed = gold.get("tol_km") or 0
            self.tell("placed wrongly", f"{_shown(gold)} {away:.1f} km off, {allowed} allowed")

    def incidents(self, gold: list[Json], predicted: list[Json]) -> None:
        if not gold:
            self.add("articles_with_none")
            self.add("false_incidents", len(predicted))
            for incident in predicted:
                self.tell("incident where there is none", _summed(incident))
        focus = [incident for incident in gold if incident.get("focus", True)]
        recalled = [incident for incident in gold if not incident.get("focus", True)]
        offered = [incident for incident in predicted if incident.get("focus", True) is not False]
        pairs = paired(focus, offered, compatible, likeness)
        self.found("incident", pairs, focus, offered)
        missed, extra = _left(pairs, focus, offered)
        for incident in missed:
            self.tell("incident missed", _summed(incident))
        for incident in extra if gold else ():
            self.tell("incident not annotated", _summed(incident))
        for reason in ("date", "place", "event"):
            near = paired(missed, extra, _compatible_but(reason), likeness)
            self.add(f"only_{reason}", len(near))
        used = {id(offered[p]) for _, p in pairs}
        rest = [incident for incident in predicted if id(incident) not in used]
        self.background(recalled, rest)
        for g, p in pairs:
            self.fields(focus[g], offered[p])
            self.sites(focus[g], offered[p])
            self.parties(focus[g], offered[p])

    def background(self, gold: list[Json], predicted: list[Json]) -> None:
        def like(g: Json, p: Json) -> float:
            return likeness(g, p) + (p.get("focus", True) is False)

        pairs = paired(gold, predicted, compatible, like)
        self.add("background", len(gold))
        self.add("background_hit", len(pairs))
        for incident in _left(pairs, gold, predicted)[0]:
            self.tell("recalled incident missed", _summed(incident))

    def fields(self, gold: Json, predicted: Json) -> None:
        right = {
            name: value(gold.get(name)) == value(predicted.get(name))
            for name in ("date", "daypart", "event")
        }
        right["weapon"] = same_weapon(gold, predicted)
        for name in ("munitions", "killed", "wounded"):
            right[name] = same_number(gold.get(name), predicted.get(name))
        for name in FIELDS:
            self.add(f"{name}_right", right[name])
            if not right[name]:
                self.differ(gold, name, gold.get(name), predicted.get(name))

    def sites(self, gold: Json, predicted: Json) -> None:
        for role in ROLES:
            ours = [site for site in _list(gold, "sites") if site.get("role") == role]
            theirs = [site for site in _list(predicted, "sites") if site.get("role") == role]
            pairs = paired(ours, theirs, _one_site, _site_likeness)
            if role in SCORED_ROLES:
                self.found(role, pairs, ours, theirs)
                missed, extra = _left(pairs, ours, theirs)
                for site in missed:
                    self.tell(f"{role} site missed", f"{_summed(gold)} {_shown(site)}")
                for site in extra:
                    self.tell(f"{role} site not annotated", f"{_summed(gold)} {_shown(site)}")
            self.add("site_pairs", len(pairs))
            for g, p in pairs:
                counts = ours[g].get("count"), theirs[p].get("count")
                self.add("site_count_right", counts[0] == counts[1])
                if counts[0] != counts[1]:
                    self.differ(gold, f"count at {role} {ours[g].get('surface')}", *counts)

    def parties(self, gold: Json, predicted: Json) -> None:
        for name, key in PARTIES.items():
            ours, theirs = _list(gold, key), _list(predicted, key)
            pairs = paired(ours, theirs, same_name, lambda g, p: plain(g) == plain(p))
            self.found(name, pairs, ours, theirs)
            if not len(pairs) == len(ours) == len(theirs):
                self.differ(gold, key, ours, theirs)

    def found(
        self, name: str, pairs: Sequence[Any], gold: Sequence[Any], predicted: Sequence[Any]
    ) -> None:
        self.add(f"{name}_hit", len(pairs))
        self.add(f"{name}_missed", len(gold) - len(pairs))
        self.add(f"{name}_extra", len(predicted) - len(pairs))

    def differ(self, incident: Json, name: str, gold: Any, predicted: Any) -> None:
        self.tell(name, f"{_summed(incident)} annotated {gold}, read {predicted}")


# What counts as the same


def paired(
    gold: Sequence[Any],
    predicted: Sequence[Any],
    fits: Callable[[Any, Any], bool],
    like: Callable[[Any, Any], float],
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, the likest first; of equals those that come first."""
    candidates = sorted(
        (-like(g, p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if fits(g, p)
    )
    ours: set[int] = set()
    theirs: set[int] = set()
    pairs = []
    for _, i, j in candidates:
        if i not in ours and j not in theirs:
            ours.add(i)
            theirs.add(j)
            pairs.append((i, j))
    return sorted(pairs)


def overlap(a: Json, b: Json) -> float:
    """Intersection over union of two spans, 0 where one has none."""
    try:
        shared = min(a["end"], b["end"]) - max(a["start"], b["start"])
        union = max(a["end"], b["end"]) - min(a["start"], b["start"])
    except (KeyError, TypeError):
        return 0.0
    return float(shared / union) if shared > 0 and union > 0 else 0.0


def number(x: Any) -> TypeGuard[float]:
    return isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x)


def placed(x: Json) -> bool:
    return number(x.get("lat")) and number(x.get("lon"))


def km(a: Json, b: Json) -> float:
    """Great-circle distance, exact enough for tolerances of hundreds of metres."""
    lat_a, lat_b = math.radians(a["lat"]), math.radians(b["lat"])
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b["lon"] - a["lon"]) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def within(gold: Json, predicted: Json) -> bool:
    if not (placed(gold) and placed(predicted)):
        return False
    return km(gold, predicted) <= (gold.get("tol_km") or 0) + 1e-9


def value(x: Any) -> Any:
    """The value, with the several ways of saying "nothing" made one."""
    return None if x in ("", "null", "none", "None") else x


def dates_agree(gold: Any, predicted: Any) -> bool:
    """As far as both go: 2020-11 agrees with 2020-11-17, and nothing with everything."""
    gold, predicted = value(gold), value(predicted)
    if gold is None or predicted is None:
        return True
    return str(gold).startswith(str(predicted)) or str(predicted).startswith(str(gold))


def compatible(gold: Json, predicted: Json) -> bool:
    return (
        _dates_fit(gold, predicted)
        and _events_fit(gold, predicted)
        and _places_fit(gold, predicted)
    )


def likeness(gold: Json, predicted: Json) -> float:
    """Which of several compatible pairs is meant."""
    points = 4 * (value(gold.get("date")) == value(predicted.get("date")))
    points += gold.get("event") == predicted.get("event")
    for name in ("munitions", "killed", "wounded"):
        points += same_number(gold.get(name), predicted.get(name))
    for ours in _list(gold, "sites"):
        points += 2 * any(
            ours.get("role") == theirs.get("role") and within(ours, theirs)
            for theirs in _list(predicted, "sites")
        )
    return points


def same_number(gold: Any, predicted: Any) -> bool:
    """Equal, both unknown, or a range that holds the annotated figure and is not too wide."""
    ours, theirs = _range(gold), _range(predicted)
    if ours is None or theirs is None:
        return ours is None and theirs is None
    if theirs[0] == theirs[1]:
        return ours[0] <= theirs[0] <= ours[1]
    holds = theirs[0] <= ours[0] and ours[1] <= theirs[1]
    return theirs == ours or (holds and theirs[1] - theirs[0] <= max(5, 0.5 * ours[1]))


def same_weapon(gold: Json, predicted: Json) -> bool:
    """A weapon that only repeats the kind of event says no more than none."""
    event = plain(gold.get("event") or "")
    ours, theirs = (value(x.get("weapon")) for x in (gold, predicted))
    ours, theirs = ours and plain(ours), theirs and plain(theirs)
    if ours is None or ours == event:
        return theirs is None or theirs in (ours, event)
    return bool(ours == theirs)


def same_name(a: Any, b: Any) -> bool:
    """Equal but for spelling, or one a part of the other."""
    a, b = plain(a), plain(b)
    if not a or not b:
        return False
    return a == b or (min(len(a), len(b)) >= 3 and (a in b or b in a))


_ALEFS = str.maketrans({"آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ـ": ""})


def plain(text: Any) -> str:
    """Text without case, marks and differences of spelling."""
    letters = unicodedata.normalize("NFKD", str(text)).lower()
    letters = "".join(char for char in letters if not unicodedata.combining(char))
    return " ".join(re.sub(r"[\W_]+", " ", letters.translate(_ALEFS)).split())


def _family(x: Json) -> str:
    return FAMILY.get(x.get("event") or "", "other")


def _dates_fit(gold: Json, predicted: Json) -> bool:
    return dates_agree(gold.get("date"), predicted.get("date"))


def _events_fit(gold: Json, predicted: Json) -> bool:
    return _family(gold) == _family(predicted)


def _places_fit(gold: Json, predicted: Json) -> bool:
    ours = [site for site in _list(gold, "sites") if placed(site)]
    theirs = [site for site in _list(predicted, "sites") if placed(site)]
    if not ours and not theirs:
        return True
    return any(within(a, b) for a in ours for b in theirs)


_FITS = {"date": _dates_fit, "event": _events_fit, "place": _places_fit}


def _compatible_but(reason: str) -> Callable[[Json, Json], bool]:
    """Compatible when one thing is not looked at: why an incident was missed."""
    checks = [check for name, check in _FITS.items() if name != reason]
    return lambda gold, predicted: all(check(gold, predicted) for check in checks)


def _one_site(gold: Json, predicted: Json) -> bool:
    return within(gold, predicted) or not (placed(gold) or placed(predicted))


def _site_likeness(gold: Json, predicted: Json) -> float:
    away = km(gold, predicted) if placed(gold) and placed(predicted) else 0.0
    return (gold.get("count") == predicted.get("count")) - away / 1000


def _range(x: Any) -> tuple[float, float] | None:
    """``3`` and ``{"min": 2, "max": 4}`` as a range; one missing end is the other."""
    if isinstance(x, Mapping):
        ends = [float(end) for end in (x.get("min"), x.get("max")) if number(end)]
        return (ends[0], ends[-1]) if ends else None
    return (float(x), float(x)) if number(x) else None


def _share(part: int, whole: int, otherwise: float | None) -> float | None:
    return part / whole if whole else otherwise


def _list(x: Json, name: str) -> list[Any]:
    found = x.get(name)
    return [item for item in found if item is not None] if isinstance(found, list) else []


def _left(
    pairs: Iterable[tuple[int, int]], gold: Sequence[Json], predicted: Sequence[Json]
) -> tuple[list[Json], list[Json]]:
    """What was not paired on either side."""
    ours, theirs = {g for g, _ in pairs}, {p for _, p in pairs}
    return (
        [item for i, item in enumerate(gold) if i not in ours],
        [item for i, item in enumerate(predicted) if i not in theirs],
    )


def _shown(x: Json) -> str:
    span = f" [{x['start']}:{x['end']}]" if "start" in x and "end" in x else ""
    name = f" ({x['name_en']})" if x.get("name_en") else ""
    return f"{x.get('surface')}{span}{name}"


def _summed(incident: Json) -> str:
    places = ", ".join(str(site.get("surface")) for site in _list(incident, "sites"))
    return f"{incident.get('event')} {incident.get('date')} [{places}]"
