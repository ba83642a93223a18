"""Every file under src has a test module of its name, or a line in covered_by.toml with the test module that covers it."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from coverage import CoverageData

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
TESTS = ROOT / "tests"
COVERED_BY = Path(__file__).with_name("covered_by.toml")
QUICK = TESTS / "unit" / "sandbox" / "test_small_parts.py"
"""The module that is measured without --full."""


def has_statements(path: Path) -> bool:
    """Tell whether a file holds more than its description and names of others."""
    return any(
        not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
    )


FILES = [path for path in sorted(SOURCE.rglob("*.py")) if has_statements(path)]


def own_tests(path: Path) -> list[Path]:
    """Return the test modules named like a file, in the folders under tests that mirror its own; a package is named by its folder."""
    package, *folders = path.parent.relative_to(SOURCE).parts
    mirrored = Path(*(["sandbox"] if package == "deskhand_sandbox" else []), *folders)
    name = path.parent.name if path.stem == "__init__" else path.stem.strip("_")
    kinds = (TESTS, TESTS / "unit", TESTS / "contract", TESTS / "integration")
    return [found for kind in kinds if (found := kind / mirrored / f"test_{name}.py").exists()]


def read_lines() -> dict[Path, Path]:
    tables = tomllib.loads(COVERED_BY.read_text(encoding="utf-8"))
    return {ROOT / folder / name: ROOT / test for folder, lines in tables.items() for name, test in lines.items()}


LINES = read_lines()
FILES_OF_TEST: dict[Path, list[Path]] = defaultdict(list)
for source, test in LINES.items():
    FILES_OF_TEST[test].append(source)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAME = re.compile(r"\b(?:deskhand|deskhand_sandbox|tests)(?:\.\w+)+")
MODULES = {module_name(path): path for folder in (SOURCE, TESTS) for path in folder.rglob("*.py")}

PATHS = frozenset(MODULES.values())


def pattern_of(part: ast.expr, path: Path) -> str:
    """Return what a part of an f-string may be in the name of a module."""
    match part:
        case ast.Constant(value=str(text)):
            return re.escape(text)
        case ast.FormattedValue(value=ast.Name(id="__package__" | "__name__")):
            return re.escape(module_name(path.parent / "__init__.py"))
        case _:
            return r"\w+"


@cache
def named_in(path: Path) -> frozenset[Path]:
    """Return the files that one names anywhere: in imports, and in texts, as `-m deskhand` or a script for a program that it starts."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                names = [alias.name for alias in node.names]
            case ast.ImportFrom(module=module, level=level):
                package = module_name(path.parents[level - 1] / "__init__.py") if level else ""
                start = ".".join(filter(None, (package, module)))
                names = [start, *(f"{start}.{alias.name}" for alias in node.names)]
            case ast.Constant(value="deskhand"):
                names = ["deskhand.__main__"]
            case ast.JoinedStr(values=parts):
                pattern = "".join(pattern_of(part, path) for part in parts)
                names = (
                    [name for name in MODULES if re.fullmatch(pattern, name)] if pattern.startswith("deskhand") else []
                )
            case ast.Constant(value=str(text)):
                names = NAME.findall(text)
            case _:
                continue
        found |= {MODULES[name] for name in names if name in MODULES}
    return frozenset(found)


def reached_from(test: Path) -> set[Path]:
    """Return what a test module can run: what it, its conftests and whatever these name lead to."""
    conftests = [folder / "conftest.py" for folder in test.parents if folder.is_relative_to(TESTS)]
    reached: set[Path] = set()
    waiting = [test, *(path for path in conftests if path.exists())]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += named_in(path)
            waiting += [parent for folder in path.parents if (parent := folder / "__init__.py") in PATHS]
    return reached


def statements_in_functions(path: Path) -> set[int]:
    """Return the first lines of the statements that run when something is called; a stub of a protocol has none."""
    return {
        statement.lineno
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for statement in statements(function.body)
    }


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            yield statement
        if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for part in ("body", "orelse", "finalbody"):
                yield from statements(getattr(statement, part, []))
            for inner in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
                yield from statements(inner.body)


def lines_run(test: Path, folder: Path) -> dict[str, set[int]]:
    """Run a test module in a process of its own, and return which lines of the sources it and its programs ran."""
    settings = folder / "coveragerc"
    settings.write_text(
        "[run]\nconcurrency = thread,multiprocessing\nparallel = true\nsigterm = true\n"
        f"source = {SOURCE}\ndata_file = {folder / 'data'}\n"
    )
    # Python imports it before anything else, also in the programs that a test starts with an environment of its own.
    (folder / "sitecustomize.py").write_text(
        "import os\n"
        f"os.environ['COVERAGE_PROCESS_START'] = {str(settings)!r}\n"
        "import coverage\n"
        "coverage.process_startup()\n"
    )
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", str(test)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout
    found: dict[str, set[int]] = defaultdict(set)
    for file in folder.glob("data.*"):
        data = CoverageData(str(file))
        data.read()
        for source in data.measured_files():
            found[source].update(data.lines(source) or ())
    return found


def test_every_file_has_a_test_of_its_name_or_a_line():
    assert not [shown(path) for path in FILES if path not in LINES and not own_tests(path)]


def test_no_line_is_about_a_file_that_needs_none():
    gone = [shown(path) for path in LINES if path not in FILES]
    assert not gone, "not there, or nothing in it runs"
    assert not [shown(path) for path in LINES if own_tests(path)], "has a test of its name"


def test_every_line_names_a_test_module():
    wrong = [shown(test) for test in FILES_OF_TEST if not (test.exists() and test.name.startswith("test_"))]
    assert not wrong


@pytest.mark.parametrize("test", FILES_OF_TEST, ids=shown)
def test_a_named_test_module_leads_to_its_files(test: Path) -> None:
    reached = reached_from(test)
    assert not [shown(path) for path in FILES_OF_TEST[test] if path not in reached]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "measured" in metafunc.fixturenames:
        chosen = list(FILES_OF_TEST) if metafunc.config.getoption("--full") else [QUICK]
        metafunc.parametrize("measured", chosen, ids=shown)


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_named_test_module_runs_its_files(measured: Path, tmp_path: Path) -> None:
    ran = lines_run(measured, tmp_path)
    wanted = {path: statements_in_functions(path) for path in FILES_OF_TEST[measured]}
    assert not [shown(path) for path, lines in wanted.items() if lines and not lines & ran[str(path)]]
