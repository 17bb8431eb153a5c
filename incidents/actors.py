"""The stored actor behind a name, however the article spells it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.text import slugify

from extraction.text.lexicon import Group, groups
from gazetteer import fold
from incidents.models import NAME_LENGTH, Actor, ActorName

_ARABIC = re.compile(r"[\u0621-\u064a]")


@lru_cache(maxsize=1)
def known_groups() -> dict[str, Group]:
    """The lexicon's groups, named and described, by folded spelling."""
    found: dict[str, Group] = {}
    for group in groups():
        for spelling in group.spellings:
            found.setdefault(fold(spelling), group)
    return found


def find(name: str) -> Actor | None:
    """The stored actor with this slug or, folded, this spelling."""
    return (
        Actor.objects.filter(slug=name).first()
        or Actor.objects.filter(names__folded=ActorName.key(name)).first()
    )


def is_known_group(folded_spellings: Iterable[str]) -> bool:
    """Does the lexicon know one of these spellings as a group's own name?"""
    found = (known_groups().get(spelling) for spelling in folded_spellings)
    return any(group is not None and not group.described for group in found)


def actor_for(name: str) -> Actor:
    """The actor of that name, made and with all its known spellings when it is new."""
    name = name[:NAME_LENGTH]
    stored = ActorName.objects.filter(folded=ActorName.key(name)).select_related("actor").first()
    if stored is not None:
        return stored.actor
    group = known_groups().get(fold(name))
    if group is None:
        arabic = bool(_ARABIC.search(name))
        group = Group("" if arabic else name, name if arabic else "")
    for spelling in group.spellings:
        # An editor may have joined another spelling of this group to an actor already.
        if (actor := find(spelling)) is not None:
            break
    else:
        actor = Actor.objects.create(
            slug=_free_slug(group.en or group.ar),
            name_en=group.en,
            name_ar=group.ar,
        )
    _add_spellings(actor, {name, *group.spellings})
    return actor


def _add_spellings(actor: Actor, names: Iterable[str]) -> None:
    for name in sorted(names):
        if not ActorName.objects.filter(folded=ActorName.key(name)).exists():
            ActorName.objects.create(actor=actor, name=name)


def _free_slug(name: str) -> str:
    base = slugify(name, allow_unicode=True)[:100] or "actor"
    slug, number = base, 1
    while Actor.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
