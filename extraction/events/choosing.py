"""What is true of an event when it is told more than once: the figures and the sites to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extraction.blows.blow import Blow, Quantity, SiteUse
from extraction.events.event import FAMILY, Event
from extraction.places.found import FoundPlace, distance_km, rank
from extraction.tolls.toll import Toll
from extraction.who.voices import OFFICIAL
from gazetteer import Gazetteer

_SEVERAL = frozenset(
    "الهجمات التفجيرات الهجومين التفجيرين الاعتداءات attacks bombings both blasts".split()
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best figure, the range of all that was told, and the stretches that tell them."""

    best: int | None
    low: int | None
    high: int | None
    evidence: tuple[tuple[int | None, Blow, int, int], ...] = ()


def choose_toll(event: Event, what: str) -> tuple[Chosen, bool]:
    """The toll of one kind, and whether a party denies it.

    A figure beats "none"; the latest official one beats overtaken ones; shares are not totals.
    """
    moved = [(t, b) for t, b in event.tolls if t.moved]
    tolls = [(t, b) for t, b in event.tolls if t.what == what and not t.moved]
    stated = [(t, b) for t, b in tolls if t.value is not None and not t.none and not t.doubted]
    firm = [(t, b) for t, b in stated if not t.early] or stated
    nones = [(t, b) for t, b in tolls if t.none and not t.party and not t.doubted]
    denied = any(t.none and t.party for t, _ in tolls)
    if nones and stated and all(t.early for t, _ in stated):
        # «تحدثت قناة في وقت سابق عن جريح …»: overtaken by "nobody was hurt"
        told = tuple((t.value or 0, b, t.first, t.last) for t, b in (*stated, *nones))
        return Chosen(0, 0, max(t.value or 0 for t, _ in stated), told), denied
    died = sum(t.value or 0 for t, _ in moved)
    # "14, after two of the wounded died"
    included = any(t.early for t, _ in moved) or _counts_the_died(event, died)
    if not firm and died and what == "killed":
        return Chosen(died, died, died, tuple((died, b, t.first, t.last) for t, b in moved)), denied
    if not firm:
        evidence = tuple((0, b, t.first, t.last) for t, b in nones)
        if nones:
            return Chosen(0, 0, 0, evidence), denied
        return Chosen(None, None, None, ()), denied
    rising = [(t, b) for t, b in firm if t.rise]
    best_toll, best_blow = rising[-1] if rising else _most_official(firm)
    best = best_toll.value
    assert best is not None
    together = [t.value or 0 for t, b in firm if b is best_blow]
    apart = {t.nth: t.value or 0 for t, _ in firm if t.nth}
    if best_toll.nth and len(apart) > 1 and not rising:
        best = sum(apart.values())  # "the first killed ten, the second five"
    elif len(together) > 1 and not rising and _spread(best_blow):
        best = sum(together)
    elif not rising:
        best += sum(
            t.value or 0
            for t, b in firm
            if t.more and t is not best_toll and (b is best_blow or t.first > best_toll.first)
        )
    values = [v for t, _ in stated if (v := t.value) is not None and (t.early or v >= best)]
    if (
        died
        and what == "killed"
        and not rising
        and not included
        and best_toll.first < moved[0][0].first
    ):
        best += died
        stated += moved
    elif (
        died
        and what == "wounded"
        and best > died
        and not (included and (moved[0][0].last <= best_toll.first or moved[0][1] is best_blow))
        and not _counts_the_died(event, died)
    ):
        best -= died
        stated += moved
    values.append(best)
    evidence = tuple((t.value or 0, b, t.first, t.last) for t, b in (*stated, *nones))
    return Chosen(best, min(values), max(values), evidence), denied


def _counts_the_died(event: Event, died: int) -> bool:
    """Whether the dead told are the earlier count and those who died since."""
    killed = [t for t, _ in event.tolls if t.what == "killed" and t.value and not t.moved]
    early = {t.value for t in killed if t.early}
    return died > 0 and any((t.value or 0) - died in early for t in killed if not t.early)


def _most_official(firm: Sequence[tuple[Toll, Blow]]) -> tuple[Toll, Blow]:
    """The first figure; an authority's, where somebody of less weight told the first."""
    first = firm[0]
    if first[0].rank is None or first[0].rank >= OFFICIAL:
        return first
    return next((f for f in firm if (f[0].rank or 0) >= OFFICIAL and not f[0].nth), first)


def _spread(blow: Blow) -> bool:
    """Whether a stretch tells several places with a toll at each."""
    hit = [s.place for s in blow.sites if s.role == "impact" and s.place is not None]
    finer = [p for p in hit if p.level not in ("city", "governorate")]
    return len(finer or hit) >= 2  # «في ساحة الطيران وسط بغداد» is one place


