"""What the models are trained on, and that training makes them better on what they saw."""

import hashlib
import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.bank import BankQuestion, Kind, Split, load_bank
from corpus.chunks import Chunk
from corpus.library import SHIPPED_ARTICLES, Library, article_files, load_library
from index.encoder import BUNDLED_DIMENSION, TRAINED_MODEL, SentenceEncoder, bundled_model
from index.hits import Hit
from index.ranker import RANKER, InteractionRanker
from index.training import __main__ as command
from index.training.base import TrainingError
from index.training.encoder import SMALL_RATE, leave_out_layers, steps, train_encoder
from index.training.examples import TrainingSet, training_set
from index.training.network import by_length, encode, load_body, load_tokenizer
from index.training.quantize import quantize
from index.training.ranker import Seen, chosen, mine, train_ranker
from index.training.ranker import steps as ranker_steps
from index.weights import WEIGHTS_FOLDER
from tests.small import KITCHEN, OFFICE, OPERATIONS, PAGES

LARGER = "The Operations Manager holds the larger budget, which spans several departments."


def row(text: str, article: str, *evidence: str, split: Split = Split.TRAIN) -> BankQuestion:
    kind = Kind.DIRECT if evidence else Kind.UNANSWERABLE
    return BankQuestion(text, kind, (text,), (article,), ((evidence,) if evidence else ()), (), split)


@pytest.fixture(scope="module")
def rows() -> list[BankQuestion]:
    return [
        row("Who has more money?", OPERATIONS, LARGER),
        row("What do they earn?", OPERATIONS),
        row("Who buys furniture?", OFFICE, "The Office Manager pays for supplies and furniture."),
        row("Who writes the menu?", KITCHEN, "The Head Chef writes the menu each season.", split=Split.TEST),
    ]


@pytest.fixture(scope="module")
def data(small_library: Library, rows: list[BankQuestion]) -> TrainingSet:
    return training_set(small_library, rows)


def test_no_sentence_and_no_question_of_another_split_is_trained_on(shipped_library: Library) -> None:
    bank = load_bank()
    data = training_set(shipped_library, bank)
    apart = {article for row in bank if row.split is not Split.TRAIN for article in row.articles}
    asked = {row.turns[0] for row in bank if row.split is not Split.TRAIN}
    assert len(data.examples) > 9_000
    assert not apart & set(data.places)
    assert not asked & {example.text for example in data.examples}


def test_an_article_with_questions_of_two_splits_is_refused(small_library: Library, rows: list[BankQuestion]) -> None:
    with pytest.raises(ValueError, match=OFFICE):
        training_set(small_library, [*rows, replace(rows[2], split=Split.TEST)])


def test_a_question_knows_the_sentences_that_answer_it(data: TrainingSet) -> None:
    money, earning, _ = data.examples
    assert [data.passages[place].quote for place in money.positives] == [LARGER]
    assert earning.groups == ()


def test_a_passage_is_what_is_indexed_and_the_same_without_its_heading(data: TrainingSet) -> None:
    (passage,) = [passage for passage in data.passages if passage.quote == LARGER]
    assert passage.text == f"Budget | Operations Manager: {LARGER}"
    assert passage.bare == f"Operations Manager: {LARGER}"


def test_dialogues_are_left_out(small_library: Library, rows: list[BankQuestion]) -> None:
    dialogue = replace(rows[0], id="two", turns=("Who has more money?", "And why?"))
    assert len(training_set(small_library, [*rows, dialogue]).examples) == 3


def test_a_step_takes_two_articles_whole(data: TrainingSet) -> None:
    random.seed(0)
    ((first, second),) = steps(data)
    assert {first[0], second[0]} == {OPERATIONS, OFFICE}
    assert len(first[1]) + len(second[1]) == 3


def test_batches_hold_every_text_once(data: TrainingSet) -> None:
    assert sorted(place for batch in by_length([5, 1, 9, 3, 3], 2) for place in batch) == [0, 1, 2, 3, 4]


def seen_alike(data: TrainingSet) -> Seen:
    """Return what an encoder would say that finds every later passage a little less likely."""
    states = tuple(torch.randn(4, 16).half() for _ in data.passages)
    questions = tuple(torch.randn(3, 16).half() for _ in data.examples)
    return Seen(states, questions, torch.linspace(1, 0, len(data.passages)).expand(len(data.examples), -1))


