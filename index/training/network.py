"""What the trainings share: texts to padded batches, vectors by mean pooling, one schedule of the learning rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

LONGEST = 160  # word pieces
_BATCH = 64  # texts at once
_WARM_UP = 0.1  # share of the steps in which the learning rate rises
_LEAST = 0.02  # of the learning rate, at the end
_PROCESSOR = Path("/proc/cpuinfo")
_BFLOAT16 = ("avx512_bf16", "amx_bf16")
_WITHOUT_DROPOUT = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}  # twice as fast on a CPU


def load_body(folder: Path) -> Any:
    """Return the transformer of a folder (BERT or MPNet), in full precision, its embeddings of words frozen."""
    from transformers import AutoModel  # noqa: PLC0415 - seconds to import

    body: Any = AutoModel.from_pretrained(str(folder), dtype=torch.float32, **_WITHOUT_DROPOUT)
    body.embeddings.requires_grad_(False)
    return body


def knows_bfloat16() -> bool:
    """Say whether this processor multiplies in bfloat16."""
    try:
        flags = _PROCESSOR.read_text(encoding="utf-8")
    except OSError:
        return False
    return any(name in flags for name in _BFLOAT16)


def load_tokenizer(folder: Path) -> Any:
    """Return the tokenizer of a folder."""
    from transformers import AutoTokenizer  # noqa: PLC0415 - seconds to import

    tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
    return tokenizer


def by_length(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Yield the places of the texts in batches of like length, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda place: lengths[place])
    for start in range(0, len(order), size):
        yield order[start : start + size]


def encode(body: Any, tokenizer: Any, texts: Sequence[str]) -> torch.Tensor:
    """Return one row of length 1 for each text, with gradients when they are on."""
    rows: list[torch.Tensor] = [torch.empty(0)] * len(texts)
    for places in by_length([len(text) for text in texts], _BATCH):
        batch = tokenizer(
            [texts[place] for place in places],
            padding=True,
            truncation=True,
            max_length=LONGEST,
            return_tensors="pt",
        )
        hidden, mask = body(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(-1)
        pooled = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)
        for row, place in zip(pooled, places, strict=True):
            rows[place] = row
    return torch.stack(rows)


def schedule(optimizer: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """Let the learning rate rise for the first tenth of the steps and fall in a straight line after it."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (_WARM_UP * steps)) * max(_LEAST, 1 - step / steps)
    )
