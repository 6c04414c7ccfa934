"""Which roles of a library a message means, given those that a conversation speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.pronouns import one_person, pointing_back, replaced
from assistant.references import DESCRIBED, FIRST, OTHER, SECOND, about_the_boss, merged, short_names
from assistant.understood import Understood
from corpus.catalogue import Catalogue
from corpus.role_finder import Mention, RoleFinder

_PAIR = 2


class SpokenOf:
    """Knows how the roles of one library stand to each other."""

    def __init__(
        self,
        catalogue: Catalogue,
        finder: RoleFinder,
        partners: Mapping[str, Sequence[str]],
        superiors: Mapping[str, str],
    ) -> None:
        """Find roles with `finder`. `partners` are the roles each is compared with, `superiors` whom it reports to."""
        self._catalogue = catalogue
        self._finder = finder
        self._partners = partners
        self._superiors = dict(superiors)

    def mentions(self, message: str, before: Understood) -> tuple[Mention, ...]:
        """Return the roles that a message names, short names of the roles spoken of included."""
        found = self._finder.find(message, misspelt=True)
        spoken_of = tuple(dict.fromkeys((*before.roles, *before.pair)))
        around = tuple(dict.fromkeys((*spoken_of, *(other for role in before.roles for other in self.others(role)))))
        far = tuple(dict.fromkeys((*around, *before.earlier)))
        for near in (spoken_of, around, far):
            if len(near) >= _PAIR:
                roles = tuple(self._catalogue.roles[name] for name in near if name in self._catalogue.roles)
                found = merged(short_names(roles).find(message), found)
        return found

    def meant(self, message: str, before: Understood) -> tuple[str, ...]:
        """Return the roles of which "the other one" or "the first one" is one; none when nothing is meant so."""
        for pattern, place in ((FIRST, 0), (SECOND, 1)):
            if pattern.search(message) and len(before.pair) == _PAIR:
                return (before.pair[place],)
        if about_the_boss(message):
            return self.above(before.answering or before.roles)[:1] or self._apart(before)[:1]
        if OTHER.search(message):
            return self._apart(before)
        described = self._apart(before) if DESCRIBED.fullmatch(message) else ()
        return described if len(described) == 1 else ()

    def _apart(self, before: Understood) -> tuple[str, ...]:
        """Return the roles of which one is the other one."""
        said = before.answering or before.roles
        if others := tuple(role for role in before.pair if role not in said):
            return others
        if len(before.roles) == _PAIR:
            return before.roles[1:]
        return tuple(other for role in before.roles for other in self.others(role))

    def stood_for(self, one: bool, before: Understood, named: Sequence[str]) -> tuple[str, ...]:
        """Return the roles that a pronoun for `one` person or for several means, none of those `named` beside it."""
        singled = before.answering if one and len(before.answering) == 1 else ()
        return tuple(role for role in singled or before.roles or before.answering if role not in named)

    def spelt_out_beside(self, text: str, found: Sequence[Mention], before: Understood) -> str:
        """Return a text with the role spoken of before in the place of a pronoun that means none of the names there."""
        pronoun = pointing_back(text, found)
        if not pronoun:
            return text
        beside = {role for mention in found for role in mention.roles}
        meant = self.stood_for(one_person(pronoun), before, tuple(beside))
        return (replaced(text, pronoun, meant) if meant else None) or text

    def others(self, role: str) -> tuple[str, ...]:
        """Return the roles that one is compared with."""
        return tuple(self._partners.get(role, ()))

    def above(self, roles: Sequence[str]) -> tuple[str, ...]:
        """Return whom these roles report to, as far as the articles say."""
        return tuple(self._superiors[role] for role in roles if role in self._superiors)

    def pair(self, roles: tuple[str, ...], before: Understood) -> tuple[str, ...]:
        """Return the last two roles spoken of when these are asked about."""
        together = tuple(dict.fromkeys((*roles, *before.pair)))
        pair = roles if len(roles) >= _PAIR else together if len(together) == _PAIR else (before.pair or roles)
        if len(roles) == 1 and roles[0] not in pair:
            pair = roles
        if len(pair) == 1 and len(others := self.others(pair[0])) == 1:
            pair = (*pair, *others)
        return pair