def choose_munitions(event: Event) -> Chosen:
    """How many were fired or fell: an official total, else the sum of the shares."""
    totals: list[tuple[int, int, Blow, Quantity]] = []
    wholes: list[tuple[int, int, Blow, Quantity]] = []
    ordinals = 0
    parts = 0  # what was told by shares
    told: set[int] = set()  # the ordinals one by one
    worn = _worn(event)
    for index, blow in enumerate(event.blows):
        together = 0
        firsts: list[Quantity] = []
        rivals: list[Quantity] = []
        shared = _divided(blow.quantities)  # «ستة منها على … وثلاثة على …»: parts of the whole
        for quantity in blow.quantities:
            if quantity.bombers and not worn:
                continue
            if quantity.ordinal and (not event.item or quantity is not blow.quantities[0]):
                ordinals = max(ordinals, quantity.ordinal)
                told.add(quantity.ordinal)
            one_more = quantity.another or (quantity.ordinal or 0) == together + 1
            if firsts and firsts[0].value == 1 and one_more and quantity.part:
                together += 1  # «سقط صاروخ على … وآخر قرب … وثالث في …»
                continue
            if quantity.value is None or quantity.ordinal:
                continue
            if quantity.whole:
                wholes.append((quantity.rank, index, blow, quantity))
                continue
            foreign = quantity.what and FAMILY.get(quantity.what, "") not in ("", event.family)
            if foreign and not (firsts and _beside(quantity, firsts[-1])):
                continue
            if quantity.other and firsts and not quantity.share:
                together += quantity.value
                firsts.append(quantity)
            elif quantity.part:
                parts += quantity.value
                if (
                    firsts
                    and not quantity.what
                    and not quantity.share
                    and not shared
                    and _elliptic_sum(quantity, firsts, blow)
                ):
                    together += quantity.value
                shared = shared or quantity.share
                continue
            elif not firsts:
                together = quantity.value
                firsts.append(quantity)
            elif _beside(quantity, firsts[-1]) or _each_goes_off(firsts[-1], quantity, blow):
                together += quantity.value
                firsts.append(quantity)
            elif quantity.value != together:
                rivals.append(quantity)
        if firsts:
            if firsts[0].other and not firsts[0].part:
                # "a drone struck his house …. Two other drones were shot down"
                known = (totals[-1][3].value or 0) if totals else max(parts, ordinals)
                together += known if firsts[0].what or known == 1 else 0
            totals.append((firsts[0].rank, index, blow, firsts[0]._replace(value=together)))
        totals.extend((rival.rank, index, blow, rival) for rival in rivals)
    totals = totals or wholes
    # "its fighters had struck the base with two Katyushas": a boast, where others have counted
    totals = [t for t in totals if not _boasts(t[2])] or totals
    if not totals:
        shares = [
            q.value
            for b in event.blows
            for q in b.quantities
            if q.value and q.part and q.what and not q.ordinal
        ]
        fallen = sum(s.count or 0 for s in event.sites if s.role in ("impact", "intercept"))
        single = (
            event.kind != "airstrike"
            and event.family in ("ied", "air")
            and any(q.part for b in event.blows for q in b.quantities)
        )
        value = max([ordinals, *shares[:1], fallen if shares else 0, int(single)])
        counted = any(
            q.value and q.part and not q.ordinal for b in event.blows for q in b.quantities
        )
        if (not value or counted) and not any(b.munitions for b in event.blows):
            value = max(value, fallen)  # "and on Tuesday two landed in the compound"
        return Chosen(value or None, value or None, value or None)
    official = [t for t in totals if t[0] >= OFFICIAL and not _overtaken(t[2], t[3])]
    pool = official or [t for t in totals if not _overtaken(t[2], t[3])] or totals
    corrected = [t for t in pool if t[2].corrects]
    corrected = corrected or [t for t in totals if t[2].corrects and t[0] > 0]
    if not any((t[3].value or 0) > 1 for t in pool):
        larger = [t for t in totals if (t[3].value or 0) > 1 and t[0] > 0]
        pool = [t for t in larger if not _overtaken(t[2], t[3])] or pool
    several = [t for t in pool if (t[3].value or 0) > 1]  # beside a lead's "a rocket fell"
    best = corrected[-1] if corrected else (several or pool)[0]
    value = best[3].value or 0
    if not corrected and value and set(range(value + 1, ordinals + 1)) <= told:
        value = max(value, ordinals)  # «صاروخان …، وثالث …، فيما سقط رابع»
    values = [t[3].value or 0 for t in totals if (t[3].value or 0) >= 1]
    evidence = tuple((t[3].value, t[2], t[3].first, t[3].last) for t in totals)
    return Chosen(
        value,
        min([value, *_rivals(values, value)]),
        max([value, *_rivals(values, value)]),
        evidence,
    )


