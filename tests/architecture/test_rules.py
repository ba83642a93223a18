"""Rules that no linter knows. import-linter keeps the arrows between the packages."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.domain.capabilities import Feature
from deskhand.vendors.registry import REGISTRY

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "deskhand"
SANDBOX = ROOT / "src" / "deskhand_sandbox"
MODULES = sorted(path for package in (SOURCE, SANDBOX) for path in package.rglob("*.py"))
VENDOR_MODULES = {"__init__", "info", "wire", "api", "mapping", "writing", "adapter"}

CATCH_EVERYTHING = {
    "start_failures.py",  # whatever stops a start is told, a mistake of ours too
    "secrets/worker.py",  # any keyring backend may raise anything
    "sync/runner.py",  # a mistake of ours in one account's round ends neither that account nor another
    "sync/outbox_worker.py",  # nor does one in a step of the outbox
    "sync/event_scheduler.py",  # nor does one in what is due of one kind hold up the others
}
BEFORE_FIRST_PAINT = {"httpx", "pydantic", "aiohttp", "keyring", "starlette", "uvicorn"}
"""nh3 is not among them: 1 ms, measured."""


def name(path: Path) -> str:
    return path.relative_to(SOURCE if path.is_relative_to(SOURCE) else SANDBOX.parent).as_posix()


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        kind is None or (isinstance(kind, ast.Name) and kind.id in ("Exception", "BaseException")) for kind in kinds
    )


def hands_it_on(handler: ast.ExceptHandler) -> bool:
    """Tell whether the handler tidies up and raises the same again, or gives it whole to whoever waits for the result."""
    if any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler)):
        return True
    (only, *more) = handler.body
    return (
        not more and isinstance(only, ast.Assign) and isinstance(only.value, ast.Name) and only.value.id == handler.name
    )


def imports(module: ast.AST) -> Iterator[str]:
    """Yield the modules that are imported when this one is, not those inside functions or for type checkers."""
    for node in ast.iter_child_nodes(module):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.If(test=ast.Name(id="TYPE_CHECKING")):
                pass
            case _:
                yield from imports(node)


def test_everything_is_caught_in_five_places_of_the_product():
    found = {
        name(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and catches_everything(node) and not hands_it_on(node)
    }
    assert found == CATCH_EVERYTHING


def test_tasks_are_made_by_their_scope_only():
    """`asyncio.TaskGroup.create_task` has an owner as well; the bare function has none."""
    found = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            is_loose = isinstance(owner, ast.Name) and owner.id in ("asyncio", "loop")
            if node.func.attr in ("create_task", "ensure_future") and is_loose:
                found.add(name(path))
    assert found == {"sync/tasks.py"}


def test_every_vendor_has_the_same_files():
    for vendor, spec in REGISTRY.items():
        files = {path.stem for path in (SOURCE / "vendors" / vendor).glob("*.py")}
        readable = {"reading"} if Feature.LIST in spec.info.can else set()
        assert files >= VENDOR_MODULES | readable, vendor
    folders = {path.name for path in (SOURCE / "vendors").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(REGISTRY)


@pytest.mark.parametrize("vendor", REGISTRY)
def test_a_facet_has_the_same_class_name_at_every_vendor(vendor):
    port = {
        node.name
        for node in ast.walk(tree(SOURCE / "domain" / "ports" / "connection.py"))
        if isinstance(node, ast.ClassDef)
    }
    adapter = tree(SOURCE / "vendors" / vendor / "adapter.py")
    (connection,) = (node for node in adapter.body if isinstance(node, ast.ClassDef) and node.name == "Connection")
    facets = {node.annotation for node in connection.body if isinstance(node, ast.AnnAssign)}
    named = {ast.unparse(annotation).removesuffix(" | None") for annotation in facets}
    assert named <= port | {"ReplySender", "NoteSender"}


def test_the_domain_is_the_standard_library_alone():
    for path in (SOURCE / "domain").rglob("*.py"):
        foreign = {m.partition(".")[0] for m in imports(tree(path))} - set(sys.stdlib_module_names) - {"deskhand"}
        assert not foreign, name(path)
        inner = {m for m in imports(tree(path)) if m.startswith("deskhand.") and not m.startswith("deskhand.domain")}
        assert not inner, name(path)


def test_dataclasses_of_the_program_cost_nothing_at_start():
    """resources/docs/decisions/0013-dataclasses-compiled-at-first-use.md."""
    standard = re.compile(r"^from dataclasses import .*\bdataclass\b|dataclasses\.dataclass\(", re.MULTILINE)
    ours = [path for path in SOURCE.rglob("*.py") if path.name != "lazy_dataclass.py"]
    assert not [name(path) for path in ours if standard.search(path.read_text(encoding="utf-8"))]


def test_there_is_no_drawer_for_odds_and_ends():
    assert not [name(p) for p in MODULES if {"utils", "common", "helpers", "misc"} & {*p.parts, p.stem}]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_is_about_one_noun_and_says_which(path):
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert len(text.splitlines()) <= 400


def test_every_dependency_says_why_it_is_there():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads("\n".join(lines))
    wanted = {*project["project"]["dependencies"], *project["dependency-groups"]["dev"]}
    silent = []
    for dependency in sorted(wanted):
        at = next(number for number, line in enumerate(lines) if f'"{dependency}"' in line)
        above = next(line for line in reversed(lines[:at]) if not line.strip().startswith('"'))
        if not above.strip().startswith("#"):
            silent.append(dependency)
    assert not silent


def loaded_by(code: str) -> set[str]:
    ask = f"import sys, json\n{code}\nprint(json.dumps(sorted({{m.partition('.')[0] for m in sys.modules}})))"
    ran = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, timeout=60, check=True)
    return set(json.loads(ran.stdout))


def test_the_program_starts_without_qt_and_without_the_network():
    """`deskhand --version`, `tickets` and the sandbox must not pay for the window."""
    loaded = loaded_by("import deskhand.__main__, deskhand.bootstrap; deskhand.__main__.parser()")
    assert not loaded & (BEFORE_FIRST_PAINT | {"PySide6", "qasync"})


def test_qt_is_imported_in_ui_and_by_the_demo_that_drives_it():
    found = {
        name(path)
        for path in MODULES
        if not name(path).startswith(("ui/", "demo/"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if module.partition(".")[0] in ("PySide6", "qasync")
    }
    assert not found


def test_the_window_paints_before_anything_of_the_network_is_imported():
    loaded = loaded_by("import deskhand.window_start, deskhand.ui.app, deskhand.ui.window")
    assert "PySide6" in loaded
    assert not loaded & BEFORE_FIRST_PAINT


def test_what_happens_later_is_a_timer_that_stops_with_its_window():
    """`singleShot` goes off after the profile is closed; a QTimer with a parent is stopped before (`WindowClosing.rest`)."""
    calls = [call for path in MODULES for call in re.findall(r"singleShot\(([^,]*),", path.read_text("utf-8"))]
    assert set(calls) == {"0"}


def test_one_module_lets_qt_cut_a_text_to_a_width():
    """Qt measures all of a text, and a name or a subject may be as long as a mail."""
    assert {name(path) for path in MODULES if ".elidedText(" in path.read_text("utf-8")} == {"ui/kit/one_line.py"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name)
def test_the_modules_that_a_package_lists_are_there(path: Path) -> None:
    """A line of a package's list: four blanks, module names with blanks, commas or slashes between, then two blanks and a text."""
    text = ast.get_docstring(tree(path), clean=False) or ""
    listed = re.findall(r"^    ([a-z_]+(?:,? [a-z_]+)*)/?(?:  |: |$)", text, re.MULTILINE)
    names = {one for line in listed for one in re.split(r",? ", line)}
    there = {one.stem for one in path.parent.iterdir()} | {"bootstrap"}
    assert names <= there, f"not there: {names - there}"
