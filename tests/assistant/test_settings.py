"""A setting comes from the environment, else from a file, else from its default; a bad one is named in one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.settings import SETTINGS_FILE, Settings, SettingsError, read_settings
from corpus.library import SHIPPED_ARTICLES


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, an empty data folder, and nothing else set."""
    for name in [name for name in os.environ if name.upper().startswith("ROLEWISE_")]:
        monkeypatch.delenv(name)
    for folder in ("working", "data"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "working")
    monkeypatch.setenv("ROLEWISE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def write(text: str, folder: Path | None = None) -> None:
    ((folder or Path.cwd()) / SETTINGS_FILE).write_text(text, encoding="utf-8")


def test_without_anything_set_the_defaults_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLEWISE_DATA")
    settings = read_settings()
    assert (settings.host, settings.port, settings.hosts, settings.model) == ("127.0.0.1", 7860, "", "")
    assert settings.article_folders[0] == SHIPPED_ARTICLES
    assert settings.data.name == "rolewise"
    assert settings.data.is_absolute()


def test_the_environment_beats_the_working_folder_which_beats_the_data_folder(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('port = 1001\nhost = "data"\nmodel = "data"', data)
    write('port = 1002\nhost = "working"')
    monkeypatch.setenv("ROLEWISE_PORT", "1003")
    settings = read_settings()
    assert (settings.port, settings.host, settings.model, settings.hosts) == (1003, "working", "data", "")


def test_an_argument_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEWISE_PORT", "1003")
    assert Settings(port=1004).port == 1004


def test_settings_are_read_anew_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().host == "127.0.0.1"
    monkeypatch.setenv("ROLEWISE_HOST", "::1")
    assert read_settings().host == "::1"


@pytest.mark.parametrize("port", ["many", "0", "65536", "80.5"])
def test_a_bad_value_in_the_environment_gives_one_line_that_names_it(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLEWISE_PORT", port)
    assert said().startswith(f"ROLEWISE_PORT has the value '{port}': Input should be ")
    assert said().endswith("See the settings in README.md.")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ('port = "many"', "ROLEWISE_PORT has the value 'many'"),  # no number
        ('hosts = ["a", "b"]', "ROLEWISE_HOSTS has the value ['a', 'b']"),  # a list
        ('colour = "red"', "ROLEWISE_COLOUR has the value 'red'"),  # no such setting
        ("port = ", f"{SETTINGS_FILE} cannot be read"),  # no TOML
        ("\ufeffport = 1", f"{SETTINGS_FILE} cannot be read"),  # nor this
    ],
)
def test_a_bad_file_gives_one_line_that_names_what_is_wrong(file: str, says: str, data: Path) -> None:
    for folder in (data, Path.cwd()):
        write(file, folder)
        assert says in said()
        (folder / SETTINGS_FILE).unlink()


def said() -> str:
    with pytest.raises(SettingsError) as raised:
        read_settings()
    (line,) = str(raised.value).splitlines()
    return line


def test_own_articles_are_read_after_the_shipped_ones_once_there_are_some(data: Path) -> None:
    assert read_settings().article_folders == (SHIPPED_ARTICLES,)
    (data / "articles").mkdir()
    assert read_settings().article_folders == (SHIPPED_ARTICLES, data / "articles")


def test_a_folder_of_articles_replaces_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEWISE_ARTICLES", str(tmp_path))
    assert read_settings().article_folders == (tmp_path,)


def test_every_setting_says_what_it_means() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_an_empty_variable_is_an_unset_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEWISE_ARTICLES", "")
    monkeypatch.setenv("ROLEWISE_DATA", "")
    settings = read_settings()
    assert settings.articles is None
    assert settings.data != Path()


def test_the_home_folder_may_be_written_as_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ROLEWISE_DATA", raising=False)
    Path("rolewise.toml").write_text('data = "~/roles"', encoding="utf-8")
    assert read_settings().data == Path.home() / "roles"


def test_the_file_in_a_data_folder_set_in_a_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "rolewise.toml").write_text("port = 5", encoding="utf-8")
    (tmp_path / "rolewise.toml").write_text(f"data = '{tmp_path / 'data'}'", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ROLEWISE_DATA", raising=False)
    assert read_settings().port == 5


@pytest.mark.parametrize("value", ["proxy.example", "10.0.0.0/33", "10.0.0.1, x"])
def test_proxies_are_addresses_or_networks(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("ROLEWISE_PROXIES", value)
    with pytest.raises(SettingsError, match="ROLEWISE_PROXIES"):
        read_settings()
