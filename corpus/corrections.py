"""What a keeper knows better than a file: its title, its roles, where it came from; kept in a small file beside it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.article import CorpusError
from corpus.reading.blocks import FrontMatter, one_line

SUFFIX = ".toml"

_FIELDS = frozenset(["title", "roles", "source"])
_LARGEST = 20_000  # bytes


@dataclass(frozen=True, slots=True)
class Correction:
    """Title, roles and source that hold instead of those in the file. What is empty is left as the file says."""

    title: str = ""
    roles: tuple[str, ...] = ()
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.title or self.roles or self.source)

    def over(self, other: Correction) -> Correction:
        """Return this correction, with what it leaves empty taken from another."""
        return Correction(self.title or other.title, self.roles or other.roles, self.source or other.source)

    def applied(self, matter: FrontMatter) -> FrontMatter:
        """Return what an article says about itself, corrected."""
        return replace(
            matter,
            title=self.title or matter.title,
            roles=self.roles or matter.roles,
            source=matter.source or self.source or None,
        )

    def as_toml(self) -> str:
        """Return the text of the file that keeps this correction."""
        fields = {"title": self.title, "roles": list(self.roles), "source": self.source}
        return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if value)


def correction(title: str = "", roles: tuple[str, ...] = (), source: str = "") -> Correction:
    """Return a correction in tidy words, each role once."""
    tidy = (_printable(role) for role in roles)
    return Correction(_printable(title), tuple(dict.fromkeys(role for role in tidy if role)), _printable(source))


def beside(path: Path) -> Path:
    """Return where the correction of an article's file is kept."""
    return path.with_suffix(SUFFIX)


def read_correction(path: Path) -> Correction:
    """Return the correction kept beside an article's file, empty if there is none. Raise CorpusError for a bad one."""
    file = beside(path)
    try:
        content = file.read_bytes()[: _LARGEST + 1]
        fields: dict[str, Any] = tomllib.loads(content.decode("utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return Correction()
    except OSError as error:
        raise CorpusError(f"{file}: cannot be read ({error.strerror}). Check its permissions.") from error
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{file}: is not valid TOML ({one_line(str(error))}). Mend or remove it.") from error
    strange = sorted(set(fields) - _FIELDS)
    title, roles, source = fields.get("title", ""), fields.get("roles", []), fields.get("source", "")
    listed = isinstance(roles, list) and all(isinstance(role, str) for role in roles)
    if strange or not listed or not isinstance(title, str) or not isinstance(source, str):
        wrong = f"the field {strange[0]!r} is not known" if strange else "a field has a value of the wrong kind"
        raise CorpusError(f'{file}: {wrong}. Write title = "X vs Y", roles = ["X", "Y"], source = "https://...".')
    return correction(title, tuple(roles), source)


def _printable(text: str) -> str:
    return one_line("".join(character for character in text if character == " " or character.isprintable()))
