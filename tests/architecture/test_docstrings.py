"""Docstrings name what exists: parameters, attributes, signals, problems, and the identifiers between backquotes."""

import ast
import builtins
import inspect
import keyword
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import accumulate
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("docstrings")  # every file of the project is read once
SOURCES = ("src", "packaging", "tests")
NAMING_OTHERS = (Path(__file__), Path(__file__).with_name("test_terms.py"))
"""Modules whose texts hold names that are none, or no more."""

SECTION = re.compile(r"^( *)(Args|Attributes|Signals|Raises):\n((?:\1 +.*\n|\n)+)", re.MULTILINE)
ENTRY = re.compile(r" *([\w*, .]+?)(?: \([^)]*\))?(?::|\.?$)")
QUOTED = re.compile(r"(?<!`)`([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\(.*?\))?`(?!`)")
WORD = re.compile(r"[^\W\d]\w*")
LOWER = re.compile(r"[a-z]+")
SUFFIXES = frozenset(["app", "cfg", "dll", "icns", "ico", "md", "plist", "png", "properties", "py"])
"""How the names of files end that are written like `module.name`."""

QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")

FOREIGN = {
    "AIOHTTP_EXC_MAP": "httpx-aiohttp",
    "SecretStr": "pydantic",
    "_at": "the end of a name",
    "_urgent": "the end of a name",
    "asdict": "dataclasses",
    "bank": "an example of a host",
    "cid": "an address in a mail",
    "closed": "a vendor's state",
    "gif": "a picture format",
    "inf": "what Python calls infinity",
    "jpeg": "a picture format",
    "language": "a marker of the corpus",
    "lipo": "a program of macOS",
    "messageContent": "an id in mails of Outlook",
    "null": "what JSON and the keyring call nothing",
    "png": "a picture format",
    "tag": "a stored key",
    "webp": "a picture format",
    "ydp1234": "an id in mails of Yahoo",
    "yiv1234": "an id in mails of Yahoo",
}
"""Names that stand in no code of ours, and whose they are."""


