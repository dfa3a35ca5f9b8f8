"""Textual imported quickly is the same Textual, and notices when another version asks for more."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from typing import Any

import pytest

from reader.tui.quick_import import StandIn, postponed

TELL = """
import dataclasses, inspect, json, sys
QUICK
from reader.tui.app import ReaderApp
from reader.tui.quick_import import StandIn, WITH_ASYNCIO, WITH_STANDARD, WITH_TEXTUAL

LIBRARIES = ("textual", "rich")
kinds, stand_ins, nodes = {}, {}, {}
for name, module in sorted(sys.modules.items()):
    if name.partition(".")[0] not in LIBRARIES:
        continue
    for key, value in vars(module).items():
        if type(value) is StandIn:
            stand_ins[f"{name}.{key}"] = ".".join(value._where)
        if isinstance(value, type) and value.__module__ == name:
            if "__dataclass_fields__" in value.__dict__:
                fields = [
                    (field.name, field.default is dataclasses.MISSING,
                     field.default_factory is dataclasses.MISSING)
                    for field in dataclasses.fields(value)
                ]
                own = value.__init__
                while hasattr(own, "__closure__") and own.__name__ == "first":
                    own = __import__("reader.domain.records").domain.records._compiled(
                        value, value.__setattr__ is not object.__setattr__)
                try:
                    signature = list(inspect.signature(own).parameters)
                except (TypeError, ValueError):
                    signature = []
                kinds[f"{name}.{key}"] = (
                    fields, signature, value.__hash__ is None,
                    value.__setattr__ is object.__setattr__, value.__match_args__,
                    value.__eq__ is object.__eq__, value.__repr__ is object.__repr__,
                )
waiting = (*WITH_STANDARD, *WITH_ASYNCIO, *WITH_TEXTUAL)
missing = [name for name in waiting if name not in sys.modules]
unreal = []
for name, where in stand_ins.items():
    module, _, key = name.rpartition(".")
    value = vars(sys.modules[module])[key]
    try:
        assert value.real is not value
        hasattr(value, "__name__")
    except Exception as error:
        unreal.append(f"{name}: {error!r}")
from textual.dom import DOMNode
import reader.tui.library.screen, reader.tui.screens.dialogs.help, reader.tui.widgets.note
def told(node):
    for cls in node.__subclasses__():
        nodes[f"{cls.__module__}.{cls.__qualname__}"] = (
            [(name, owner.__module__, owner.__qualname__) for name in cls._reactives
             for owner in cls.__mro__ if owner.__dict__.get(name) is cls._reactives[name]],
            sorted(cls._computes), cls._css_type_name, sorted(cls._css_type_names),
            [[key, [repr(binding) for binding in bindings]]
             for key, bindings in cls._merged_bindings.key_to_bindings.items()],
            cls._inherit_css, cls._inherit_bindings, cls._inherit_component_classes,
        )
        told(cls)
told(DOMNode)
print(json.dumps([kinds, stand_ins, missing, unreal, nodes]))
"""
"""Tells of all dataclasses and nodes of Textual, and of all stand-ins in it."""

QUICKLY = (
    "from reader.tui import quick_import as q;"
    " q.import_standard(); q.import_asyncio(); q.import_textual()"
)


def told(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_textual_is_the_same_when_it_is_imported_quickly() -> None:
    kinds, stand_ins, missing, unreal, nodes = told(TELL.replace("QUICK", QUICKLY))
    usual, none, _, _, usual_nodes = told(TELL.replace("QUICK", ""))
    assert kinds.keys() <= usual.keys()
    assert len(kinds) > 20
    assert {name: usual[name] for name in kinds} == kinds
    assert none == {}
    shared = nodes.keys() & usual_nodes.keys()
    assert len(shared) > 60
    assert {name: usual_nodes[name] for name in shared} == {name: nodes[name] for name in shared}
    assert unreal == []
    assert set(missing) >= {
        "textual.command",
        "textual.markup",
        "platformdirs",
        "pickle",
        "decimal",
    }
    assert stand_ins == STAND_INS


STAND_INS = {
    "rich.console.render_markup": "rich.markup.render",
    "rich.style.dumps": "pickle.dumps",
    "rich.style.loads": "pickle.loads",
    "textual.app.CommandListItem": "textual.command.CommandListItem",
    "textual.app.CommandPalette": "textual.command.CommandPalette",
    "textual.app.Provider": "textual.command.Provider",
    "textual.app.SimpleProvider": "textual.command.SimpleProvider",
    "textual.app.user_downloads_path": "platformdirs.user_downloads_path",
    "textual.css._help_renderables.render": "rich.markup.render",
    "textual.css.stylesheet.Padding": "rich.padding.Padding",
    "textual.css.stylesheet.Panel": "rich.panel.Panel",
    "textual.css.stylesheet.parse_style": "textual.markup.parse_style",
    "textual.css.stylesheet.render": "rich.markup.render",
    "textual.css.tokenizer.Padding": "rich.padding.Padding",
    "textual.css.tokenizer.Panel": "rich.panel.Panel",
    "textual.design.Padding": "rich.padding.Padding",
    "textual.design.Table": "rich.table.Table",
    "textual.dom.Tree": "rich.tree.Tree",
    "textual.notifications.uuid4": "uuid.uuid4",
    "textual.style.dumps": "pickle.dumps",
    "textual.style.loads": "pickle.loads",
    "textual.suggestions.get_close_matches": "difflib.get_close_matches",
    "textual.theme.DiscoveryHit": "textual.command.DiscoveryHit",
    "textual.theme.Hit": "textual.command.Hit",
    "textual.theme.Hits": "textual.command.Hits",
    "textual.theme.Provider": "textual.command.Provider",
}
"""What Textual takes from modules that wait: when it takes more, see whether that can wait too."""


def test_a_stand_in_does_what_the_real_thing_does() -> None:
    stands = StandIn("fractions", "Fraction")
    assert stands(1, 2) == Fraction(1, 2)
    assert isinstance(Fraction(1, 2), stands)  # type: ignore[arg-type]
    assert not isinstance(1, stands)  # type: ignore[arg-type]
    assert stands.from_float(0.5) == Fraction(1, 2)

    class Derived(stands):  # type: ignore[valid-type,misc]
        pass

    assert Derived.__mro__ == (Derived, object)


def test_a_module_that_waited_is_itself_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with postponed(("colorsys",)):
        import colorsys

        taken = colorsys.rgb_to_hls
        assert type(taken) is StandIn
    assert "colorsys" not in sys.modules
    assert colorsys.hls_to_rgb is sys.modules["colorsys"].hls_to_rgb
    assert taken(0, 0, 0) == (0, 0, 0)
