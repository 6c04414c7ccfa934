"""Every setting, read once: environment `ROLEWISE_*`, then `rolewise.toml` in the working or the data folder."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.backups.finishing import finish_restore
from assistant.origins import parse_origins
from assistant.reviews.passwords import PasswordError, check_hash
from corpus.library import SHIPPED_ARTICLES

SETTINGS_FILE = "rolewise.toml"
_UNSHOWN = ("URL", "TOKEN", "PASSWORD", "SECRET")  # in names of settings whose values may hold a secret
_HEADER = r"^[A-Za-z][A-Za-z0-9-]*$"


class SettingsError(Exception):
    """A setting has a value that cannot be used. The message names it and says what is expected."""


def _default_data_folder() -> Path:
    return Path(platformdirs.user_data_dir("rolewise", appauthor=False))


class Settings(BaseSettings):
    """What can be set. In `rolewise.toml` the names are in lower case without `rolewise_`."""

    model_config = SettingsConfigDict(env_prefix="ROLEWISE_", env_ignore_empty=True, extra="forbid", frozen=True)

    articles: Path | None = Field(default=None, description="Folder with articles that replaces the shipped ones.")
    data: Path = Field(default_factory=_default_data_folder, description="Folder for the index and your own articles.")
    host: str = Field(default="127.0.0.1", description="Address that `rolewise serve` listens on.")
    port: int = Field(default=7860, ge=1, le=65535, description="Port that `rolewise serve` listens on.")
    hosts: str = Field(
        default="", description="Host names served, separated by commas; loopback names are always served."
    )
    proxies: str = Field(
        default="", description="Addresses or networks of proxies whose X-Forwarded-For is believed, with commas."
    )
    questions_per_minute: int = Field(
        default=60, ge=0, description="How many questions one client may send a minute; 0 means no limit."
    )
    answers_at_once: int = Field(
        default=2, ge=1, le=64, description="How many answers are computed at once; one for each core."
    )
    leave_seconds: int = Field(
        default=0, ge=0, le=600, description="Seconds that a server told to stop answers on, while /readyz says 503."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least important lines that the log of `rolewise serve` still holds."
    )
    log_questions: bool = Field(default=False, description="Let the log hold the text of questions.")
    embed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins whose pages may show the chat and call the API, separated by commas."
    )
    root_path: str = Field(default="", description="Path that a proxy serves the chat under and takes away, /hr say.")
    allow_private_addresses: bool = Field(
        default=False, description="Let `rolewise articles add` fetch from loopback and private addresses too."
    )
    keep_questions_days: int = Field(
        default=30, ge=0, le=36_500, description="Days that questions and answers are kept; 0 keeps none."
    )
    chroma_url: str = Field(
        default="", description="Chroma server that holds the vectors; without it they are in the data folder."
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="Bearer token that a proxy before the Chroma server asks for."
    )
    chroma_token_file: Path | None = Field(default=None, description="File that holds that token.")
    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL database for what is kept; without it a file in the data folder."
    )
    database_url_file: Path | None = Field(default=None, description="File that holds the address of the database.")
    review_password_hash: SecretStr | None = Field(
        default=None, description="What `rolewise reviewers password` prints: opens the review desk with that password."
    )
    review_proxy_secret: SecretStr | None = Field(
        default=None, min_length=16, description="Secret by which a proxy that signs reviewers in is known."
    )
    review_proxy_secret_header: str = Field(
        default="X-Rolewise-Secret", pattern=_HEADER, description="Header in which that proxy sends the secret."
    )
    review_proxy_user_header: str = Field(
        default="X-Rolewise-User", pattern=_HEADER, description="Header in which that proxy sends the reviewer's name."
    )
    model: str = Field(
        default="", description="Embedding model: a folder or a hub name; empty means the trained one that comes along."
    )
    ranker: bool = Field(
        default=True, description="Let the trained ranker choose sentences; without it answers are weaker."
    )

    @field_validator("proxies")
    @classmethod
    def _networks(cls, listed: str) -> str:
        for part in filter(None, map(str.strip, listed.split(","))):
            ipaddress.ip_network(part)
        return listed

    @field_validator("articles", "data", "chroma_token_file", "database_url_file")
    @classmethod
    def _at_home(cls, folder: Path | None) -> Path | None:
        return folder.expanduser() if folder else folder

    @field_validator("review_password_hash")
    @classmethod
    def _hashed(cls, hashed: SecretStr | None) -> SecretStr | None:
        if hashed is not None:
            try:
                check_hash(hashed.get_secret_value())
            except PasswordError as error:
                raise ValueError(str(error)) from None
        return hashed

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _each_origin(cls, value: Any) -> Any:
        return parse_origins(value if isinstance(value, str) else ",".join(value))

    @field_validator("chroma_url")
    @classmethod
    def _server(cls, url: str) -> str:
        parts = urlsplit(url)
        if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0):
            raise ValueError("must be an address such as http://chroma:8000")
        if parts.username or parts.password or parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(
                "must be scheme, host and port only, such as http://chroma:8000; a token has its own setting"
            )
        return url.rstrip("/")

    @field_validator("root_path")
    @classmethod
    def _path_of_a_proxy(cls, path: str) -> str:
        path = path.rstrip("/")
        if path and (not path.startswith("/") or path.startswith("//") or set(path) & set('?#%"\\ ')):
            raise ValueError('must be a path such as "/hr"')
        return path

    @property
    def article_folders(self) -> tuple[Path, ...]:
        """The folders that articles are read from, the keeper's own last."""
        base = self.articles or SHIPPED_ARTICLES
        return (base, self.own_articles) if self.own_articles.is_dir() else (base,)

    @property
    def own_articles(self) -> Path:
        """Where `rolewise articles add` puts articles."""
        return self.data / "articles"

    def database_address(self) -> SecretStr | None:
        """Return where the records are, or None for the file in the data folder. It holds a password: never show it."""
        return self.secret("database_url")

    def secret(self, name: str) -> SecretStr | None:
        """Return a secret from its own setting or from the file that another one names. Never show it."""
        value: SecretStr | None = getattr(self, name)
        file: Path | None = getattr(self, f"{name}_file")
        called = f"ROLEWISE_{name.upper()}"
        if file is None:
            return value
        if value is not None:
            raise SettingsError(f"{called} and {called}_FILE are both set. Unset one of them.")
        try:
            return SecretStr(file.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{called}_FILE names {file}, which cannot be read. Write what it stands for into that file."
            ) from error

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let arguments win over the environment, the environment over the files."""
        here = TomlConfigSettingsSource(settings_cls, Path(SETTINGS_FILE))
        there = TomlConfigSettingsSource(settings_cls, _data_folder(here) / SETTINGS_FILE)
        return (init_settings, env_settings, here, there)


def _data_folder(here: TomlConfigSettingsSource) -> Path:
    """Return the data folder before its own file of settings is read."""
    return Path(os.environ.get("ROLEWISE_DATA") or here.toml_data.get("data") or _default_data_folder()).expanduser()


def read_settings() -> Settings:
    """Read the settings; raise SettingsError with one line for the first that cannot be used.

    When a restore of the data folder was killed half way, it is finished first; BackupError when it cannot be.
    """
    try:
        finish_restore(_data_folder(TomlConfigSettingsSource(Settings, Path(SETTINGS_FILE))))
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ROLEWISE_" + "_".join(str(part) for part in first["loc"]).upper()
        unshown = any(word in name for word in _UNSHOWN)
        value = "a value that is not shown" if unshown else f"the value {first['input']!r}"
        raise SettingsError(f"{name} has {value}: {first['msg']}. See the settings in README.md.") from None
    except (ValueError, OSError) as error:
        raise SettingsError(f"{SETTINGS_FILE} cannot be read: {error}. Mend or remove it.") from error