def test_negatives_never_answer_and_the_likeliest_come_first(data: TrainingSet) -> None:
    money, earning, _ = mine(data, seen_alike(data))
    assert not set(money.own) & money.example.positives
    assert list(money.own) == sorted(money.own)
    assert {data.passages[place].article_id for place in money.own} == {OPERATIONS}
    assert {data.passages[place].article_id for place in money.foreign} == {OFFICE}
    positives, negatives = chosen(earning)
    assert positives == []
    assert len(set(negatives)) == len(negatives) >= 4


def test_an_epoch_of_the_ranker_holds_every_question_once(data: TrainingSet) -> None:
    loose = replace(data, examples=(*data.examples, replace(data.examples[1], article_id=None)))
    epoch = ranker_steps(mine(loose, seen_alike(loose)))
    assert sorted(one.place for step in epoch for one in step) == list(range(len(loose.examples)))


SHARED = "Both roles need patience."


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two articles that hold one sentence word for word."""
    folder = tmp_path_factory.mktemp("twice")
    for name in (OPERATIONS, OFFICE):
        (folder / f"{name}.md").write_text(f"{PAGES[name]}\n## Character\n\n{SHARED}\n", encoding="utf-8")
    return load_library([folder])


def trained_once(data: TrainingSet, target: Path) -> Path:
    train_encoder(data, Path(bundled_model()), target, SMALL_RATE)
    return target


def articles_of(data: TrainingSet, group: tuple[int, ...]) -> set[str]:
    return {data.passages[place].article_id for place in group}


def test_a_sentence_that_stands_in_two_articles_answers_only_a_question_on_its_own(
    twice: Library, rows: list[BankQuestion], tmp_path: Path
) -> None:
    data = training_set(twice, [row("Who has to be patient?", OFFICE, SHARED), rows[0]])
    patient = data.examples[0]
    assert len(patient.groups) == 1
    assert [data.passages[place].quote for place in patient.groups[0]] == [SHARED]
    assert articles_of(data, patient.groups[0]) == {OFFICE}
    assert (trained_once(data, tmp_path / "encoder") / "model.safetensors").is_file()


def test_a_question_on_two_articles_knows_answers_of_both(
    twice: Library, rows: list[BankQuestion], tmp_path: Path
) -> None:
    both = replace(
        row("Who has the money, and who buys furniture?", OPERATIONS, LARGER),
        articles=(OPERATIONS, KITCHEN),
        evidence=((LARGER,), ("The Head Chef writes the menu each season.",)),
    )
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, page in PAGES.items():
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    data = training_set(load_library([folder]), [both, rows[2]])
    assert [articles_of(data, group) for group in data.examples[0].groups] == [{OPERATIONS}, {KITCHEN}]
    # A step may hold its first article without its second.
    assert (trained_once(data, tmp_path / "encoder") / "model.safetensors").is_file()


def test_of_twelve_layers_two_are_left_out_and_of_fewer_none() -> None:
    from transformers import MPNetConfig, MPNetModel

    small = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2, "vocab_size": 50}
    body = MPNetModel(MPNetConfig(num_hidden_layers=12, **small))
    layers = list(body.encoder.layer)
    leave_out_layers(body)
    assert list(body.encoder.layer) == [layer for place, layer in enumerate(layers) if place not in {4, 8}]
    assert body.config.num_hidden_layers == 10
    leave_out_layers(body)
    assert len(body.encoder.layer) == 10


def test_a_small_model_of_the_other_kind_is_loaded_with_its_embeddings_frozen(tmp_path: Path) -> None:
    from transformers import MPNetConfig, MPNetModel

    small = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 2, "vocab_size": 50}
    MPNetModel(MPNetConfig(num_hidden_layers=2, **small)).save_pretrained(tmp_path)
    body = load_body(tmp_path)
    assert body.config.attention_probs_dropout_prob == 0
    assert not body.embeddings.word_embeddings.weight.requires_grad
    assert body.encoder.relative_attention_bias.weight.requires_grad


@pytest.fixture(scope="module")
def some(shipped_library: Library) -> TrainingSet:
    """A few questions on two shipped articles."""
    articles = ("data-analyst-vs-data-scientist", "hr-manager-vs-payroll-manager")
    two = [row for row in load_bank() if row.articles and row.articles[0] in articles]
    return training_set(shipped_library, two[::8])


@pytest.mark.slow
def test_the_encoder_is_trained_and_in_four_bits_nearly_the_same(some: TrainingSet, tmp_path: Path) -> None:
    folder = trained_once(some, tmp_path / "whole")
    quantize(folder, tmp_path / "encoder")
    texts = [example.text for example in some.examples[:40]]
    with torch.no_grad():
        whole = encode(load_body(folder).eval(), load_tokenizer(folder), texts).numpy()
    vectors = SentenceEncoder(str(tmp_path / "encoder")).encode(texts)
    assert vectors.shape == (40, BUNDLED_DIMENSION)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(40), abs=1e-5)
    alike = (vectors * whole).sum(axis=1)
    assert alike.mean() > 0.93  # of so small a model; 0.95 measured
    assert alike.min() > 0.85  # 0.91 measured
    assert (tmp_path / "encoder" / "model.onnx").stat().st_size < 20_000_000
    assert (folder / "model.safetensors").stat().st_size > 80_000_000  # full precision


@pytest.mark.slow
def test_the_ranker_is_trained_beside_its_encoder_and_loaded_again(some: TrainingSet, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(WEIGHTS_FOLDER / TRAINED_MODEL, tmp_path / TRAINED_MODEL))
    train_ranker(some, folder, tmp_path / RANKER)
    ranker = InteractionRanker(tmp_path / RANKER, SentenceEncoder(str(folder)))
    for asked in [example for example in some.examples if example.positives][:3]:
        right = some.passages[min(asked.positives)]
        wrong = next(passage for passage in some.passages if passage.article_id != right.article_id)
        hits = [Hit(Chunk("", one.article_id, 0, 0, one.text), 0.5, 0.5) for one in (right, wrong)]
        scores = ranker.relevance(asked.text, hits)
        assert scores[0] > scores[1], asked.text
    assert (tmp_path / RANKER / "model.onnx").stat().st_size < 20_000_000


def test_a_ranker_without_an_encoder_beside_it_is_not_trained(data: TrainingSet, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="Leave out --ranker-only"):
        command.make_ranker(data, tmp_path, tmp_path / RANKER)


def made(_data: TrainingSet, _scratch: Path, target: Path) -> None:
    target.mkdir(parents=True)
    (target / "model.onnx").write_bytes(b"weights")
    if target.name == "encoder":
        (target / "tokenizer.json").write_bytes(b"weights")


@pytest.mark.parametrize(
    ("option", "files"),
    [
        ([], ["encoder/model.onnx", "encoder/tokenizer.json", "ranker/model.onnx"]),
        (["--known-only"], []),
        (["--ranker-only"], ["ranker/model.onnx"]),
    ],
)
def test_the_command_makes_what_is_asked_for_and_writes_its_sums(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, option: list[str], files: list[str]
) -> None:
    read: list[tuple[int, Path]] = []
    monkeypatch.setattr(command, "make_encoder", made)
    monkeypatch.setattr(command, "make_ranker", made)
    monkeypatch.setattr(command, "make_known", lambda library, encoder: read.append((len(library.articles), encoder)))
    monkeypatch.setattr("sys.argv", ["training", "--target", str(tmp_path), *option])
    command.main()
    shipped = sum(1 for _ in article_files(SHIPPED_ARTICLES))
    assert read == [(shipped, tmp_path / "encoder")]
    digest = hashlib.sha256(b"weights").hexdigest()
    assert (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines() == [f"{digest}  {file}" for file in files]


def test_the_command_says_what_is_missing_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise TrainingError("The package onnx is not installed.")

    monkeypatch.setattr(command, "make_encoder", fail)
    monkeypatch.setattr("sys.argv", ["training", "--target", str(tmp_path)])
    with pytest.raises(SystemExit, match="The package onnx is not installed"):
        command.main()
    assert not list(tmp_path.iterdir())


def test_vectors_are_those_of_the_encoder_in_use(data: TrainingSet) -> None:
    base = Path(bundled_model())
    with torch.no_grad():
        rows = encode(load_body(base).eval(), load_tokenizer(base), ["one budget", "a far longer text about teams"])
    assert torch.allclose(rows.norm(dim=1), torch.ones(2), atol=1e-5)
