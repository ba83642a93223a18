"""What modules may import from each other, beyond the contracts between packages in pyproject.toml."""

import ast
import dataclasses
import enum
import graphlib
import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

SOURCE = Path(__file__).parents[2] / "src"


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}
UI_MODULES = [name for name in MODULES if name.startswith("deskhand.ui.")]


def runtime_imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield module and name of what is imported together with a module: not inside functions, not for type checkers."""
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import():
                yield from ((alias.name, "") for alias in child.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield from ((module, alias.name) for alias in child.names)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.If(test=ast.Name(id="TYPE_CHECKING")):
                pass
            case _:
                yield from runtime_imports(child)


def imports_of(name: str) -> list[tuple[str, str]]:
    return list(runtime_imports(ast.parse(MODULES[name].read_text(encoding="utf-8"))))


def defines_a_widget(name: str) -> bool:
    module = importlib.import_module(name)
    return any(
        issubclass(one, QWidget) and one.__module__ == name for _, one in inspect.getmembers(module, inspect.isclass)
    )


def is_value(module: str, name: str) -> bool:
    """Tell whether a name of a service is a frozen record, an enumeration or a constant."""
    found = getattr(importlib.import_module(module), name)
    if isinstance(found, type) and issubclass(found, enum.Enum):
        return True
    return name.isupper() or (dataclasses.is_dataclass(found) and found.__setattr__ is not object.__setattr__)


def test_no_module_imports_itself_by_way_of_others():
    graph = {}
    for name in MODULES:
        wanted = {f"{module}.{part}" if f"{module}.{part}" in MODULES else module for module, part in imports_of(name)}
        graph[name] = (wanted & MODULES.keys()) - {name}

    try:
        order = list(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as circle:
        pytest.fail(" -> ".join(circle.args[1]))
    assert set(order) == set(MODULES)


@pytest.mark.parametrize("name", UI_MODULES)
def test_widgets_take_values_from_the_services_and_call_none(name):
    """A pane shows values and emits signals; presenters call the services."""
    if not defines_a_widget(name):
        return
    called = [
        f"{module}.{part}"
        for module, part in imports_of(name)
        if module.startswith("deskhand.services") and not is_value(module, part)
    ]
    assert not called
