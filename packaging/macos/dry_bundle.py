"""Lays `Deskhand.app` out where there is no Mac: PyInstaller's own code and the project's own spec, with the files of Macs' wheels.

Run by `deskpack.macos.dry` with the Python of the packages' environment:

    dry_bundle.py SPEC PACKAGES WORK TARGET MACHINE

`PACKAGES` holds the locked packages as a Mac gets them. What only a Mac can do is left out and nothing else: looking at modules by
running them (here Qt's parts are found by following what each file loads), rewriting the places that a library looks in, and signing.
Python itself is not in it, because no wheel carries it. The spec sees the same names as when PyInstaller runs it.
"""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path
from types import SimpleNamespace

from PyInstaller.building import osx
from PyInstaller.building.api import COLLECT, EXE
from PyInstaller.config import CONF
from PyInstaller.utils import osx as mac_files
from PyInstaller.utils.hooks.qt._modules_info import QT_MODULES_INFO

Entry = tuple[str, str, str]

SPEC, PACKAGES, WORK, TARGET = map(Path, sys.argv[1:5])
MACHINE = sys.argv[5]
sys.path.insert(0, str(SPEC.parent))
sys.path.append(
    str(PACKAGES)
)  # for macholib alone, which PyInstaller reads libraries with on a Mac; all else is found before

from deskpack import locked, product  # noqa: E402 - beside the spec
from deskpack.macos import mach  # noqa: E402 - beside the spec

QT = "PySide6/Qt"


def runtime_extensions() -> list[Entry]:
    """Return the compiled modules of everything but Qt."""
    wanted = {package.name for package in locked.packages(SPEC.parent / "requirements.txt")}
    wanted -= {"pyside6-essentials", "shiboken6"}
    found = []
    for package in distributions(path=[str(PACKAGES)]):
        if locked.plain(package.name) in wanted:
            names = [file.as_posix() for file in package.files or () if file.suffix == ".so"]
            found += [(name, str(PACKAGES / name), "EXTENSION") for name in names]
    return found


def qt_parts() -> list[Entry]:
    """Return Qt's modules that the source imports, their plugins, and what these load."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in (SPEC.parents[1] / "src").rglob("*.py"))
    modules = set(re.findall(r"\bPySide6\.(Qt\w+)|from PySide6 import (Qt\w+)", text))
    names = {name for pair in modules for name in pair if name}
    parts = {f"PySide6/{name}.abi3.so" for name in names} | {"shiboken6/Shiboken.abi3.so"}
    kinds = {kind for info in QT_MODULES_INFO if info.module in names for kind in info.plugins}
    for kind in kinds:
        parts |= {
            place.relative_to(PACKAGES).as_posix() for place in (PACKAGES / QT / "plugins" / kind).glob("*.dylib")
        }
    waiting, found = sorted(parts), dict[str, Entry]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (name, str(PACKAGES / name), "EXTENSION" if name.endswith(".so") else "BINARY")
            waiting += [loaded for one in mach.slices(PACKAGES / name) for loaded in map(place_of, one.loads) if loaded]
    return sorted(found.values())


def place_of(loaded: str) -> str:
    """Return where the wheels carry what a file names as `@rpath/...`; empty for what is macOS' own."""
    if not loaded.startswith("@rpath/"):
        return ""
    name = loaded.removeprefix("@rpath/")
    for folder in (f"{QT}/lib", "PySide6", "shiboken6"):
        if (PACKAGES / folder / name).exists():
            return f"{folder}/{name}"
    return ""


def expanded(datas: list[tuple[str, str]]) -> list[Entry]:
    """Return the spec's data files one by one, as Analysis does."""
    found: list[Entry] = []
    for source, folder in datas:
        place = Path(source)
        files = [place] if place.is_file() else [file for file in sorted(place.rglob("*")) if file.is_file()]
        base = place.parent if place.is_file() else place
        found += [((Path(folder) / file.relative_to(base)).as_posix(), str(file), "DATA") for file in files]
    return found


def analysis(scripts: list[str], *, datas: list[tuple[str, str]], **_: object) -> SimpleNamespace:
    """Stand in for PyInstaller's Analysis: the files that it would collect on a Mac."""
    for script in scripts:
        Path(script).read_bytes()
    collected = mac_files.collect_files_from_framework_bundles([*runtime_extensions(), *qt_parts()])
    library = WORK / "base_library.zip"
    library.write_bytes(b"PK\x05\x06" + bytes(18))
    files = [*expanded(datas), ("base_library.zip", str(library), "DATA")]
    code = [entry for entry in collected if entry[2] in {"BINARY", "EXTENSION"}]
    rest = [entry for entry in collected if entry[2] not in {"BINARY", "EXTENSION"}]
    return SimpleNamespace(scripts=[], pure=[], binaries=code, datas=[*files, *rest])


def exe(
    *_: object, name: str, console: bool, entitlements_file: str, codesign_identity: str | None, **__: object
) -> EXE:
    """Stand in for EXE: PyInstaller's own starter for Macs, without the program in it."""
    Path(entitlements_file).read_bytes()
    made = EXE.__new__(EXE)
    made.name = str(WORK / name)
    made.console, made.entitlements_file, made.codesign_identity = console, entitlements_file, codesign_identity
    Path(made.name).write_bytes(mach.thin(PACKAGES / "PyInstaller/bootloader/Darwin-64bit/runw", MACHINE))
    return made


def collect(program: EXE, *lists: list[Entry], **_: object) -> COLLECT:
    """Stand in for COLLECT, which would write a folder that BUNDLE does not read."""
    made = COLLECT.__new__(COLLECT)
    made.toc = [(Path(program.name).name, program.name, "EXECUTABLE"), *(entry for each in lists for entry in each)]
    made.strip_binaries = made.upx_binaries = False
    made.upx_exclude, made.target_arch = [], None
    made.console, made.entitlements_file = program.console, program.entitlements_file
    made.codesign_identity = program.codesign_identity
    return made


def one_processor(source: str, name: str, **_: object) -> str:
    """Leave the other processor's half out, as PyInstaller has `lipo` do, and return where the rest is."""
    made = WORK / "thin" / name
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(mach.thin(Path(source), MACHINE))
    return str(made)


def main() -> None:
    """Run the spec as on a Mac."""
    WORK.mkdir(parents=True, exist_ok=True)
    TARGET.mkdir(parents=True, exist_ok=True)
    CONF.update(distpath=str(TARGET), workpath=str(WORK), specpath=str(SPEC.parent), specnm="deskhand", noconfirm=True)
    osx.is_darwin = True
    osx.osxutils = SimpleNamespace(sign_binary=lambda *_args, **_settings: None)
    osx.process_collected_binary = one_processor
    names = {"Analysis": analysis, "PYZ": lambda *_: None, "EXE": exe, "COLLECT": collect, "BUNDLE": osx.BUNDLE}
    code = compile(SPEC.read_text(encoding="utf-8"), str(SPEC), "exec")
    sys.platform = "darwin"
    exec(code, {**names, "SPECPATH": str(SPEC.parent)})  # noqa: S102 - the project's own spec
    print(TARGET / f"{product.NAME}.app")


main()
