"""Origins of other people's pages, and the path of a proxy, as settings take and refuse them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.origins import parse_origins
from assistant.settings import Settings, SettingsError, read_settings

INTRANET = "https://intranet.example"
WIKI = "http://wiki.example:8080"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ()),
        (" , ", ()),
        ("https://intranet.example", ("https://intranet.example",)),
        ("https://a.example, http://b.example:8080", ("https://a.example", "http://b.example:8080")),
        ("HTTPS://Intranet.Example:443", ("https://intranet.example",)),
        ("http://a.example:80,http://a.example", ("http://a.example",)),
        ("http://localhost:7000", ("http://localhost:7000",)),
        ("http://[::1]:7000", ("http://[::1]:7000",)),
    ],
)  # fmt: skip
def test_origins_are_kept_as_browsers_send_them(written: str, read: tuple[str, ...]) -> None:
    assert parse_origins(written) == read


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("*", "name each one"),
        ("https://*.example", "name each one"),
        ("intranet.example", "must begin with https://"),
        ("//intranet.example", "must begin with https://"),
        ("null", "must begin with https://"),
        ("file:///srv/page.html", "must begin with https://"),
        ("https://", "must begin with https://"),
        ("https://intranet.example/", "write https://intranet.example"),
        ("https://intranet.example/hr", "write https://intranet.example"),
        ("https://intranet.example?a", "write https://intranet.example"),
        ("https://intranet.example#a", "write https://intranet.example"),
        ("https://me:secret@intranet.example", "user name"),
        ("https://intranet.example:99999", "no origin"),
        ("https://intranet.example:abc", "no origin"),
        ("https://a.example;script-src", "no usable host"),
        ("https://a.example; script-src 'unsafe-inline'", "separate origins by commas"),
        ("https://a.example https://b.example", "separate origins by commas"),
        ("https://:443", "no usable host"),
        ("https://bücher.example", "must be written in ASCII: xn--bcher-kva.example"),
        ("https://good.example,http:/bad", "'http:/bad' must begin"),
    ],
)
def test_what_is_no_origin_is_refused_with_what_to_write(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        parse_origins(written)
    assert said in str(error.value)


def test_a_bad_origin_stops_the_server_with_the_name_of_the_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROLEWISE_DATA", str(tmp_path))
    monkeypatch.setenv("ROLEWISE_EMBED_ORIGINS", "https://intranet.example/start")
    with pytest.raises(SettingsError, match=r"ROLEWISE_EMBED_ORIGINS has the value .*write https://intranet\.example"):
        read_settings()
    monkeypatch.setenv("ROLEWISE_EMBED_ORIGINS", f"{INTRANET}, {WIKI}")
    assert read_settings().embed_origins == (INTRANET, WIKI)
    monkeypatch.delenv("ROLEWISE_EMBED_ORIGINS")
    (tmp_path / "rolewise.toml").write_text(f'embed_origins = ["{INTRANET}", "{WIKI}"]', encoding="utf-8")
    assert read_settings().embed_origins == (INTRANET, WIKI)


@pytest.mark.parametrize(("written", "read"), [("/hr", "/hr"), ("/hr/roles/", "/hr/roles"), ("/", ""), ("", "")])
def test_a_root_path_is_a_path(written: str, read: str, tmp_path: Path) -> None:
    assert Settings(data=tmp_path, root_path=written).root_path == read


@pytest.mark.parametrize("written", ["hr", "https://a.example/hr", "//hr", "/hr?x", "/h r"])
def test_what_is_no_root_path_is_refused(written: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must be a path"):
        Settings(data=tmp_path, root_path=written)
