"""Two sentences about an incident, in both languages: grammar, what is unknown, what is claimed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from incidents import prose
from incidents.models import Actor, Incident, IncidentActor
from tests.incidents.factories import incident, site

pytestmark = pytest.mark.django_db


def figure(
    name: str, best: int | None, low: int | None = None, high: int | None = None
) -> dict[str, Any]:
    status = "unknown" if best is None else "stated"
    values: dict[str, Any] = {
        f"{name}_low": best if low is None else low,
        f"{name}_best": best,
        f"{name}_high": best if high is None else high,
    }
    return values if name == "munitions" else {**values, f"{name}_status": status}


def made(
    *sites: tuple[Any, ...], parties: tuple[tuple[str, str], ...] = (), **values: Any
) -> Incident:
    """An incident with sites (role, place, values) and parties (role, English name)."""
    each = incident(**values)
    for role, place, more in sites:
        site(each, role, place, **more)
    for role, name in parties:
        actor, _new = Actor.objects.get_or_create(
            slug=name.lower().replace(" ", "-"), defaults={"name_en": name, "name_ar": ARABIC[name]}
        )
        IncidentActor.objects.create(incident=each, actor=actor, role=role)
    return each


ARABIC = {"Ahl al-Kahf": "أهل الكهف", "the factions": "الفصائل", "Mahdi Army": "جيش المهدي"}

CASES: list[tuple[Any, str, str]] = [
    (
        lambda: made(day=None),
        "There was a rocket attack. The reports give no figure for casualties.",
        "وقع هجوم صاروخي. لا تذكر الأخبار عددًا للضحايا.",
    ),
    (
        lambda: made(
            ("launch", "al-amin-al-thaniya", {}),
            ("impact", "green-zone", {"count": 4}),
            ("impact", "daght-street-amin", {"count": 1, "relation": "near"}),
            ("intercept", None, {"count": 1}),
            ("target", "us-embassy", {}),
            daypart="evening",
            time_local="21:30",
            weapon="grad",
            grade="contested",
            **figure("munitions", 7, 4, 7),
            **figure("killed", 1),
            **figure("wounded", 5, 4, 6),
            parties=(
                ("claimed_by", "Ahl al-Kahf"),
                ("attributed_to", "Mahdi Army"),
                ("denied_by", "Mahdi Army"),
                ("denied_by", "the factions"),
            ),
        ),
        "On the evening of 17 November 2020 at 21:30, 7 Grad rockets were fired from Al-Amin "
        "al-Thaniya; impact was reported in the Green Zone (4) and near Daght Street (1); 1 was "
        "intercepted or burst in the air; the declared target was the US Embassy; the reported "
        "numbers range from 4 to 7. 1 person was killed and 5 people were wounded "
        "(\u20664–6\u2069); "
        "Ahl al-Kahf claims responsibility; the attack is attributed to Mahdi Army; Mahdi Army and "
        "the factions deny responsibility; who is responsible is contested.",
        "مساء 17 تشرين الثاني 2020 عند الساعة 21:30 أُطلقت 7 صواريخ من نوع غراد من حي الأمين "
        "الثانية؛ وأُفيد بسقوط مقذوفات في المنطقة الخضراء (4) وقرب شارع الضغط (1)؛ واعتُرض مقذوف "
        "واحد أو انفجر في الجو؛ وكان الهدف المعلن السفارة الأمريكية؛ وتتراوح الأعداد "
        "المذكورة بين 4 "
        "و7. قُتل شخص واحد وأصيب 5 أشخاص (\u20664–6\u2069)؛ وصدر إعلان بتبنّي الهجوم عن أهل الكهف؛ "
        "ونُسب الهجوم إلى جيش المهدي؛ وصدر نفي للمسؤولية عن جيش المهدي والفصائل؛ والمسؤولية محل "
        "تنازع.",
    ),
    (
        lambda: made(
            ("impact", "green-zone", {"count": 2}),
            weapon="katyusha",
            **figure("munitions", 2),
            **figure("killed", 0),
            **figure("wounded", 2),
        ),
        "On 17 November 2020, 2 Katyusha rockets came down in the Green Zone. Nobody was "
        "killed and "
        "2 people were wounded.",
        "يوم 17 تشرين الثاني 2020 سقط صاروخان من نوع كاتيوشا في المنطقة الخضراء. لم "
        "يُقتل أحد وأصيب "
        "شخصان.",
    ),
    (
        lambda: made(
            ("impact", "green-zone", {}),
            event_type="mortar",
            weapon="mortar",
            date_end=date(2020, 11, 19),
            **figure("munitions", 11),
            **figure("killed", 0),
            **figure("wounded", 0),
        ),
        "Between 17 November 2020 and 19 November 2020, 11 mortar shells came down in the Green "
        "Zone. Nobody was killed or wounded, it is stated.",
        "بين 17 تشرين الثاني 2020 و19 تشرين الثاني 2020 سقطت 11 قذيفة هاون في المنطقة "
        "الخضراء. ذُكر "
        "أن الهجوم لم يوقع قتلى ولا جرحى.",
    ),
    (
        lambda: made(
            ("intercept", None, {}),
            event_type="drone",
            weapon="drone",
            date_precision="month",
            **figure("munitions", 3),
            killed_status="denied",
        ),
        "In November 2020, 3 drones were launched; interception in the air was reported. "
        "Losses are "
        "denied.",
        "في تشرين الثاني 2020 أُطلقت 3 طائرات مسيّرة؛ وأُفيد باعتراض في الجو. نُفي وقوع خسائر.",
    ),
    (
        lambda: made(
            ("launch", "al-amin-al-thaniya", {"relation": "direction"}),
            ("impact", "green-zone", {"relation": "inside"}),
            weapon="katyusha",
            parties=(("claimed_by", "Ahl al-Kahf"), ("claimed_by", "Mahdi Army")),
        ),
        "On 17 November 2020, there was a rocket attack, launched from the direction of Al-Amin "
        "al-Thaniya; impact was reported inside the Green Zone; the weapon is given as Katyusha. "
        "Ahl al-Kahf and Mahdi Army claim responsibility.",
        "يوم 17 تشرين الثاني 2020 وقع هجوم صاروخي وكان الإطلاق من جهة حي الأمين الثانية؛ وأُفيد "
        "بسقوط مقذوفات داخل المنطقة الخضراء؛ وذُكر أن السلاح كاتيوشا. صدر إعلان بتبنّي الهجوم عن "
        "أهل الكهف وجيش المهدي.",
    ),
    (
        lambda: made(
            weapon="rocket_107", **figure("munitions", 1), **figure("killed", 1200, 900, 1200)
        ),
        "On 17 November 2020, 1 rocket was fired; the calibre is given as 107 mm. 1,200 "
        "people were "
        "killed (\u2066900–1,200\u2069).",
        "يوم 17 تشرين الثاني 2020 أُطلق صاروخ واحد؛ وذُكر أن العيار 107 ملم. قُتل 1,200 شخص "
        "(\u2066900–1,200\u2069).",
    ),
    (
        lambda: made(
            ("impact", "baghdad", {}),
            event_type="ied",
            weapon="suicide",
            date_precision="year",
            grade="discounted",
            **figure("munitions", 2),
        ),
        "In 2020, 2 suicide bombers struck in Baghdad. The incident is discounted.",
        "في 2020 وقع تفجيران انتحاريان في بغداد. لا يُحتسب هذا الحادث.",
    ),
    (
        lambda: made(("impact", "green-zone", {}), event_type="airstrike", weapon="drone"),
        "On 17 November 2020, there was an air strike in the Green Zone; the weapon is given as "
        "drone. The reports give no figure for casualties.",
        "يوم 17 تشرين الثاني 2020 نُفذت غارة جوية في المنطقة الخضراء؛ وذُكر أن السلاح "
        "طائرة مسيّرة. "
        "لا تذكر الأخبار عددًا للضحايا.",
    ),
    (
        lambda: made(event_type="shooting", **figure("wounded", 15)),
        "On 17 November 2020, there was a shooting. 15 people were wounded.",
        "يوم 17 تشرين الثاني 2020 وقع إطلاق نار. أصيب 15 شخصًا.",
    ),
]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_an_incident_in_two_sentences(number: int) -> None:
    make, english, arabic = CASES[number]
    assert prose.in_both(make()) == {"en": english, "ar": arabic}


@pytest.mark.parametrize(
    ("event", "number", "said"),
    [
        ("rocket", 1, "أُطلق صاروخ واحد"),
        ("rocket", 2, "أُطلق صاروخان"),
        ("rocket", 3, "أُطلقت 3 صواريخ"),
        ("rocket", 11, "أُطلق 11 صاروخًا"),
        ("rocket", 100, "أُطلق 100 صاروخ"),
        ("rocket", 103, "أُطلقت 103 صواريخ"),
        ("missile", 2, "أُطلق صاروخان موجّهان"),
        ("missile", 12, "أُطلق 12 صاروخًا موجّهًا"),
        ("mortar", 1, "أُطلقت قذيفة هاون واحدة"),
        ("mortar", 2, "أُطلقت قذيفتا هاون"),
        ("mortar", 5, "أُطلقت 5 قذائف هاون"),
        ("mortar", 20, "أُطلقت 20 قذيفة هاون"),
        ("drone", 2, "أُطلقت طائرتان مسيّرتان"),
        ("ied", 1, "انفجرت قنبلة واحدة"),
        ("ied", 2, "انفجرت قنبلتان"),
        ("ied", 4, "انفجرت 4 قنابل"),
        ("ied", 30, "انفجرت 30 قنبلة"),
    ],
)
def test_arabic_verb_and_noun_follow_the_number(event: str, number: int, said: str) -> None:
    each = made(event_type=event, day=None, **figure("munitions", number))
    with override("ar"):
        assert prose.what_happened(each) == f"{said}."


@pytest.mark.parametrize(
    ("number", "killed", "wounded"),
    [
        (1, "قُتل شخص واحد", "أصيب شخص واحد"),
        (2, "قُتل شخصان", "أصيب شخصان"),
        (3, "قُتل 3 أشخاص", "أصيب 3 أشخاص"),
        (10, "قُتل 10 أشخاص", "أصيب 10 أشخاص"),
        (11, "قُتل 11 شخصًا", "أصيب 11 شخصًا"),
        (100, "قُتل 100 شخص", "أصيب 100 شخص"),
        (103, "قُتل 103 أشخاص", "أصيب 103 أشخاص"),
    ],
)
def test_arabic_counts_people_rightly(number: int, killed: str, wounded: str) -> None:
    each = made(**figure("killed", number), **figure("wounded", number))
    with override("ar"):
        assert prose.consequences(each) == f"{killed} و{wounded}."


def test_an_event_with_no_words_of_its_own_is_still_told() -> None:
    for event in ("rocket", "mortar", "drone", "missile", "airstrike", "ied", "shooting", "other"):
        for number in (None, 1, 4):
            both = prose.in_both(made(event_type=event, **figure("munitions", number)))
            for text in both.values():
                assert "%" not in text
                assert "  " not in text
                assert text.endswith(".")


def test_a_name_in_the_other_script_keeps_to_itself() -> None:
    each = made(("impact", None, {"surface": "معمل الطابوق"}), day=None)
    with override("en"):
        assert prose.what_happened(each) == (
            "There was a rocket attack at \u2068معمل الطابوق\u2069."
        )