def _worn(event: Event) -> bool:
    """Whether it is told what the bombers wore or drove, so that their number counts these."""
    return any(
        any(q.what == "suicide" and not q.bombers for q in b.quantities)
        or any(FAMILY.get(m) == "ied" and m != "suicide" for m in b.munitions)
        for b in event.blows
    )


def _divided(quantities: Sequence[Quantity]) -> bool:
    """«ستة صواريخ …: أربعة عند … واثنان في …»: the parts add up to the whole."""
    whole = next((q.value for q in quantities if q.value and not q.part), 0)
    parts = [q.value or 0 for q in quantities if q.part]
    return len(parts) > 1 and sum(parts) == whole


def _overtaken(blow: Blow, quantity: Quantity) -> bool:
    """Whether a later figure replaces one; where single figures are marked, only those."""
    marked = any(q.early for q in blow.quantities)
    return quantity.early if marked else blow.early


def _rivals(values: Iterable[int], best: int) -> list[int]:
    """Other totals; a one or two beside a salvo is a detail, not a rival total."""
    return [v for v in values if v > 2 or best <= 3]


def _elliptic_sum(quantity: Quantity, firsts: Sequence[Quantity], blow: Blow) -> bool:
    sites = [s for s in blow.sites if s.role == "impact"]
    return any(s.count == firsts[-1].value and s.first > firsts[-1].first for s in sites) and (
        quantity.first - firsts[-1].last <= 12
    )


def _beside(quantity: Quantity, previous: Quantity) -> bool:
    """«ten bombs and two mortar shells»: figures side by side add up."""
    if {quantity.what, previous.what} in ({"suicide", "car_bomb"}, {"suicide", "drone"}):
        return False  # «تفجير انتحاري بسيارة مفخخة» is one, «مسيرات انتحارية» are drones
    devices = {FAMILY.get(q.what, "") for q in (quantity, previous)} == {"ied"}
    reach = 3 if devices else 2  # "a roadside bomb and then a car bomb"
    return 0 <= quantity.first - previous.last <= reach and quantity.what != previous.what


def _boasts(blow: Blow) -> bool:
    """Whether a stretch is the claim of those who say that they fired."""
    fired = [a for a in blow.acts if a.act == "claims" and not (a.who.group and a.who.group.state)]
    return bool(fired) and not any(t.value for t in blow.tolls)


def _each_goes_off(one: Quantity, two: Quantity, blow: Blow) -> bool:
    """ "a bomber blew himself up in a cafe and a car bomb exploded": each has its own verb."""
    if not (one.what and two.what) or one.what == two.what:
        return False
    blasts = [t.first for t in blow.triggers if t.sub == "explode" and not t.form.article]
    return all(
        any(0 <= at - q.last <= 1 for at in blasts) and q.value == 1 and not q.part
        for q in (one, two)
    )


def settle_sites(event: Event, munitions: Chosen, gazetteer: Gazetteer) -> list[SiteUse]:
    """One site per place and role; wholes, targets and overtaken places sorted out."""
    total = munitions.best
    uses = [s for s in event.sites if s.role == "intercept" or s.place is not None]
    if event.kind == "suicide" and not _worn(event):
        uses = [replace(s, count=None) for s in uses]
    if event.family == "ied":  # what was planted or driven up was launched nowhere
        uses = [s for s in uses if s.role != "launch"]
    merged: list[SiteUse] = []
    for use in uses:
        twin = next((m for m in merged if _same_site(m, use)), None)
        if twin is None:
            merged.append(use)
            continue
        fell = use.certainty == "fell" and twin.certainty == "aimed" and use.count is not None
        if twin.count is None or fell or (twin.early and use.count is not None):
            twin.count = use.count
        if use.certainty == "fell" and twin.certainty != "fell":
            twin.certainty = "fell"
        twin.early = twin.early and use.early
    kept = _pruned(_fired_elsewhere(merged), total, gazetteer)
    impacts = [s for s in kept if s.role == "impact"]
    stopped = any(s.role == "intercept" for s in kept)
    # of the totals that several sources give for one place, the chosen one counts
    told = {value for value, blow, *_ in munitions.evidence if not _boasts(blow)}
    if total in told and len(impacts) == 1 and not stopped and impacts[0].count in told:
        impacts[0].count = impacts[0].count if impacts[0].part else total
    _count_alone(kept, total)
    _count_rest(event, kept, total)
    return kept


