"""The nouns of a check: the words of a text, and what limits which of them."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checks.words import Kind


@dataclass(frozen=True, slots=True)
class Item:
    """One word. `value` is what it is compared by: a lemma, a role's name, a number, or a class like "most".

    `form` is the word as written; `degree` is 1 for "more" of it, -1 for "less"; `compared`: a form like "larger";
    `name`: written with a capital. A role that the article does not compare is content and has its `roles` too.
    A role `acts` after "by", as in "is signed by the editor", is `joined` to another by "and" or "or", and `governed`
    after "to" or "with"; any other word is `listed` after a comma, an "and" or an "or", and `definite` in "the menu"
    and "the editor's menu".
    """

    kind: Kind
    value: str
    start: int
    clause: int = 0
    form: str = ""
    denied: bool = False
    degree: int = 0
    compared: bool = False
    name: bool = False
    roles: tuple[str, ...] = ()
    acts: bool = False
    joined: bool = False
    governed: bool = False
    listed: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A word that limits or denies, and the content words that it reaches, in order."""

    by: Item
    over: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one text, in order, what limits which of them, and the text of each clause."""

    items: tuple[Item, ...]
    scopes: tuple[Scope, ...]
    clauses: tuple[str, ...]

    def content(self) -> tuple[Item, ...]:
        """Return the words that say what the text is about."""
        return self.of(Kind.CONTENT)

    def named(self) -> tuple[Item, ...]:
        """Return the roles that are named, strangers to the article included."""
        return tuple(item for item in self.items if item.roles)

    def of(self, *kinds: Kind) -> tuple[Item, ...]:
        """Return the words of some kinds."""
        return tuple(item for item in self.items if item.kind in kinds)

    def limits(self, *kinds: Kind) -> tuple[Scope, ...]:
        """Return what is limited by words of some kinds."""
        return tuple(scope for scope in self.scopes if scope.by.kind in kinds)
