"""Proves a bundle or a disk image for Macs: what can be read of it anywhere, and on a Mac also its signature and that it starts."""

import platform
import plistlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deskdev.steps import SetupError, note, run_quietly

from deskpack import check_program, product
from deskpack.checking import Check, Failed, Report
from deskpack.macos import mach
from deskpack.macos.signing import run

_SYSTEM = ("/usr/lib/", "/System/Library/")


def check(wanted: Check, report: Report) -> None:
    """Check a bundle or a disk image.

    Raises:
        SetupError: a disk image is to be opened elsewhere than on a Mac.
    """
    if wanted.roots:
        raise SetupError("There is no bare system for Macs; leave --in out.")
    mac = platform.system() == "Darwin"
    if wanted.file.suffix == ".app":
        _prove(wanted.file, report, mac=mac)
        return
    if not mac:
        raise SetupError(f"Only a Mac opens {wanted.file.name}; run this there, or name a bundle (.app).")
    with report.look("the image is what was written"):
        _expect("hdiutil", "verify", wanted.file)
    with _opened(wanted.file) as folder:
        with report.look("the image shows the program and where to drag it"):
            names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
            if names != {f"{product.NAME}.app", "Applications"}:
                raise Failed(f"it shows {', '.join(sorted(names))}")
        _prove(folder / f"{product.NAME}.app", report, mac=True)


def look_at(app: Path, report: Report) -> None:
    """Look at what can be read of a bundle on any system."""
    contents = app / "Contents"
    listed: dict[str, object] = {}
    with report.look(f"{app.name}: Info.plist says who it is") as details:
        listed = _property_list(contents / "Info.plist")
        details += [f"{listed['CFBundleIdentifier']} {listed['CFBundleShortVersionString']}"]
    with report.look("macOS hands it the links that begin with its scheme"):
        _scheme(listed)
    with report.look("its program and its icon are there"):
        _named_files(contents, listed)
    with report.look("no link leads away or to nothing"):
        _links(app)
    with report.look("code and other files lie where codesign wants each") as details:
        details += [f"{_places(contents)} files"]
    code = {path: mach.slices(path) for path in _files(contents / "MacOS", contents / "Frameworks")}
    code = {path: found for path, found in code.items() if found}
    with report.look("all code is for one processor at least") as details:
        details += [", ".join(_processors(code))]
    with report.look("all that the code loads is inside or macOS' own") as details:
        details += [f"{_loads(contents, code)} libraries"]
    with report.look("it asks for the macOS that its wheels are made for") as details:
        details.extend(_oldest(str(listed.get("LSMinimumSystemVersion", "")), code))


def _prove(app: Path, report: Report, *, mac: bool) -> None:
    look_at(app, report)
    if not mac:
        note("Not a Mac: the signature was not looked at, and the program not started.")
        return
    with report.look("the signature holds for every file"):
        _expect("codesign", "--verify", "--deep", "--strict", "--verbose=2", app)
    with report.look("Gatekeeper lets it open, or nobody signed it") as details:
        details += [_gatekeeper(app)]
    program = app / "Contents" / "MacOS" / product.COMMAND
    with report.look("it says its version") as details:
        details += [check_program.version(program)]
    with report.look("it finds itself in order (doctor)") as details:
        details.extend(check_program.doctor(program))


@contextmanager
def _opened(image: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="deskhand-image-") as folder:
        run("hdiutil", "attach", "-nobrowse", "-readonly", "-mountpoint", folder, image)
        try:
            yield Path(folder)
        finally:
            run("hdiutil", "detach", folder)


def _property_list(file: Path) -> dict[str, object]:
    try:
        listed = plistlib.loads(file.read_bytes())
    except (OSError, ValueError, plistlib.InvalidFileException) as error:
        raise Failed(str(error)) from error
    wanted = {
        "CFBundleIdentifier": product.IDENTIFIER,
        "CFBundleName": product.NAME,
        "CFBundleExecutable": product.COMMAND,
        "CFBundleShortVersionString": product.version(),
        "CFBundleVersion": product.version(),
        "CFBundlePackageType": "APPL",
    }
    wrong = [f"{key} is {listed.get(key)!r}" for key, value in wanted.items() if listed.get(key) != value]
    # A program with a window that says so would have no menu and no place in the Dock.
    wrong += [f"{key} is set" for key in ("LSBackgroundOnly", "LSUIElement") if listed.get(key)]
    if wrong:
        raise Failed("; ".join(wrong))
    return dict(listed)