def _fired_elsewhere(sites: list[SiteUse]) -> list[SiteUse]:
    """Without «من مكان قريب من المسجد» of the mosque that was hit: it names no place of launch."""
    hit = {s.place.place.id for s in sites if s.role == "impact" and s.place and s.place.place}
    return [
        s
        for s in sites
        if s.role != "launch"
        or s.relation != "near"
        or s.place is None
        or s.place.place is None
        or s.place.place.id not in hit
    ]


def _same_site(a: SiteUse, b: SiteUse) -> bool:
    if a.role != b.role:
        return False
    if a.role == "intercept":
        return True
    assert a.place is not None
    assert b.place is not None
    if a.place.place is not None and b.place.place is not None:
        return a.place.place.id == b.place.place.id
    return (
        a.place.place is b.place.place
        and a.place.near is b.place.near
        and (a.place.end - a.place.start == b.place.end - b.place.start)
    )


def _officially(launches: list[SiteUse]) -> list[SiteUse]:
    """Without the launch places of lesser voices, where an official one tells where it was."""
    official = [s for s in launches if s.rank >= OFFICIAL]
    return official or launches


def _pruned(sites: list[SiteUse], total: int | None, gazetteer: Gazetteer) -> list[SiteUse]:
    sites = [
        s
        for s in sites
        if s.place is None
        or s.place.place is None
        or s.inferred
        or s.place.place.id not in ("baghdad", "baghdad-governorate")
    ]
    if any(s.role == "impact" and not s.heard for s in sites):
        sites = [s for s in sites if not s.heard]
    launches = [s for s in sites if s.role == "launch"]
    firm = _officially([s for s in launches if not s.early] or launches)
    finest = [
        s
        for s in firm
        if not any(o is not s and _inside(o.place, s.place, gazetteer) for o in firm)
    ]
    impacts = [s for s in sites if s.role == "impact"]
    fell = [s for s in impacts if s.certainty == "fell"]
    intercepted = sum(s.count or 0 for s in sites if s.role == "intercept")
    all_stopped = total is not None and intercepted >= total > 0
    kept: list[SiteUse] = [*finest]
    for site in impacts:
        wide = site.place is not None and site.place.level in ("city", "governorate")
        if (
            wide
            and site.count is None
            and any(o is not site and _inside(o.place, site.place, gazetteer) for o in impacts)
        ):
            continue
        if site.certainty == "aimed":
            others = [s for s in fell if s is not site]
            outside = [
                s
                for s in others
                if not _inside(s.place, site.place, gazetteer)
                and not _inside(site.place, s.place, gazetteer)
            ]
            if all_stopped or outside:
                site.role, site.count = "target", None
            elif others and (
                total is not None and total - intercepted <= sum(s.count or 1 for s in others)
            ):
                continue
        kept.append(site)
    kept.extend(s for s in sites if s.role == "intercept")
    places = [s for s in kept if s.role == "impact"]
    for site in sites:
        if site.role == "target" and site not in kept:
            if any(_same_place(site, s) for s in places):
                continue
            kept.append(site)
    return kept


def _count_alone(kept: Sequence[SiteUse], total: int | None) -> None:
    """Where all came down at one place, that place has them all; not where some were stopped."""
    impacts = [s for s in kept if s.role == "impact"]
    if len(impacts) != 1 or impacts[0].inferred or total is None:
        return
    stopped = any(s.role == "intercept" for s in kept)
    if not stopped and impacts[0].count is None:
        impacts[0].count = total
    elif stopped and impacts[0].certainty == "aimed" and impacts[0].count == total:
        impacts[0].count = None


def _count_rest(event: Event, kept: Sequence[SiteUse], total: int | None) -> None:
    """«تصدت لواحدة وانفجرت الأخرى داخل السور»: what was not stopped fell at the one place."""
    impacts = [s for s in kept if s.role == "impact"]
    stopped = sum(s.count or 0 for s in kept if s.role == "intercept")
    shares = [q.value or 0 for b in event.blows for q in b.quantities if q.share and not q.ordinal]
    accounted = total is not None and sum(shares) == total > stopped > 0
    if accounted and total is not None and len(impacts) == 1 and impacts[0].count is None:
        impacts[0].count = total - stopped


def _same_place(a: SiteUse, b: SiteUse) -> bool:
    return (
        a.place is not None
        and b.place is not None
        and a.place.anchor is not None
        and b.place.anchor is not None
        and a.place.anchor.id == b.place.anchor.id
    )


def _inside(inner: FoundPlace | None, outer: FoundPlace | None, gazetteer: Gazetteer) -> bool:
    a = inner.anchor if inner else None
    b = outer.anchor if outer else None
    if a is None or b is None or a.id == b.id:
        return False
    if rank(a.level) >= rank(b.level) and a.radius_m >= b.radius_m:
        return False
    return gazetteer.is_within(a, b.id) or distance_km(a, b) * 1000 <= b.radius_m
