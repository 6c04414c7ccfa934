"""A real nginx before the server, from the configuration that is shipped, with a certificate made on the spot."""

from __future__ import annotations

import os
import shutil
import socket
import string
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import assistant

TEMPLATE = Path(assistant.__file__).parent / "deploy" / "nginx.conf.template"
CURE = "No nginx or no openssl found. Get them with `apt-get install nginx openssl`."
_MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/rolewise.conf;
}}
"""


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def nginx(folder: Path, port: int, upstream: int | Sequence[int], root_path: str) -> Iterator[str]:
    """Run nginx on the port before one server or several; its address of Rolewise is good while the context lasts."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not program or not shutil.which("openssl"):
        pytest.skip(CURE)
    _configure(folder, port, [upstream] if isinstance(upstream, int) else upstream, root_path)
    running = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _wait_for(port, running, folder)
        yield f"https://127.0.0.1:{port}{root_path}"
    finally:
        running.terminate()
        running.wait(timeout=10)


def _configure(folder: Path, port: int, upstreams: Sequence[int], root_path: str) -> None:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1"
    made = [*command.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, check=True, capture_output=True)
    values = {
        "ROLEWISE_NAME": "127.0.0.1",
        "ROLEWISE_LISTEN": f"127.0.0.1:{port}",
        "ROLEWISE_ROOT_PATH": root_path,
        "ROLEWISE_UPSTREAM": "; server ".join(f"127.0.0.1:{upstream} max_fails=0" for upstream in upstreams),
        "ROLEWISE_CERTIFICATE": str(certificate),
        "ROLEWISE_CERTIFICATE_KEY": str(key),
    }
    server = string.Template(TEMPLATE.read_text(encoding="utf-8")).safe_substitute(values)
    (folder / "rolewise.conf").write_text(server, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, user=user), encoding="utf-8")


def _wait_for(port: int, running: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if running.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"nginx did not start: {(folder / 'error.log').read_text(encoding='utf-8')}")