@dataclass
class Module:
    """One file.

    Attributes:
        docs: who is described, the line, and the text, of each docstring and of each text below an assignment.
        names: every identifier of the code.
        words: those, and the words of its other texts: keys, SQL, options.
    """

    path: Path
    tree: ast.Module
    docs: list[tuple[ast.AST, int, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{line}"


def read(path: Path) -> Module:
    module = Module(path, ast.parse(path.read_text(encoding="utf-8")))
    described = set()
    for node in ast.walk(module.tree):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for statement in body:
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                described.add(id(value))
                owner = node if statement is body[0] else statement
                module.docs.append((owner, statement.lineno, inspect.cleandoc(value.value) + "\n"))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and id(node) not in described and path not in NAMING_OTHERS:
            if isinstance(node.value, bytes):
                module.words.update(WORD.findall(node.value.decode("latin-1")))
            elif isinstance(node.value, str):
                module.words.update(WORD.findall(node.value))
        for attribute in ("id", "attr", "arg", "name", "asname"):
            name = getattr(node, attribute, None)
            if isinstance(name, str):
                module.names.update(name.split("."))
    module.words |= module.names
    return module


@pytest.fixture(scope="module", autouse=True)
def forget() -> Iterator[None]:
    """Let go of the trees of all files: with them in memory each start of a window that follows collects garbage for three seconds."""
    yield
    for kept in (modules, by_dotted_name, classes, all_words):
        kept.cache_clear()


@cache
def modules() -> dict[Path, Module]:
    paths = sorted(path for folder in SOURCES for path in (ROOT / folder).rglob("*.py"))
    return {path: read(path) for path in paths}


@cache
def by_dotted_name() -> dict[str, list[Module]]:
    """Return the modules by each end of their full name: `deskhand.http.wire`, `http.wire`, `wire`; a package stands for all in it."""
    found: dict[str, list[Module]] = {}
    for path, module in modules().items():
        parts = path.relative_to(ROOT).with_suffix("").parts
        for end in range(1, len(parts) + 1):
            for start in range(end):
                found.setdefault(".".join(parts[start:end]), []).append(module)
    return found


@cache
def classes() -> dict[str, list[tuple[Module, ast.ClassDef]]]:
    found: dict[str, list[tuple[Module, ast.ClassDef]]] = {}
    for module in modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name, []).append((module, node))
    return found


@cache
def all_words() -> set[str]:
    return set().union(*(module.words for module in modules().values()), by_dotted_name())


def members(node: ast.ClassDef, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return what a class and its bases assign, annotate and define, inside their methods too."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name | ast.Attribute) and isinstance(part.ctx, ast.Store):
            found.add(part.id if isinstance(part, ast.Name) else part.attr)
        elif isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(part.name)
    for base in node.bases:
        name = ast.unparse(base).partition("[")[0].rpartition(".")[2]
        if name not in seen:
            for _, other in classes().get(name, ()):
                found |= members(other, seen | {name})
    return found


def parameters(node: ast.AST) -> set[str]:
    if isinstance(node, ast.ClassDef):
        made = [part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "__init__"]
        return parameters(made[0]) if made else members(node)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return set()
    given = node.args
    every = (*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg)
    return {each.arg for each in every if each is not None}


def entries(block: str) -> Iterator[str]:
    """Yield the names that the entries of a section begin with."""
    lines = [line for line in block.splitlines() if line.strip()]
    indent = min(len(line) - len(line.lstrip()) for line in lines)
    for line in lines:
        if len(line) - len(line.lstrip()) == indent:
            entry = ENTRY.match(line)
            yield from re.split(r",\s*|\s+and\s+|\s+or\s+", entry[1].strip(" *.")) if entry else [line.strip()]


def missing_entries(module: Module) -> Iterator[str]:
    for owner, line, text in module.docs:
        for _, kind, block in SECTION.findall(text):
            if kind == "Raises":
                known = module.names | set(classes()) | set(dir(builtins))
            elif kind == "Args":
                known = parameters(owner)
            else:
                known = members(owner) if isinstance(owner, ast.ClassDef) else module.names
            for name in entries(block):
                if name not in known:
                    yield f"{module.at(line)}: {kind} {name}"


def test_sections_name_what_exists() -> None:
    """Parameters under Args, attributes under Attributes, signals under Signals, problems under Raises."""
    assert [found for module in modules().values() for found in missing_entries(module)] == []


def is_importable(dotted: str) -> bool:
    """Tell whether a name can be had from the standard library, an installed package or Qt."""
    first, *rest = dotted.split(".")
    heads = list(accumulate(dotted.split("."), lambda one, two: f"{one}.{two}"))
    for head in reversed(heads):
        try:
            found: object = import_module(head)
        except ImportError:
            continue
        for name in dotted[len(head) :].lstrip(".").split(".") if head != dotted else ():
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    owners = [getattr(import_module(each), first, None) for each in QT]
    return any(owner is not None and (not rest or hasattr(owner, rest[0])) for owner in owners)


def leads_somewhere(dotted: str) -> bool:
    """Tell whether the last part of `module.name` or `Class.name` is in that module or class."""
    if dotted in by_dotted_name() or dotted.rpartition(".")[2] in SUFFIXES:
        return True
    parts = dotted.split(".")
    for end in range(len(parts) - 1, 0, -1):
        head, rest = ".".join(parts[:end]), set(parts[end:])
        holders = [module.names for module in by_dotted_name().get(head, ())]
        holders += [members(node) | module.names for module, node in classes().get(head, ())]
        if holders:
            return any(rest <= names for names in holders)
    return set(parts) <= all_words() or is_importable(dotted)


def imported(module: Module) -> set[Path]:
    """Return the files that a module imports from."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = module.path.parents[node.level - 1].relative_to(ROOT).parts[1:] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = [base, *(f"{base}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            for top in (*(ROOT / each for each in SOURCES), ROOT):
                place = top.joinpath(*name.split("."))
                found |= {place.with_suffix(".py"), place / "__init__.py"} & modules().keys()
    return found


def words_near(module: Module) -> set[str]:
    """Return the words of a module, of those beside it and (for a package) below it, and of what it imports, packages whole."""
    above = module.path.parent
    near = imported(module)
    folders = {above, *(path.parent for path in near if path.stem == "__init__")}
    is_package = module.path.stem == "__init__"
    near |= {path for path in modules() if path.parent in folders or (is_package and above in path.parents)}
    return set().union(*(modules()[path].words for path in near))


def unknown_names(module: Module) -> Iterator[str]:
    near: set[str] | None = None
    for _, line, text in module.docs:
        for name in QUOTED.findall(text):
            if name in FOREIGN or keyword.iskeyword(name) or hasattr(builtins, name) or name in sys.stdlib_module_names:
                continue
            if "." in name:
                is_known = leads_somewhere(name)
            elif LOWER.fullmatch(name) and name not in by_dotted_name():
                near = words_near(module) if near is None else near
                is_known = name in near
            else:
                is_known = name in all_words() or is_importable(name)
            if not is_known:
                yield f"{module.at(line)}: {name}"


def test_names_in_backquotes_exist() -> None:
    """A plain word has to stand near, in the folder or in what is imported; `module.name` in that module; others anywhere."""
    assert [found for module in modules().values() for found in unknown_names(module)] == []
