"""What several articles say about one event becomes one set of values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from extraction.document import Casualties, Draft
from gazetteer import Gazetteer
from incidents.merging import Merged, Source, interval, merge, representative, suggested_grade
from tests.incidents.factories import draft, draft_site, figure, noon, victim

FIRST, SECOND, THIRD = noon(2020, 11, 17), noon(2020, 11, 18), noon(2020, 11, 19)


def merged(gazetteer: Gazetteer, *told: tuple[datetime | None, Draft]) -> Merged:
    sources = [
        Source(key=key, draft_index=0, draft=one, published=published)
        for key, (published, one) in enumerate(told, 1)
    ]
    return merge(sources, gazetteer)


def sites(result: Merged) -> list[tuple[str, str | None, int | None]]:
    return [(m.site.role, m.site.place_id, m.site.count) for m in result.sites]


def test_nothing_cannot_be_merged(gazetteer: Gazetteer) -> None:
    with pytest.raises(ValueError, match="at least one"):
        merge([], gazetteer)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_later_figure_is_best_and_the_range_keeps_both(
    gazetteer: Gazetteer, order: tuple[int, int]
) -> None:
    told = [
        (FIRST, draft(munitions=figure(4))),
        (SECOND, draft(munitions=figure(7))),
    ]
    result = merged(gazetteer, *(told[n] for n in order))
    assert result.munitions == Casualties(best=7, low=4, high=7, status="stated")


def test_an_article_without_a_date_of_publication_counts_as_earliest(gazetteer: Gazetteer) -> None:
    result = merged(gazetteer, (FIRST, draft(killed=figure(2))), (None, draft(killed=figure(3))))
    assert (result.killed.low, result.killed.best, result.killed.high) == (2, 2, 3)


def test_an_article_about_the_event_outranks_a_later_one_that_recalls_it(
    gazetteer: Gazetteer,
) -> None:
    result = merged(
        gazetteer,
        (FIRST, draft(killed=figure(5))),
        (THIRD, draft(killed=figure(6), focus=False)),
    )
    assert (result.killed.best, result.killed.high) == (5, 6)
    assert not result.recalled_only


def test_an_event_that_articles_only_recall_says_so(gazetteer: Gazetteer) -> None:
    assert merged(gazetteer, (FIRST, draft(focus=False))).recalled_only


class TestCasualties:
    def test_unknown_is_not_zero(self, gazetteer: Gazetteer) -> None:
        result = merged(gazetteer, (FIRST, draft()))
        assert result.killed == Casualties(status="unknown")

    def test_silence_takes_nothing_away(self, gazetteer: Gazetteer) -> None:
        result = merged(gazetteer, (FIRST, draft(killed=figure(1))), (SECOND, draft()))
        assert result.killed == Casualties(best=1, low=1, high=1, status="stated")

    def test_a_figure_outranks_no_losses_and_the_range_keeps_the_zero(
        self, gazetteer: Gazetteer
    ) -> None:
        result = merged(
            gazetteer, (FIRST, draft(wounded=figure(2))), (SECOND, draft(wounded=figure(0)))
        )
        assert result.wounded == Casualties(best=2, low=0, high=2, status="stated")

    def test_a_denial_alone_is_neither_a_figure_nor_zero(self, gazetteer: Gazetteer) -> None:
        result = merged(gazetteer, (FIRST, draft(killed=Casualties(status="denied"))))
        assert result.killed == Casualties(status="denied")

    def test_ranges_of_articles_widen_the_range(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(wounded=figure(16, 12, 20))),
            (SECOND, draft(wounded=figure(18))),
        )
        assert result.wounded == Casualties(best=18, low=12, high=20, status="stated")


class TestDate:
    def test_the_more_exact_date_wins(self, gazetteer: Gazetteer) -> None:
        result = merged(gazetteer, (FIRST, draft()), (SECOND, draft(date="2020-11")))
        assert (result.date_start, result.date_precision) == (date(2020, 11, 17), "day")

    def test_the_date_of_most_articles_wins(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft()),
            (SECOND, draft()),
            (THIRD, draft(date="2020-11-18")),
        )
        assert result.date_start == date(2020, 11, 17)

    @pytest.mark.parametrize(
        ("text", "start", "end", "precision"),
        [
            ("2020-11-17", date(2020, 11, 17), date(2020, 11, 17), "day"),
            ("2020-09", date(2020, 9, 1), date(2020, 9, 30), "month"),
            ("2020-12", date(2020, 12, 1), date(2020, 12, 31), "month"),
            ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "month"),
            ("2007", date(2007, 1, 1), date(2007, 12, 31), "year"),
            (None, None, None, "unknown"),
        ],
    )
    def test_an_inexact_date_is_an_interval(
        self, text: str | None, start: date | None, end: date | None, precision: str
    ) -> None:
        assert interval(text) == (start, end, precision)

    def test_the_daypart_goes_with_the_clock_time(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(daypart="night", time_local="21:30")),
            (SECOND, draft(daypart="evening")),
            (THIRD, draft(daypart="evening")),
        )
        assert (result.time_local, result.daypart) == ("21:30", "night")


class TestSites:
    def test_one_place_in_one_role_is_one_site_with_the_later_count(
        self, gazetteer: Gazetteer
    ) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("impact", "green-zone", count=3),))),
            (SECOND, draft(sites=(draft_site("impact", "green-zone", count=4),))),
            (THIRD, draft(sites=(draft_site("impact", "green-zone"),))),
        )
        assert sites(result) == [("impact", "green-zone", 4)]
        assert result.sites[0].source.published == THIRD

    def test_an_area_and_a_spot_in_it_stay_two_impacts(self, gazetteer: Gazetteer) -> None:
        both = (
            draft_site("impact", "green-zone", count=5),
            draft_site("impact", "us-embassy", count=3),
        )
        result = merged(gazetteer, (FIRST, draft(sites=both)), (SECOND, draft(sites=both)))
        assert sites(result) == [("impact", "green-zone", 5), ("impact", "us-embassy", 3)]

    def test_the_more_exact_launch_place_replaces_the_area_around_it(
        self, gazetteer: Gazetteer
    ) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("launch", "daght-street-amin"),))),
            (SECOND, draft(sites=(draft_site("launch", "al-amin-al-thaniya"),))),
        )
        assert sites(result) == [("launch", "daght-street-amin", None)]

    def test_a_launch_place_that_was_not_found_yields_to_one_that_was(
        self, gazetteer: Gazetteer
    ) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("launch", "al-amin-al-thaniya"),))),
            (SECOND, draft(sites=(draft_site("launch", surface="an open field"),))),
        )
        assert sites(result) == [("launch", "al-amin-al-thaniya", None)]

    def test_a_launch_place_of_no_known_name_yields_to_one_that_it_may_be(
        self, gazetteer: Gazetteer
    ) -> None:
        vague = draft_site("launch", lat=33.302, lon=44.488, radius_m=1500, surface="the Thousand")
        exact = draft_site("launch", "daght-street-amin")
        for told in ((vague, exact), (exact, vague)):
            result = merged(
                gazetteer, (FIRST, draft(sites=told[:1])), (SECOND, draft(sites=told[1:]))
            )
            assert sites(result) == [("launch", "daght-street-amin", None)]

    def test_of_two_launch_places_that_cover_each_other_one_stays(
        self, gazetteer: Gazetteer
    ) -> None:
        here = draft_site("launch", lat=33.31, lon=44.5, radius_m=1500, surface="a field")
        there = draft_site("launch", lat=33.315, lon=44.5, radius_m=1500, surface="an orchard")
        result = merged(gazetteer, (FIRST, draft(sites=(here,))), (SECOND, draft(sites=(there,))))
        assert [m.site.surface for m in result.sites] == ["an orchard"]

    def test_launch_places_apart_are_both_kept(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("launch", "al-amin-al-thaniya"),))),
            (SECOND, draft(sites=(draft_site("launch", "baghdad-airport"),))),
        )
        assert {place for _, place, _ in sites(result)} == {
            "al-amin-al-thaniya",
            "baghdad-airport",
        }

    def test_the_whole_city_yields_to_the_spot_that_another_article_names(
        self, gazetteer: Gazetteer
    ) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("impact", "green-zone"),))),
            (SECOND, draft(sites=(draft_site("impact", "baghdad"),))),
        )
        assert sites(result) == [("impact", "green-zone", None)]

    def test_rockets_shot_down_in_the_air_are_one_site(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("intercept", surface="in the air", count=1),))),
            (SECOND, draft(sites=(draft_site("intercept", surface="mid-air"),))),
        )
        assert sites(result) == [("intercept", None, 1)]

    def test_a_target_that_was_hit_is_an_impact_only(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("target", "us-embassy"),))),
            (SECOND, draft(sites=(draft_site("impact", "us-embassy"),))),
        )
        assert sites(result) == [("impact", "us-embassy", None)]

    def test_articles_that_only_recall_the_event_add_no_site(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=(draft_site("impact", "green-zone"),))),
            (SECOND, draft(focus=False, sites=(draft_site("impact", "baghdad-airport"),))),
        )
        assert sites(result) == [("impact", "green-zone", None)]

    def test_they_do_where_nobody_else_gives_any(self, gazetteer: Gazetteer) -> None:
        result = merged(
            gazetteer,
            (FIRST, draft(sites=())),
            (SECOND, draft(focus=False, sites=(draft_site("impact", "baghdad-airport"),))),
        )
        assert sites(result) == [("impact", "baghdad-airport", None)]

    @pytest.mark.parametrize(
        ("roles", "chosen"),
        [
            (("launch", "target", "intercept", "impact"), "impact"),
            (("launch", "target", "intercept"), "intercept"),
            (("launch", "target"), "target"),
            (("launch",), "launch"),
        ],
    )
    def test_the_representative_is_the_first_placed_site_by_role(
        self, roles: tuple[str, ...], chosen: str
    ) -> None:
        found = representative([draft_site(role, "green-zone") for role in roles])
        assert found is not None
        assert found.role == chosen

    def test_an_unplaced_site_represents_nothing(self) -> None:
        assert representative([draft_site("impact")]) is None


def test_groups_are_united_over_articles_with_the_best_source(gazetteer: Gazetteer) -> None:
    result = merged(
        gazetteer,
        (FIRST, draft(claimed_by=("أهل الكهف",))),
        (SECOND, draft(claimed_by=("اهل الكهف",), denied_by=("the factions",))),
    )
    assert [(party.role, party.name, party.source.key) for party in result.parties] == [
        ("claimed_by", "اهل الكهف", 2),
        ("denied_by", "the factions", 2),
    ]


def test_victims_come_from_one_article_and_are_not_added_up(gazetteer: Gazetteer) -> None:
    girl = victim("child", "killed", 1, "female")
    result = merged(
        gazetteer,
        (FIRST, draft(victims=(girl, victim("civilian", "wounded", 5)))),
        (SECOND, draft(victims=(girl,))),
    )
    assert result.victims == (girl,)


@pytest.mark.parametrize(
    ("parties", "named", "publishers", "grade"),
    [
        ([], (), ["A"], "weak"),
        ([], (), ["A", "a"], "weak"),
        ([], (), ["A", "B"], "fair"),
        ([("claimed_by", 1)], (), ["A"], "confirmed"),
        ([("claimed_by", 1), ("denied_by", 2)], (), ["A", "B"], "confirmed"),
        ([("claimed_by", 1), ("denied_by", 1)], (), ["A", "B"], "contested"),
        ([("attributed_to", 1), ("denied_by", 2)], (1, 2), ["A", "B"], "fair"),
        ([("claimed_by", 1), ("attributed_to", 2)], (1,), ["A"], "confirmed"),
        ([("claimed_by", 1), ("attributed_to", 2)], (1, 2), ["A"], "contested"),
        ([("claimed_by", 1), ("attributed_to", 1)], (1,), ["A"], "confirmed"),
        (
            [("claimed_by", 1), ("attributed_to", 2), ("denied_by", 3)],
            (1, 3),
            ["A"],
            "contested",
        ),
        ([("attributed_to", 1), ("denied_by", 1)], (), ["A"], "contested"),
        ([("denied_by", 1)], (), ["A"], "weak"),
        ([("claimed_by", 1), ("claimed_by", 2)], (1, 2), ["A"], "contested"),
        ([("attributed_to", 1), ("attributed_to", 2)], (1, 2), ["A"], "contested"),
        ([("attributed_to", 1), ("attributed_to", 2)], (1,), ["A", "B"], "fair"),
    ],
)
def test_a_grade_is_suggested_by_rule(
    parties: list[tuple[str, int]], named: Any, publishers: list[str], grade: str
) -> None:
    assert suggested_grade(parties, named, publishers) == grade