def _scheme(listed: dict[str, object]) -> None:
    types = listed.get("CFBundleURLTypes")
    found = [scheme for each in types for scheme in each["CFBundleURLSchemes"]] if isinstance(types, list) else []
    if found != [product.SCHEME]:
        raise Failed(f"it takes {found}")


def _named_files(contents: Path, listed: dict[str, object]) -> None:
    program = contents / "MacOS" / str(listed.get("CFBundleExecutable"))
    icon = contents / "Resources" / str(listed.get("CFBundleIconFile"))
    if not program.is_file() or not program.stat().st_mode & 0o111:
        raise Failed(f"MacOS/{program.name} cannot be started")
    if not icon.is_file() or icon.read_bytes()[:4] != b"icns":
        raise Failed(f"Resources/{icon.name} is no icon")


def _links(app: Path) -> None:
    for path in app.rglob("*"):
        if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(app.resolve())):
            raise Failed(f"{path.relative_to(app)} leads to {path.readlink()}")


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _places(contents: Path) -> int:
    """Look for what codesign trips over: data beside code, code among data, folders of code with a dot in their names."""
    code = list(_files(contents / "MacOS", contents / "Frameworks"))
    for path in code:
        inside = path.relative_to(contents)
        framework = any(part.endswith(".framework") for part in inside.parts)
        if not mach.slices(path) and not framework:
            raise Failed(f"{inside} is no code")
        if not framework and any("." in part for part in inside.parent.parts):
            raise Failed(f"{inside} lies in a folder with a dot in its name")
    data = list(_files(contents / "Resources"))
    for path in data:
        if mach.slices(path):
            raise Failed(f"{path.relative_to(contents)} is code, which would not be signed there")
    return len(code) + len(data)


def _processors(code: dict[Path, tuple[mach.Slice, ...]]) -> list[str]:
    common = set(mach.PROCESSORS.values())
    for path, found in code.items():
        common &= {one.processor for one in found}
        if not common:
            raise Failed(f"{path.name} is not for the processor that the others are for")
    return sorted(common) if code else []


def _loads(contents: Path, code: dict[Path, tuple[mach.Slice, ...]]) -> int:
    """Look for libraries that are loaded and not carried, by their names: where they are looked for is rewritten by PyInstaller."""
    carried = {path.name for path in (contents / "Frameworks").rglob("*")}
    missing: dict[str, str] = {}
    names = set()
    for path, found in code.items():
        for loaded in (name for one in found for name in one.loads if not name.startswith(_SYSTEM)):
            names.add(loaded)
            if Path(loaded).name not in carried:
                missing[Path(loaded).name] = path.name
    if missing:
        raise Failed(", ".join(f"{name} (for {user})" for name, user in sorted(missing.items())))
    return len(names)


def _oldest(asked: str, code: dict[Path, tuple[mach.Slice, ...]]) -> list[str]:
    """Return what the code itself says: a newer system there than the wheels' tags promise is told, as only an old Mac can settle it."""
    if not re.fullmatch(r"\d+\.\d+", asked):
        raise Failed(f"LSMinimumSystemVersion is {asked!r}")
    newer = [path for path, found in code.items() if max(one.oldest for one in found) > mach.version(asked)]
    said = f"macOS {asked}"
    if not newer:
        return [said]
    latest = max(one.oldest for path in newer for one in mach.slices(path))
    return [said, f"{len(newer)} files say {latest[0]}.{latest[1]}: try it on the oldest Mac you support"]


def _gatekeeper(app: Path) -> str:
    if "Signature=adhoc" in run_quietly(("codesign", "--display", "--verbose=2", app))[1]:
        return "signed by nobody: opens only after it is allowed by hand"
    return _expect("spctl", "--assess", "--type", "execute", "--verbose=2", app).strip().splitlines()[-1]


def _expect(*command: str | Path) -> str:
    code, output = run_quietly(command)
    if code != 0:
        raise Failed(output.strip().splitlines()[-1] if output.strip() else f"{command[0]} ended with {code}")
    return output
