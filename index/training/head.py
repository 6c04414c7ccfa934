"""The network that ranks: it reads the tokens of a question beside those of a sentence, as the encoder left them.

The sentence's tokens are read as they were kept, short and compressed, and the question does not change them: what the
layers need of them (keys and values) hangs on the sentence alone.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

from index.tokens import STEPS

WIDTH, SHORT = 256, 128  # of its own vectors; of a sentence's token as it is kept
LAYERS, HEAD_WIDTH = 2, 64
DROPOUT = 0.15
_SIMILARITY, _LATE, _OFFSET = 6.0, 8.0, -8.0  # where the weights of cosine and late interaction start
_NEVER = -1e9


class Question(nn.Module):
    """What is made of a question once, whatever is read beside it."""

    def __init__(self, states: int) -> None:
        super().__init__()
        self.short = nn.Linear(states, SHORT)
        self.weight = nn.Linear(states, 1)
        nn.init.zeros_(self.weight.weight)  # all tokens count the same at first
        self.wide = nn.Linear(states, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, states: torch.Tensor, there: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return short vectors of length 1, the weights of the tokens, and the vectors that the layers begin with."""
        weights = self.weight(states).squeeze(-1).masked_fill(~there, _NEVER).softmax(-1)
        return functional.normalize(self.short(states), dim=-1), weights, self.norm(self.wide(states))


class Layer(nn.Module):
    """One layer of attention: a question's tokens look at each other and at those of a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.own, self.other, self.out = (
            nn.Linear(WIDTH, 3 * WIDTH),
            nn.Linear(WIDTH, 2 * WIDTH),
            nn.Linear(WIDTH, WIDTH),
        )
        self.wide = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, question: torch.Tensor, sentence: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """Return the question's vectors anew; `sentence` are keys and values, `there` says which tokens exist."""
        asked, keys, values = self.own(self.before(question)).chunk(3, -1)
        more_keys, more_values = sentence.chunk(2, -1)
        seen = functional.scaled_dot_product_attention(
            _in_heads(asked),
            _in_heads(torch.cat([keys, more_keys], 1)),
            _in_heads(torch.cat([values, more_values], 1)),
            attn_mask=there[:, None, None, :],
        )
        question = question + self.drop(self.out(seen.transpose(1, 2).flatten(2)))
        read: torch.Tensor = question + self.drop(self.wide(self.between(question)))
        return read


class Head(nn.Module):
    """Question and sentence in, how likely the one answers the other out."""

    def __init__(self, states: int) -> None:
        """Take the width of the encoder's long token vectors."""
        super().__init__()
        self.shorten = nn.Linear(states, SHORT)  # is put into the encoder
        self.question = Question(states)
        self.widen, self.norm = nn.Linear(SHORT, WIDTH), nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.last = nn.LayerNorm(WIDTH)
        self.judge = nn.Sequential(nn.Linear(WIDTH + 2, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))
        self.line = nn.Parameter(torch.tensor([_SIMILARITY, _LATE, _OFFSET]))

    @torch.no_grad()
    def start(self, states: torch.Tensor) -> None:
        """Let short vectors begin as the principal components of some long ones, shape (tokens, states)."""
        middle = states.mean(0)
        _, _, components = torch.pca_lowrank(states - middle, q=SHORT, center=False, niter=3)
        for layer in (self.shorten, self.question.short):
            layer.weight.copy_(components.T)
            layer.bias.copy_(-(components.T @ middle))

    def tokens(self, states: torch.Tensor) -> torch.Tensor:
        """Return a sentence's tokens as they are kept; what rounding loses is not learned around."""
        short = functional.normalize(self.shorten(states), dim=-1)
        return short + ((short * STEPS).round() / STEPS - short).detach()

    def sentence(self, tokens: torch.Tensor) -> list[torch.Tensor]:
        """Return keys and values for each layer."""
        wide = self.norm(self.widen(tokens * SHORT**0.5))
        return [layer.other(wide) for layer in self.layers if isinstance(layer, Layer)]

    def first(
        self, short: torch.Tensor, weights: torch.Tensor, tokens: torch.Tensor, there: torch.Tensor
    ) -> torch.Tensor:
        """Return the late interaction: how near each token of the question comes to one of the sentence, on average."""
        nearest = (short @ tokens.transpose(1, 2)).masked_fill(~there[:, None], -1).amax(-1)
        return (nearest * weights).sum(1)

    def forward(
        self,
        question: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
        asked: torch.Tensor,
        sentence: list[torch.Tensor],
        there: torch.Tensor,
        first: torch.Tensor,
        similarity: torch.Tensor,
    ) -> torch.Tensor:
        """Return one logit for each pair; `asked` and `there` say which tokens of question and sentence exist."""
        read, both = question[2], torch.cat([asked, there], 1)
        for layer, seen in zip(self.layers, sentence, strict=True):
            read = layer(read, seen, both)
        read = self.last(read).masked_fill(~asked[..., None], 0).sum(1) / asked.sum(1, keepdim=True)
        judged = self.judge(torch.cat([read, similarity[:, None], first[:, None]], 1)).squeeze(1)
        logits: torch.Tensor = judged + self.known(similarity, first)
        return logits

    def known(self, similarity: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        """Return the logit without the layers."""
        return self.line[0] * similarity + self.line[1] * first + self.line[2]


class _Ranking(nn.Module):
    """The head as it is used: one question beside several sentences."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(
        self, states: torch.Tensor, tokens: torch.Tensor, there: torch.Tensor, similarity: torch.Tensor
    ) -> torch.Tensor:
        """Return the logits."""
        short, weights, wide = self.head.question(states, torch.ones_like(states[..., 0], dtype=torch.bool))
        each = torch.zeros_like(similarity)[:, None]  # as many rows as sentences
        asked = each + torch.ones_like(states[..., 0]) > 0
        first = self.head.first(short, weights, tokens, there)
        question = (short, weights, wide + each[..., None])
        logits: torch.Tensor = self.head(question, asked, self.head.sentence(tokens), there, first, similarity)
        return logits


def export(head: Head, path: Path) -> None:
    """Write a head as ONNX: `states`, `tokens`, `there` and `similarity` in, `logits` out."""
    states = torch.randn(1, 7, head.shorten.in_features)
    tokens, there = torch.randn(3, 11, SHORT), torch.ones(3, 11, dtype=torch.bool)
    there[1, 6:] = False
    sentences = {0: "sentences", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # this way to export is called old, the new one needs another library
        torch.onnx.export(
            _Ranking(head.eval()),
            (states, tokens, there, torch.rand(3)),
            str(path),
            input_names=["states", "tokens", "there", "similarity"],
            output_names=["logits"],
            dynamic_axes={
                "states": {1: "asked"},
                "tokens": sentences,
                "there": sentences,
                "similarity": {0: "sentences"},
                "logits": {0: "sentences"},
            },
            opset_version=21,
            dynamo=False,
        )


def _in_heads(vectors: torch.Tensor) -> torch.Tensor:
    return vectors.reshape(*vectors.shape[:2], -1, HEAD_WIDTH).transpose(1, 2)
