"""Where the program's own files are, in a checkout and in a wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader import assets
from reader.domain.errors import CodebookError, ReaderError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Pretend that the package lies in an empty folder."""
    folder = tmp_path / "site" / "reader"
    folder.mkdir(parents=True)
    monkeypatch.setattr(assets, "_PACKAGE", folder)
    assets.builtin_codebooks.cache_clear()
    assets.load_builtin.cache_clear()
    yield folder
    assets.builtin_codebooks.cache_clear()
    assets.load_builtin.cache_clear()


def test_this_installation_is_complete() -> None:
    assert assets.styles_dir().is_dir()
    assert assets.seeds_dir().is_dir()
    assert assets.codebooks_dir().is_dir()
    assert assets.sample_article().is_file()
    assert assets.styles_dir().is_absolute()


def test_the_default_codebook_comes_first() -> None:
    found = assets.builtin_codebooks()
    assert list(found) == [
        "credibility-7",
        "admiralty",
        "checkworthy",
        "said",
        "stance",
        "verdict-6",
    ]
    assert assets.load_builtin().id == "credibility-7"
    assert assets.load_builtin("stance") is assets.load_builtin("stance")


def test_unknown_codebook() -> None:
    with pytest.raises(CodebookError) as caught:
        assets.load_builtin("no\x1bsuch")
    assert "\x1b" not in caught.value.message
    assert "verdict-6" in caught.value.hint


def test_inside_the_package_comes_first(package: Path) -> None:
    (package.parent / "styles").mkdir()
    assert assets.styles_dir() == package.parent / "styles"
    (package / "styles").mkdir()
    assert assets.styles_dir() == package / "styles"


def test_an_incomplete_installation_says_so(package: Path) -> None:
    for find in (assets.styles_dir, assets.seeds_dir, assets.codebooks_dir, assets.load_builtin):
        with pytest.raises(ReaderError, match="installation is incomplete") as caught:
            find()
        assert "pip install" in caught.value.hint
    (package / "seeds").mkdir()
    with pytest.raises(ReaderError, match="sample article"):
        assets.sample_article()
    (package / "codebooks").mkdir()
    with pytest.raises(ReaderError, match="codebook credibility-7"):
        assets.builtin_codebooks()


def test_in_a_wheel(package: Path) -> None:
    source = Path(__file__).resolve().parent.parent / "reader" / "codebooks"
    shutil.copytree(source, package / "codebooks")
    assert assets.codebooks_dir() == package / "codebooks"
    assert assets.load_builtin("admiralty").version == 1


def test_light_imports() -> None:
    code = "import sys, reader.assets; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"importlib.metadata", "importlib.resources", "textual", "sqlite3", "click"}
