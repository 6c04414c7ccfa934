"""What is shipped to run Rolewise in containers names only what there is. No Docker is needed to see that."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "assistant" / "deploy"
TEMPLATE = (DEPLOY / "nginx.conf.template").read_text(encoding="utf-8")
EXAMPLE = (DEPLOY / "example.env").read_text(encoding="utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
PARTS: dict[str, Any] = yaml.safe_load(COMPOSE)
SERVERS = [name for name in SERVICES if name.startswith("rolewise")]
SETTINGS = {f"ROLEWISE_{name.upper()}" for name in Settings.model_fields}
STEPS = [line for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines() if line]


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\$\{(\w+)", text))


def steps(kind: str) -> list[list[str]]:
    return [shlex.split(step)[1:] for step in STEPS if step.startswith(f"{kind} ")]


def test_two_servers_differ_in_their_address_only() -> None:
    one, other = (dict(SERVICES[name]) for name in SERVERS)
    addresses = [server.pop("networks")["inside"]["ipv4_address"] for server in (one, other)]
    assert one == other
    assert len(set(addresses)) == 2
    listed = SERVICES["nginx"]["environment"]["ROLEWISE_UPSTREAM"].split("; server ")
    assert listed == [f"{address}:7860 max_fails=0" for address in addresses]
    assert one["environment"]["ROLEWISE_PROXIES"] == SERVICES["nginx"]["networks"]["inside"]["ipv4_address"]


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_is_given_settings_that_there_are(server: str) -> None:
    assert set(SERVICES[server]["environment"]) <= SETTINGS


def test_the_environment_of_the_image_are_settings_that_there_are() -> None:
    given = {word.split("=")[0] for words in steps("ENV") for word in words}
    assert {name for name in given if name.startswith("ROLEWISE_")} <= SETTINGS


def test_nginx_is_given_all_that_its_template_asks_for() -> None:
    given = {name for name in SERVICES["nginx"]["environment"] if name.startswith("ROLEWISE_")}
    assert given == names_in(re.sub(r"(?m)^#.*", "", TEMPLATE))


def test_the_example_sets_all_that_is_asked_for_and_nothing_else() -> None:
    assert set(re.findall(r"(?m)^(\w+)=", EXAMPLE)) == names_in(re.sub(r"(?m)^\s*#.*", "", COMPOSE))


def test_only_nginx_can_be_reached_and_the_rest_reaches_nothing() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert PARTS["networks"]["inside"]["internal"] is True
    assert [name for name, service in SERVICES.items() if set(service["networks"]) != {"inside"}] == ["nginx"]


def test_secrets_are_files_and_every_one_is_used_where_it_is_read() -> None:
    for service in SERVICES.values():
        read = {value.removeprefix("/run/secrets/") for value in service.get("environment", {}).values()
                if str(value).startswith("/run/secrets/")}  # fmt: skip
        assert read == set(service.get("secrets", ()))
    assert set(PARTS["secrets"]) == {name for service in SERVICES.values() for name in service.get("secrets", ())}
    for secret in PARTS["secrets"].values():
        assert Path(secret["file"]).name in EXAMPLE


def test_servers_write_nowhere_but_to_their_data_and_to_temporary_files() -> None:
    for name in SERVERS:
        server = SERVICES[name]
        assert server["read_only"] is True
        assert (server["volumes"], server["tmpfs"], server["cap_drop"]) == (["data:/data"], ["/tmp"], ["ALL"])
    assert steps("USER")[-1] == ["rolewise"]
    assert STEPS.index("USER rolewise") < STEPS.index("EXPOSE 7860")


def test_volumes_are_declared_and_files_exist() -> None:
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())]
    assert {name for name in mounted if not name.startswith(".")} == set(PARTS["volumes"])
    for path in [name for name in mounted if name.startswith(".")]:
        assert (DEPLOY / path).is_file()
    build = SERVICES[SERVERS[0]]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    for *sources, _target in [words for words in steps("COPY") if not words[0].startswith("--from")]:
        assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_holds_all_that_is_packaged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    copied = {source for *sources, _ in steps("COPY") for source in sources}
    assert set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied
    assert {project["project"]["readme"], *project["project"]["license-files"], "pyproject.toml"} <= copied
    (image,) = {words[0] for words in steps("FROM")}
    assert image == "python:3.11-slim"  # what the hashes of torch in constraints.txt are for
    assert "torch-2.13.0+cpu-cp311-" in (DEPLOY / "lock.sh").read_text(encoding="utf-8")


def test_the_database_driver_is_pinned_with_the_rest() -> None:
    assert re.search(r"(?m)^psycopg-binary==", (DEPLOY / "constraints.txt").read_text(encoding="utf-8"))


def test_chroma_is_of_the_version_that_is_tested() -> None:
    pinned = re.search(r"(?m)^chromadb==(\S+)", (DEPLOY / "constraints.txt").read_text(encoding="utf-8"))
    assert pinned
    assert SERVICES["chroma"]["image"] == f"chromadb/chroma:{pinned[1]}"
