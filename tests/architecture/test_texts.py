"""The texts are true to the tree: links lead somewhere, commands are accepted, modules exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.__main__ import parser

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "resources" / "docs").rglob("*.md"))
HELP = sorted((ROOT / "resources" / "help").rglob("*.md"))
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *DOCS, *HELP]

LINK = re.compile(r"\]\(([^)\s]+)\)")
MODULE = re.compile(r"`((?:deskhand|deskhand_sandbox)(?:\.[a-z_][a-z_0-9]*)+)")
PATH = re.compile(r"`((?:src|tests|packaging|resources)/[\w./-]+)`")
ANCHOR = re.compile(r"[^\w\- ]")

by_name = pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())


def commands(text: str) -> Iterator[str]:
    """Yield the command lines of `deskhand` in blocks of code and between backticks."""
    is_code = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            is_code = not is_code
        elif is_code:
            if line.startswith("deskhand ") or line == "deskhand":
                yield re.split(r" {2,}|\s#\s|\s[<>|]\s", line)[0]
        else:
            yield from re.findall(r"`(deskhand(?: [^`]*)?)`", line)


def anchors(text: str) -> set[str]:
    """Return what headings are called in links."""
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {ANCHOR.sub("", title.lower()).strip().replace(" ", "-") for title in titles}


@by_name
def test_relative_links_lead_somewhere(text: Path):
    lost = []
    for target in LINK.findall(text.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        found = (text.parent / name).resolve() if name else text
        if not found.exists() or (anchor and anchor not in anchors(found.read_text(encoding="utf-8"))):
            lost.append(target)
    assert not lost


@by_name
def test_commands_are_accepted(text: Path, capsys: pytest.CaptureFixture[str]):
    refused = []
    for command in commands(text.read_text(encoding="utf-8")):
        typed = shlex.split(command)[1:]
        if "--help" in typed or "--version" in typed:
            continue
        try:
            parser().parse_args(typed)
        except SystemExit:
            refused.append(f"{command}: {capsys.readouterr().err.strip().splitlines()[-1]}")
    assert not refused


@pytest.mark.parametrize("text", [*DOCS, ROOT / "SECURITY.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_modules_and_files_exist(text: Path):
    said = text.read_text(encoding="utf-8")
    lost = [name for name in MODULE.findall(said) if not exists(name)]
    lost += [name for name in PATH.findall(said) if not (ROOT / name).exists()]
    assert not lost


def exists(name: str) -> bool:
    """Tell whether a dotted name is a module, or something that a module holds."""
    parts = name.split(".")
    module = ROOT / "src" / Path(*parts)
    if module.is_dir() or module.with_suffix(".py").exists():
        return True
    holder = ROOT / "src" / Path(*parts[:-1])
    source = holder / "__init__.py" if holder.is_dir() else holder.with_suffix(".py")
    return source.exists() and re.search(rf"\b{parts[-1]}\b", source.read_text(encoding="utf-8")) is not None
