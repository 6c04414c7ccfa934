from __future__ import annotations

import re

from starlette.testclient import TestClient

from assistant.web.app import STATIC


def test_the_chat_page_names_all_of_its_own_files_at_once(client: TestClient) -> None:
    named = set(re.findall(r"<static/rolewise/([^>]+)>", client.get("/").headers["Link"]))
    needed, known = ["chat.js"], set()
    while needed:
        name = needed.pop()
        known.add(name)
        needed += re.findall(r'from "\./([^"]+)"', (STATIC / name).read_text(encoding="utf-8"))
    assert named == {*known, "chat.css"}
    assert all(client.get(f"/static/rolewise/{name}").status_code == 200 for name in named)


def test_other_pages_name_none(client: TestClient) -> None:
    assert "Link" not in client.get("/articles").headers
