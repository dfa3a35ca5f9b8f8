import stat

import pytest

from reader.domain.errors import ReaderError, UsageError
from reader.formats.atomic import replacing


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_a_new_file_has_the_usual_permissions(tmp_path):
    path, other = tmp_path / "a.csv", tmp_path / "b.csv"
    other.touch()
    with replacing(path) as file:
        file.write("é\r\n")
        assert not path.exists()
    assert path.read_bytes() == "é\r\n".encode()
    assert path.stat().st_mode == other.stat().st_mode


def test_an_existing_file_is_only_replaced_with_force_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(0o600)
    with pytest.raises(UsageError, match="there already"), replacing(path):
        pass
    with replacing(path, force=True) as file:
        file.write("new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(TypeError), replacing(path, force=True) as file:
        file.writelines(["half", None])
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_a_full_disk_is_worded_and_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(ReaderError, match="No space left"), replacing(path, force=True):
        raise OSError(28, "No space left on device")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_a_link_stays_a_link(tmp_path):
    path, link = tmp_path / "a.csv", tmp_path / "link.csv"
    path.write_text("old")
    link.symlink_to(path)
    with replacing(link, force=True) as file:
        file.write("new")
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_a_device_is_written_to(tmp_path):
    with replacing(tmp_path.__class__("/dev/null")) as file:
        file.write("gone")


@pytest.mark.parametrize("name", [".", "missing/a.csv"])
def test_a_place_that_cannot_be_is_wrong_use(tmp_path, name):
    with pytest.raises(UsageError), replacing(tmp_path / name):
        pass


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "a.csv"
    with pytest.raises(UsageError, match="there already"), replacing(path):
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert names(tmp_path) == ["a.csv"]
