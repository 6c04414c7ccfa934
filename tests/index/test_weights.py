"""Trained weights are used only as they were shipped."""

import hashlib
from pathlib import Path

import pytest

from index.hits import SearchError
from index.weights import FILE_NAMES, SUMS, WEIGHTS_FOLDER, trained, weights_file, weights_hash

MODELS = ("encoder", "ranker")


def shipped(
    folder: Path, content: bytes = b"weights", known: bytes = b"weights", file: str = "model.safetensors"
) -> Path:
    (folder / "ranker").mkdir()
    (folder / "ranker" / file).write_bytes(content)
    (folder / SUMS).write_text(f"{hashlib.sha256(known).hexdigest()}  ranker/{file}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("file", FILE_NAMES)
def test_weights_as_they_were_shipped_are_used(tmp_path: Path, file: str) -> None:
    assert trained("ranker", shipped(tmp_path, file=file)) == tmp_path / "ranker"


@pytest.mark.parametrize("file", FILE_NAMES)
def test_the_file_of_the_weights_is_found_in_either_form(tmp_path: Path, file: str) -> None:
    folder = shipped(tmp_path, file=file) / "ranker"
    assert weights_file(folder) == folder / file
    assert weights_file(tmp_path) is None


def test_weights_that_are_left_out_are_no_error(tmp_path: Path) -> None:
    assert trained("ranker", tmp_path) is None


@pytest.mark.parametrize("file", FILE_NAMES)
def test_weights_with_one_byte_changed_are_refused_with_the_cure(tmp_path: Path, file: str) -> None:
    with pytest.raises(SearchError, match=rf"{file} is not the file that was shipped .*Install Rolewise"):
        trained("ranker", shipped(tmp_path, content=b"weightz", file=file))


def test_weights_that_no_sum_is_known_of_are_refused(tmp_path: Path) -> None:
    (shipped(tmp_path) / SUMS).unlink()
    with pytest.raises(SearchError, match="not the file that was shipped"):
        trained("ranker", tmp_path)


def with_tokenizer(folder: Path, content: bytes = b"{}") -> Path:
    """Ship weights together with a tokenizer, and write another content into it."""
    sums = shipped(folder) / SUMS
    listed = f"{hashlib.sha256(b'{}').hexdigest()}  ranker/tokenizer.json\n"
    sums.write_text(sums.read_text(encoding="utf-8") + listed, encoding="utf-8")
    (folder / "ranker" / "tokenizer.json").write_bytes(content)
    return folder


def test_a_tokenizer_as_it_was_shipped_is_used(tmp_path: Path) -> None:
    assert trained("ranker", with_tokenizer(tmp_path)) == tmp_path / "ranker"


def test_a_tokenizer_that_was_changed_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match=r"tokenizer\.json is not the file that was shipped .*Install Rolewise"):
        trained("ranker", with_tokenizer(tmp_path, b'{"lowercase": false}'))


def test_a_tokenizer_that_is_gone_is_missed(tmp_path: Path) -> None:
    (with_tokenizer(tmp_path) / "ranker" / "tokenizer.json").unlink()
    with pytest.raises(SearchError, match=r"tokenizer\.json is missing, .*SHA256SUMS lists it\. Install Rolewise"):
        trained("ranker", tmp_path)


@pytest.mark.parametrize("file", ["config.json", "1_Pooling/config.json"])
def test_a_file_beside_the_weights_that_was_not_shipped_is_refused(tmp_path: Path, file: str) -> None:
    added = with_tokenizer(tmp_path) / "ranker" / file
    added.parent.mkdir(exist_ok=True)
    added.write_text("{}", encoding="utf-8")
    with pytest.raises(SearchError, match=rf"{file} is not the file that was shipped"):
        trained("ranker", tmp_path)


@pytest.mark.parametrize("name", MODELS)
def test_the_sums_list_all_that_a_shipped_model_hangs_on(name: str) -> None:
    listed = {line.split()[1] for line in (WEIGHTS_FOLDER / SUMS).read_text(encoding="utf-8").splitlines()}
    files = {path.relative_to(WEIGHTS_FOLDER).as_posix() for path in (WEIGHTS_FOLDER / name).iterdir()}
    assert f"{name}/model.onnx" in files
    assert files == {path for path in listed if path.startswith(f"{name}/")}


@pytest.mark.parametrize("name", MODELS)
def test_the_package_brings_both_models_under_fifty_megabytes(name: str) -> None:
    folder = trained(name)
    assert folder is not None
    file = weights_file(folder)
    assert file is not None
    assert file.stat().st_size <= 50_000_000


@pytest.mark.parametrize("name", MODELS)
def test_nothing_in_a_model_folder_could_run_code(name: str) -> None:
    harmless = {".safetensors", ".onnx", ".json", ".txt"}
    files = [path for path in (WEIGHTS_FOLDER / name).rglob("*") if path.is_file()]
    assert {path.suffix for path in files} <= harmless


def test_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    assert weights_hash(shipped(tmp_path) / "ranker") == hashlib.sha256(b"weights").hexdigest()
