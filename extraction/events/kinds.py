"""What an event was done with: rocket, mortar, drone, bomb …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extraction.blows.blow import Blow
from extraction.events.attack_dates import OPENING
from extraction.events.event import FAMILY
from extraction.page import Page
from extraction.text.signals import Signal

_DRIVES = frozenset("drove rammed driving ramming crashed ploughed plowed slammed wheel".split())
_LEFT = frozenset("parked hidden concealed stashed left packed stolen abandoned".split())
_INTO = frozenset("in inside into".split())
_WITHIN = frozenset("in with using".split())
_AT_THE_WHEEL = ("يقود", "تقود", "قاد", "يستقل", "استقل", "بقياده")
_HIMSELF = ("himself up", "herself up", "themselves up", "نفسه", "نفسها", "نفسيهما", "انفسهم")
_SHELLING = ("قصف", "shelling", "bombardment", "barrage", "رشق")
_BOMBING = ("تفجير", "bombing", "double bombing")


_GUNMEN = ("مسلحون", "مسلحين", "gunmen")


class Kinds:
    """Names the weapon of the events of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.default = self._kind_of_article()
        self._shell_kind = self._kind_of_shells()

    def kind_unnamed(self, blow: Blow) -> str:
        """Shelling without a weapon's name is rocket fire; an attack with victims is "other"."""
        words = {
            self.page.words(t.first, t.last).lstrip("وفبل").removeprefix("ال")
            for t in blow.triggers
        }
        if any(w.startswith(_SHELLING) for w in words):
            return "rocket"
        hit = any(s.role == "impact" and s.place is not None for s in blow.sites)
        return "other" if hit and blow.tolls else ""

    def kind_named(self, blow: Blow) -> str:
        """The kind a stretch names itself, not by the article's habit."""
        named = [m for m in blow.munitions if m not in ("projectile", "aircraft")]
        if named:
            return named[0]
        words = " ".join(self.page.words(t.first, t.last) for t in blow.triggers)
        return "ied" if "bombing" in words or "تفجير" in words else ""

    def kind(self, blow: Blow) -> str:
        """The weapon of a stretch, by its own words or by the article’s habit."""
        deeds = {t.sub for t in blow.triggers}
        if "airstrike" in deeds:
            return "airstrike"
        named = [m for m in blow.munitions if m not in ("projectile", "aircraft")]
        if blow.early and self._told_anew(blow, named):
            named = named[-1:]
        if named:
            best = max(named, key=lambda m: (named.count(m), -named.index(m)))
            if best == "ied" and (self._from_the_air(blow) or self._dropped(blow)):
                return "airstrike"
            if best == "ied" and self._left_in_car(blow):
                return "car_bomb"
            man = best in ("ied", "suicide") or named[0] == "suicide"
            if man and ("car_bomb" in named or self._drives_in(blow)):
                return "car_bomb"
            if {"mortar", "rocket"} <= set(named) and self.mixed(blow):
                return "rocket"
            return blow.munitions[0] if blow.munitions[0] in named else best
        if blow.raid and not blow.munitions and not blow.weapons:
            return "airstrike"
        if "shoot" in deeds:
            return "suicide" if self._blew_himself_up(blow) else "shooting"
        if blow.weapons:
            return "rocket"
        if "aircraft" in blow.munitions and self.default == "drone":
            return "drone"
        if "projectile" in blow.munitions:
            return self._shell_kind
        if not blow.munitions and self._gunmen(blow):
            return "shooting"
        if "explode" in deeds:
            if self.is_bombing(blow) and FAMILY.get(self.default) != "ied":
                return "ied"
            return "" if self.default else "ied"
        return ""

    def _gunmen(self, blow: Blow) -> bool:
        """«هاجم مسلحون الحافلات», "gunmen raked a minibus": who comes with guns shoots."""
        deeds = [t for t in blow.triggers if t.sub in ("target", "hit", "attack") and t.verb]
        return any(
            text.startswith(_GUNMEN)
            for deed in deeds[:1]
            for text in self.page.texts[max(blow.first, deed.first - 3) : deed.last + 3]
        )

    def _told_anew(self, blow: Blow, named: Sequence[str]) -> bool:
        """«تحدث في البداية عن قذيفة هاون …، ثم قال إن ما انفجر سيارة مفخخة»: the latter."""
        early = self.page.signals.between(blow.first, blow.last, "hedge", "early")
        weapons = self.page.signals.between(blow.first, blow.last, "munition")
        apart = len({FAMILY.get(m, "") for m in named}) > 1
        return apart and bool(early and weapons) and early[0].first < weapons[0].first

    def _blew_himself_up(self, blow: Blow) -> bool:
        """ "shot at the guards and blew himself up": the shots only cleared the way."""
        blasts = [t for t in blow.triggers if t.sub == "explode"]
        told = [self.page.words(t.first, t.last) for t in blasts]
        told += [self.page.words(t.last, t.last + 1) for t in blasts]
        return any(words.endswith(_HIMSELF) for words in told)

    def _left_in_car(self, blow: Blow) -> bool:
        """ "a bomb in a parked van", "a bomb hidden in a car"."""
        page = self.page
        if page.lang == "ar":
            return False
        return any(
            not _LEFT.isdisjoint(t.text for t in page.tokens[bomb.last : bomb.last + 5])
            and any(
                page.tokens[v.first - 1].text in ("a", "an", "parked", "stolen")
                and not _INTO.isdisjoint(t.text for t in page.tokens[bomb.last : v.first])
                for v in page.signals.between(bomb.last, bomb.last + 6, "vehicle")
            )
            for bomb in page.signals.between(blow.first, blow.last, "munition", "ied")
        )

    def mixed(self, blow: Blow) -> bool:
        """«قذائف هاون وصواريخ», "rockets and mortar bombs": one salvo of both."""
        page = self.page
        fired = page.signals.between(blow.first, blow.last, "munition", "mortar", "rocket")
        return any(
            a.sub != b.sub
            and (
                (b.first == a.last and b.form.prefix.startswith("و"))
                or (b.first == a.last + 1 and page.tokens[a.last].text in ("and", "or"))
            )
            for a, b in pairwise(fired)
        )

    def only_shells(self, blow: Blow) -> bool:
        """Whether nothing but a word for any shell tells what was fired."""
        return bool(blow.munitions) and {*blow.munitions} <= {"projectile", "aircraft"}

    def _from_the_air(self, blow: Blow) -> bool:
        """ "The bombs fell on Jurf al-Sakhar", where the article tells of air strikes."""
        page = self.page
        return (
            page.lang == "en"
            and any(t.sub == "fall" for t in blow.triggers)
            and bool(page.signals.of_kind("trigger", "airstrike"))
            and any(
                page.words(s.first, s.last) in ("bomb", "bombs")
                for s in page.signals.between(blow.first, blow.last, "munition", "ied")
            )
        )

    def _dropped(self, blow: Blow) -> bool:
        """ "F-15s dropped seven bombs"."""
        page = self.page
        return page.lang == "en" and any(
            page.words(s.first, s.last) in ("bomb", "bombs")
            and any(
                t.text == "dropped" for t in page.tokens[max(blow.first, s.first - 5) : s.first]
            )
            for s in page.signals.between(blow.first, blow.last, "munition", "ied")
        )

    def _drives_in(self, blow: Blow) -> bool:
        """ "a suicide bomber drove a truck into a checkpoint", «سيارة يقودها انتحاري»."""
        page = self.page
        if page.lang == "ar":
            return "suicide" in blow.munitions and any(
                map(self._driven, page.signals.between(blow.first, blow.last, "vehicle"))
            )
        return "suicide" in blow.munitions and any(
            (page.tokens[i].text in _DRIVES or (i == t.last and page.tokens[i].text in _WITHIN))
            and page.signals.any(i + 1, i + 6, "vehicle")
            for t in page.signals.between(blow.first, blow.last, "munition")
            for i in range(t.last, min(blow.last, t.last + OPENING))
        )

    def _driven(self, vehicle: Signal) -> bool:
        """«انتحاري يقود شاحنة», «سيارة يقودها انتحاري», «ثلاثة انتحاريين في ثلاث سيارات»."""
        page = self.page
        ahead = range(max(0, vehicle.first - 3), vehicle.first)
        behind = range(vehicle.last, min(len(page.tokens), vehicle.last + 3))
        if any(
            page.tokens[i].text.lstrip("وف").startswith(_AT_THE_WHEEL) for i in (*ahead, *behind)
        ):
            return True
        man = next(iter(page.signals.between(vehicle.first - 3, vehicle.first, "munition")), None)
        if man is None or man.sub != "suicide":
            return False
        return "ب" in vehicle.form.prefix or page.tokens[man.last].text == "في"

    def is_bombing(self, blow: Blow) -> bool:
        """«تفجير», "bombing": a word for something planted."""
        return any(
            self.page.words(t.first, t.last)
            .lstrip("وفبل")
            .removeprefix("ال")
            .removeprefix("سلسله ")
            .startswith(_BOMBING)
            for t in blow.triggers
        )

    def _kind_of_article(self) -> str:
        signals = self.page.signals
        counted = Counter(
            s.sub for s in signals.of_kind("munition") if s.sub not in ("projectile", "aircraft")
        )
        if counted:
            return counted.most_common(1)[0][0]
        if signals.of_kind("weapon"):
            return "rocket"
        if signals.of_kind("trigger", "airstrike"):
            return "airstrike"
        if signals.of_kind("trigger", "shoot"):
            return "shooting"
        return ""

    def _kind_of_shells(self) -> str:
        """What "shell" and «قذيفة» mean here: the weapon the article names, else a mortar."""
        named = self.page.signals.of_kind("munition", "mortar", "rocket", "missile")
        counted = Counter(s.sub for s in named)
        return counted.most_common(1)[0][0] if counted else "mortar"
