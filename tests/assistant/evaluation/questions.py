"""A small bank of questions about the three short articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.small import KITCHEN, OFFICE, OPERATIONS

LARGER = "The Operations Manager holds the larger budget, which spans several departments."
MONEY = "The Production Manager handles money for production only."
TRAINS = "The Sous Chef trains the young cooks at their stations."


def row(name: str, kind: str, turns: list[str], article: str | None, **more: Any) -> dict[str, Any]:
    made = {"id": name, "kind": kind, "turns": turns, "articles": [article] if article else []}
    return {**made, "evidence": [], "roles": [], "split": "test", **more}


ROWS = [
    row("budget", "direct", ["Who has the bigger budget, the operations manager or the production manager?"],
        OPERATIONS, evidence=[[LARGER], [MONEY]], roles=["Operations Manager", "Production Manager"]),
    row("then-budget", "followup", ["What is the team of the operations manager?", "And budget?"],
        OPERATIONS, evidence=[[LARGER]], roles=["Operations Manager"]),
    row("cooks", "one_role", ["Whom does the sous chef train?"], KITCHEN, evidence=[[TRAINS]], roles=["Sous Chef"]),
    row("pay", "unanswerable", ["What does a production manager earn?"], OPERATIONS, roles=["Production Manager"]),
    row("stapler", "general", ["Who invented the stapler?"], None),
    row("trained", "direct", ["What does the office manager pay for?"], OFFICE, split="train",
        evidence=[["The Office Manager pays for supplies and furniture."]], roles=["Office Manager"]),
]  # fmt: skip


def write_bank(folder: Path) -> Path:
    """Write the questions into a folder, made when it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "small.jsonl").write_text("\n".join(json.dumps(one) for one in ROWS), encoding="utf-8")
    return folder
