"""What is imported when: the layers below know no interface, and nothing slow delays the start."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import reader

HEADLESS = ("cli", "services", "storage", "capture", "formats", "domain", "assets")


def loaded(code: str) -> set[str]:
    """Return the modules that are there after some code ran in an interpreter of its own."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print('\\n'.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split("\n"))


def test_no_module_below_the_interface_imports_textual() -> None:
    names = [
        module.name
        for module in pkgutil.walk_packages(reader.__path__, "reader.")
        if module.name.split(".")[1] in HEADLESS
    ]
    assert len(names) > 30
    found = loaded("\n".join(f"import {name}" for name in names))
    assert not {name for name in found if name.split(".")[0] in ("textual", "rich")}


def test_the_screen_starts_without_what_it_does_not_need_yet() -> None:
    found = loaded("import reader.__main__, reader.services.launch, reader.tui.start\n"
                   "import reader.tui.app")  # fmt: skip
    late = {
        "sqlite_utils",
        "markdown_it",
        "pygments",
        "charset_normalizer",
        "click",
        "importlib.metadata",
        "csv",
        "urllib.request",
        "textual.widgets._text_area",
        "textual.widgets._markdown",
        "reader.capture.capture",
        "reader.capture.markdown",
        "reader.cli.main",
        "reader.formats.csv_export",
        "reader.services.exporting",
        "reader.storage.schema",
        "reader.tui.screens.dialogs.choice",
        "reader.tui.screens.dialogs.help",
        "reader.tui.widgets.note",
    }
    assert not found & late
